package loopback

// pageWord is a page's icon and its English words; the keys are "page.", the
// page's name and ".title" or ".text". Words of single pages that have more
// stand in the templates.
type pageWord struct{ icon, title, text string }

// pageWords are the words of every page. Each is true whenever its page is
// shown: "Got it" and "You said no" only after the app said so.
var pageWords = map[string]pageWord{
	"start":         {"brand", "Your browser trusts this computer", "Next comes the sign-in page of"},
	"callback":      {"wait", "Checking…", "Your answer is here. Grant Helper looks at it now."},
	"checking":      {"wait", "Checking…", "Your answer is here. Grant Helper looks at it now."},
	"question":      {"ask", "Go back to Grant Helper", "It has one question for you. Answer it there."},
	"digits":        {"", "One more step", "Go back to Grant Helper and type these three digits there."},
	"got_it":        {"check", "Got it", "Grant Helper has your answer. You can close this page and go back to it."},
	"said_no":       {"hand", "You said no", "That’s fine. The app got nothing. You can close this page and go back to Grant Helper."},
	"trouble":       {"attention", "There was a problem", "Go back to Grant Helper. It shows what to do."},
	"not_taken":     {"ask", "This answer was not used", "Go back to Grant Helper. It shows how your sign-in stands."},
	"already_here":  {"check", "Already answered", "Grant Helper had this answer before. You can close this page and go back to it."},
	"not_waiting":   {"wait", "Not waiting any more", "Grant Helper does not wait for this answer now. Go back to it to start again."},
	"wrong_address": {"ask", "Wrong address", "There is no page here. Go back to Grant Helper. It shows how your sign-in stands."},
	"used_link":     {"ask", "This link was used before", "Each link works once. Go back to Grant Helper and choose Open page again."},
	"refused":       {"ask", "This page can’t be opened like that", "Nothing was changed. Go back to Grant Helper. It shows how your sign-in stands."},
	"plain_http":    {"attention", "This address needs https", "The link to this page starts with http, which is not safe. Go back to Grant Helper. It shows what to do."},
}
