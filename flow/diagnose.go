package flow

import (
	"html"
	"net/url"
	"regexp"
	"strconv"
	"strings"
)

// Reading is what was understood of text that a person copied from their
// browser. Nothing is done with it before they agreed.
type Reading struct {
	Problem *Problem // the documented error, or UnknownText; nil with Answer
	Answer  bool     // the text is the address of an answer: offer to take it
}

// documented pairs each text of the guide's step 2 with its problem, longest
// first, so that a page naming several is read by the most exact one.
var documented = []struct {
	text string // lower case, white space as single spaces
	code Code
	list string // the fact that what follows the text fills, or ""
}{
	{"callback uri sent with the request is not the same as the one registered for this company app", CallbackMismatch, ""},
	{"callback uri sent with the request is not the same as the one registered", CallbackMismatch, ""},
	{"oauth_invalid_parameters:response_type=", UnreadableType, "value"},
	{"oauth_invalid_parameters: response_type=", UnreadableType, "value"},
	{"oauth_consumer_missing_subscription", NoSubscription, ""},
	{"oauth_unsupported_parameters", UnsupportedParameters, "names"},
	{"oauth_duplicated_parameters", DuplicatedParameters, "names"},
	{"oauth_invalid_responsetype", WrongType, ""},
	{"oauth_absent_parameters", AbsentParameters, "names"},
	{"oauth_invalid_parameters", UnreadableType, "value"},
	{"oauth_invalid_clientid", UnknownClient, ""},
	{"oauth_request_failed", RequestFailed, ""},
}

// markup is what stands between the words when a page's source was copied.
var markup = regexp.MustCompile(`(?is)<(script|style)\b.*?</(script|style)\s*>|<[^>]*>`)

// ReadError recognises the documented errors of the guide's step 2 in text
// copied from a browser: anywhere in it, in upper or lower case, with markup
// around it, broken over lines. Text that matches nothing is UnknownText.
func (r Request) ReadError(text string) Reading {
	if answer, problem := r.ReadPasted(text); problem == nil && answer.Problem == nil {
		return Reading{Answer: true}
	}
	plain := strings.Join(strings.Fields(html.UnescapeString(markup.ReplaceAllString(text, " "))), " ")
	lower := asciiLower(plain)
	for _, d := range documented {
		at := strings.Index(lower, d.text)
		if at < 0 {
			continue
		}
		p := &Problem{Code: d.code, Step: AtBrowser, ByUser: true, Facts: Facts{"callback": r.Callback}}
		if d.list != "" {
			p.Facts[d.list] = listAfter(plain[at+len(d.text):])
		}
		return Reading{Problem: p}
	}
	return Reading{Problem: &Problem{
		Code: UnknownText, Step: AtBrowser, ByUser: true,
		Facts: Facts{"n": strconv.Itoa(len([]rune(strings.TrimSpace(text))))},
	}}
}

// parameterNames reads "a, b,c" as far as it looks like a list of parameter
// names; the server joins them by commas (PROTOCOL, step 2).
var parameterNames = regexp.MustCompile(`^[:\s]*([\w.\-\[\]]+(?:\s*,\s*[\w.\-\[\]]+)*)`)

// listAfter returns the list that follows a documented text, sanitised, or
// an ellipsis where there is none.
func listAfter(rest string) string {
	m := parameterNames.FindStringSubmatch(rest)
	if m == nil {
		return "…"
	}
	return Sanitize(m[1])
}

// asciiLower lowers A to Z only, so that no byte moves and an index into the
// result is one into s.
func asciiLower(s string) string {
	b := []byte(s)
	for i, c := range b {
		if 'A' <= c && c <= 'Z' {
			b[i] = c + 'a' - 'A'
		}
	}
	return string(b)
}

// ReadPasted reads an address that a person copied from their browser's
// address bar. It must be the callback URL to the letter, then the answer; a
// fragment that the browser kept is ignored. Anything else is NotTheAnswer.
func (r Request) ReadPasted(text string) (Answer, *Problem) {
	not := &Problem{Code: NotTheAnswer, Step: AtBrowser, ByUser: true, Facts: Facts{"callback": r.Callback}}
	text = strings.TrimSpace(visible(text))
	if strings.ContainsAny(text, " \t\r\n") || r.Callback == "" {
		return Answer{}, not
	}
	rest, ok := strings.CutPrefix(text, r.Callback)
	if !ok { // browsers write scheme and host in lower case
		u, err := url.Parse(r.Callback)
		if err != nil {
			return Answer{}, not
		}
		if rest, ok = strings.CutPrefix(text, u.String()); !ok {
			return Answer{}, not
		}
	}
	if rest == "" || (rest[0] != '?' && rest[0] != '&') {
		return Answer{}, not
	}
	rest, _, _ = strings.Cut(rest[1:], "#")
	return r.Server.ReadAnswer(rest), nil
}
