package practice

import (
	"html/template"
	"maps"
	"strings"
)

// words are all the words of the pages, in English. A part in braces is
// filled in after translation. What the documents fix is not here: names of
// parameters, texts of errors, IBM's own names of fields are shown as they are.
var words = map[string]string{
	"practice.lang":   "en",
	"practice.band":   "PRACTICE — this is not a real sign-in page",
	"practice.footer": "The practice server of Grant Helper. Nothing leaves this computer.",
	"practice.home":   "Back to the practice server",

	"practice.person.alex":  "May use the app",
	"practice.person.sam":   "Has not been given the app",
	"practice.person.robin": "Chose “Always grant” before",

	"practice.signin.title": "Who are you today?",
	"practice.signin.intro": "Pick a person. There is no password.",

	"practice.grant.title":  "Let “{app}” use your Connections data?",
	"practice.grant.who":    "Signed in as {person}.",
	"practice.grant.what":   "The app asks to act for you in Connections.",
	"practice.grant.always": "Always grant {app} access and do not show this message",
	"practice.grant.undo":   "You can undo this by resetting the app’s access.",
	"practice.grant.yes":    "Grant access",
	"practice.grant.no":     "Don’t allow",

	"practice.error.title":  "The server stopped here",
	"practice.error.status": "HTTP status {status}",
	"practice.error.advice": "Copy this text and go back to Grant Helper.",

	"practice.plain.used.title":     "This page was used already",
	"practice.plain.used":           "Each sign-in page works once and for one hour. Go back to Grant Helper and start again.",
	"practice.plain.refused.title":  "The practice server does not answer this",
	"practice.plain.refused":        "It takes ordinary visits from a browser on this computer. Go back to Grant Helper and start again.",
	"practice.plain.notfound.title": "There is no page here",
	"practice.plain.notfound":       "The address may have been cut short.",
	"practice.plain.broken":         "The practice server could not make this page. Go back to Grant Helper and start again.",

	"practice.home.title":    "Practice server",
	"practice.home.intro":    "A place to try out how an app gets permission, with no real account. It runs on this computer and forgets everything when it stops.",
	"practice.home.apps":     "Internal Apps",
	"practice.home.register": "Register App",
	"practice.home.access":   "Reset access",
	"practice.home.next":     "What comes next",
	"practice.home.show":     "Show credentials",
	"practice.home.edit":     "Edit",

	"practice.app.new":         "The app is registered. These are its credentials.",
	"practice.app.reset.done":  "The app has a new client secret. The old one is gone.",
	"practice.app.secret.show": "Show Client Secret",
	"practice.app.reset":       "Reset Credentials",
	"practice.app.reset.help":  "A reset makes a new client secret. The old one stops at once.",

	"practice.form.new.title":   "Register App",
	"practice.form.edit.title":  "Edit “{app}”",
	"practice.form.save":        "Save",
	"practice.form.cancel":      "Cancel",
	"practice.form.fix":         "Some boxes need a change. Nothing you typed is lost.",
	"practice.form.description": "Optional.",
	"practice.form.days":        "How long a refresh token lives: 1 to 90.",
	"practice.form.callback":    "One address. It must start with https://.",

	"practice.field.name.empty":       "Give the app a name.",
	"practice.field.name.long":        "Use at most 60 characters.",
	"practice.field.name.signs":       "Use letters, digits and ordinary signs, all on one line.",
	"practice.field.description.long": "Use at most 500 characters.",
	"practice.field.flow":             "Tick this box. An app gets its client ID and secret through it.",
	"practice.field.days":             "Use a whole number from 1 to 90.",
	"practice.field.callback.empty":   "Fill in the address that answers are sent to.",
	"practice.field.callback.long":    "Use at most 1,024 characters.",
	"practice.field.callback.signs":   "Use an address with no spaces and only plain letters and signs.",
	"practice.field.callback.form":    "Use a whole address, such as https://localhost:8443/callback.",
	"practice.field.callback.http":    "Start the address with https://. Connections takes no address that starts with http://.",
	"practice.field.callback.user":    "Leave out the user name before the @ sign.",
	"practice.field.full":             "There are 100 apps already. Start the practice server again to begin afresh.",

	"practice.access.title": "Reset access",
	"practice.access.intro": "These people chose “Always grant” and are not asked any more. Reset it, and the question comes back.",
	"practice.access.none":  "Nobody has chosen “Always grant”, so everybody is asked.",
	"practice.access.reset": "Reset",
	"practice.access.for":   "Reset access of {app} for {person}",

	"practice.next.title":         "What comes next",
	"practice.next.intro":         "Choose what happens at the next sign-in, once a person is picked. It happens one time. Then all goes as usual again.",
	"practice.next.waiting":       "Waiting for the next sign-in",
	"practice.next.ordinary":      "No mistake",
	"practice.next.ordinary.help": "The server does what the documents say.",
	"practice.next.usual":         "As usual",
	"practice.next.deny":          "Say no without asking",
	"practice.next.errors":        "An error page",
	"practice.next.errors.help":   "The server stops and shows one of the nine documented errors. The app hears nothing.",
	"practice.next.faults":        "A faulty answer",
	"practice.next.faults.help":   "Once access is granted, the app gets an answer that the documents rule out.",
	"practice.next.both":          "A code and a refusal at once",
	"practice.next.two":           "Two codes",
	"practice.next.empty":         "A code with nothing in it",
	"practice.next.none":          "No code and no refusal",
	"practice.next.extra":         "A code and two names that no document lists",
	"practice.next.long":          "A code that is too long",
	"practice.next.path":          "A good code, sent beside the callback URL",
	"practice.next.reason":        "A refusal with a reason that no document lists",
	"practice.next.slow":          "Be slow: wait 5 seconds before answering",
}

// Words returns every word of the pages by its key, in English, for the list
// that translations are made from.
func Words() map[string]string { return maps.Clone(words) }

// say returns the translated words of a key, with name, value pairs filled in.
func (s *Server) say(key string, pairs ...string) string {
	return fill(s.word(key, words[key]), pairs)
}

// strong is [Server.say] for a page, with the filled-in parts in bold.
func (s *Server) strong(key string, pairs ...string) template.HTML {
	bold := make([]string, len(pairs))
	for i, p := range pairs {
		bold[i] = p
		if i%2 == 1 {
			bold[i] = "<strong>" + template.HTMLEscapeString(p) + "</strong>"
		}
	}
	//nolint:gosec // both the words and the parts are escaped
	return template.HTML(fill(template.HTMLEscapeString(s.word(key, words[key])), bold))
}

// fill puts values in the place of {names}.
func fill(text string, pairs []string) string {
	braced := make([]string, len(pairs))
	for i, p := range pairs {
		braced[i] = p
		if i%2 == 0 {
			braced[i] = "{" + p + "}"
		}
	}
	return strings.NewReplacer(braced...).Replace(text)
}
