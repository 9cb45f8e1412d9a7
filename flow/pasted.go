package flow

import (
	"net/url"
	"strings"
)

// addressLimit is the longest text that is taken for an address, in bytes.
const addressLimit = 1 << 16

// ReadPasted reads an address that a person copied from their browser's
// address bar. It must be the callback URL to the letter, then the answer; a
// fragment that the browser kept is ignored. Anything else is NotTheAnswer.
func (r Request) ReadPasted(text string) (Answer, *Problem) {
	not := &Problem{Code: NotTheAnswer, Step: AtBrowser, ByUser: true, Facts: Facts{"callback": r.Callback}}
	text, ok := oneAddress(text)
	if !ok || r.Callback == "" {
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

// oneAddress returns the text without what stands around it unseen, and
// whether it can be an address: one word of moderate length.
func oneAddress(text string) (string, bool) {
	if text = strings.TrimSpace(text); len(text) > addressLimit {
		return "", false
	}
	text = strings.TrimSpace(visible(text))
	return text, !strings.ContainsAny(text, " \t\r\n")
}

// readAddress returns what an address other than the callback tells: that an
// answer went elsewhere, or that it is the sign-in page's own. It returns nil
// for other addresses and other texts.
func (r Request) readAddress(text string) *Problem {
	text, ok := oneAddress(text)
	if !ok {
		return nil
	}
	scheme, rest, ok := strings.Cut(text, "://")
	if !ok || !strings.EqualFold(scheme, "https") && !strings.EqualFold(scheme, "http") {
		return nil
	}
	where, query := rest, ""
	if i := strings.IndexAny(rest, "?#"); i >= 0 {
		where, query = rest[:i], rest[i:]
	}
	path := Sanitize(scheme + "://" + shownPath(where))
	switch {
	case strings.Contains(where, r.Server.AuthorizePath):
	case r.carriesAnswer(query) && path != r.Callback: // the same in a fragment went nowhere else
		return &Problem{Code: WrongPath, Facts: Facts{"path": path, "expected": r.Callback}}
	case r.carriesAnswer(query):
	case strings.Contains(query, r.Server.AuthorizePath), strings.Contains(query, escape(r.Server.AuthorizePath)): // on the way to it, by another sign-in
	default:
		return nil
	}
	return &Problem{Code: NotTheAnswer, Facts: Facts{"callback": r.Callback}}
}

// carriesAnswer reports whether a query, or a fragment with one, has a name
// that an answer has.
func (r Request) carriesAnswer(query string) bool {
	for _, pair := range strings.FieldsFunc(query, func(c rune) bool { return strings.ContainsRune("?#&", c) }) {
		if name, _, ok := strings.Cut(pair, "="); ok && (name == "code" || name == r.Server.ErrorParam) {
			return true
		}
	}
	return false
}

// shownPath leaves of the host and path of a foreign address what may be shown:
// no user name before the host, no markup, and nothing that may be a query
// after all.
func shownPath(where string) string {
	where, _, _ = strings.Cut(where, "&")
	where, _, _ = strings.Cut(where, ";")
	host, path, slash := strings.Cut(where, "/")
	host = host[strings.LastIndexByte(host, '@')+1:]
	if slash {
		host += "/" + path
	}
	return strings.NewReplacer("<", "", ">", "", `"`, "").Replace(host)
}

// tamed returns the problem with facts that hold names and plain values only:
// the address was pasted, so it may come from anywhere.
func (p *Problem) tamed() *Problem {
	tamed := *p
	tamed.Facts = Facts{"names": noList}
	for name, fact := range p.Facts {
		tamed.Facts[name] = readPlain(fact).list(0, valueSigns)
	}
	return &tamed
}
