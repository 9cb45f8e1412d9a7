package loopback

import (
	"net/http"
	"strings"
)

// The rules of the door, in the order in which they are asked (SECURITY 3).
// They only read: nothing has happened when one says no.

const (
	headerLimit = 16 << 10 // bytes of a request's head
	queryLimit  = 4 << 10  // bytes of a callback's query
)

// refusal is a rule that was broken: the status, and a name for the timeline
// that holds nothing of the request.
type refusal struct {
	status int
	rule   string
	allow  string // with 405
}

// goal is what a request that broke no rule is for.
type goal int

const (
	nowhere goal = iota // no page of ours
	toStart
	toCallback
	toBind
	toVerdict
	toIcon
)

// errand is what a request wants.
type errand struct {
	goal  goal
	token string // the ticket, or the name of the arrival
	shown string // with toVerdict: what the page shows already
	query string // with toCallback and nowhere: what came after the callback's own query
}

// admit reads a request by all rules but those of its body.
func (p place) admit(r *http.Request) (errand, *refusal) {
	target := r.RequestURI
	switch {
	case r.Method != http.MethodGet && r.Method != http.MethodPost:
		return errand{}, &refusal{http.StatusMethodNotAllowed, "method", "GET"}
	case !strings.HasPrefix(target, "/"):
		return errand{}, &refusal{status: http.StatusBadRequest, rule: "absolute address"}
	case strings.Contains(target, "#"):
		return errand{}, &refusal{status: http.StatusBadRequest, rule: "hash in the address"}
	case !p.at(r.Host):
		return errand{}, &refusal{status: http.StatusMisdirectedRequest, rule: "other host name"}
	case given(r, "Sec-Purpose") || given(r, "Purpose") || given(r, "X-Moz"):
		return errand{}, &refusal{status: http.StatusForbidden, rule: "fetched ahead"}
	}
	e := p.errand(r.Method, target)
	if e.goal == toBind {
		return e, bindRefusal(r, p.origin)
	}
	return e, pageRefusal(r, e)
}

// at reports whether a Host header is the registered authority. Only the
// scheme's own port may be written or not.
func (p place) at(host string) bool {
	if p.port == "443" {
		host = strings.TrimSuffix(host, ":443")
	}
	return host == p.authority
}

// errand matches path and query to the letter: no cleaning, no decoding.
func (p place) errand(method, target string) errand {
	path, query, asked := strings.Cut(target, "?")
	if method == http.MethodPost {
		if path == "/bind" && !asked {
			return errand{goal: toBind}
		}
		return errand{}
	}
	if path == p.path {
		if rest, ok := p.answerIn(query); ok {
			return errand{goal: toCallback, query: rest}
		}
	}
	if asked {
		return errand{query: query}
	}
	if token, ok := strings.CutPrefix(path, "/start/"); ok && isToken(token) {
		return errand{goal: toStart, token: token}
	}
	if rest, ok := strings.CutPrefix(path, "/verdict/"); ok {
		token, shown, _ := strings.Cut(rest, "/")
		if _, known := pending[shown]; isToken(token) && (known || rest == token) {
			return errand{goal: toVerdict, token: token, shown: shown}
		}
	}
	if path == "/favicon.ico" {
		return errand{goal: toIcon}
	}
	return errand{}
}

// answerIn returns what was appended to the callback's own query, which must
// stand in front to the letter.
func (p place) answerIn(query string) (rest string, ok bool) {
	if p.query == "" {
		return query, true
	}
	rest, ok = strings.CutPrefix(query, p.query)
	if !ok || rest == "" {
		return "", ok
	}
	return strings.CutPrefix(rest, "&")
}

// pageRefusal holds the rules of everything a person looks at: a GET without
// a body, by navigation, into a tab.
func pageRefusal(r *http.Request, e errand) *refusal {
	switch {
	case r.Method != http.MethodGet:
		return &refusal{http.StatusMethodNotAllowed, "method", "GET"}
	case e.goal == nowhere && r.URL.Path == "/bind":
		return &refusal{http.StatusMethodNotAllowed, "method", "POST"}
	case r.ContentLength != 0 || len(r.TransferEncoding) > 0:
		return &refusal{status: http.StatusBadRequest, rule: "body on a page visit"}
	case e.goal == toIcon:
		return nil
	case !only(r, "Sec-Fetch-Dest", "document") || !only(r, "Sec-Fetch-Mode", "navigate"):
		return &refusal{status: http.StatusForbidden, rule: "not a page visit"}
	case len(e.query) > queryLimit:
		return &refusal{status: http.StatusRequestURITooLong, rule: "query over 4 KiB"}
	}
	return nil
}

// bindRefusal holds the rules of /bind: only a page of this very origin, by
// script.
func bindRefusal(r *http.Request, origin string) *refusal {
	switch {
	case !only(r, "Sec-Fetch-Site", "same-origin") || !only(r, "Origin", origin):
		return &refusal{status: http.StatusForbidden, rule: "bind from another origin"}
	case !only(r, "Sec-Fetch-Dest", "empty") || !only(r, "Sec-Fetch-Mode", "cors", "same-origin"):
		return &refusal{status: http.StatusForbidden, rule: "bind not by script"}
	case !only(r, "Content-Type", bindType) || !given(r, "Content-Type"):
		return &refusal{status: http.StatusUnsupportedMediaType, rule: "bind of another kind"}
	case r.ContentLength > bindLimit:
		return &refusal{status: http.StatusRequestEntityTooLarge, rule: "bind too long"}
	}
	return nil
}

// given reports whether a header is there at all.
func given(r *http.Request, name string) bool { return len(r.Header[name]) > 0 }

// only reports whether a header is absent or, each time it is there, one of
// the allowed values.
func only(r *http.Request, name string, allowed ...string) bool {
	for _, value := range r.Header[name] {
		ok := false
		for _, a := range allowed {
			ok = ok || value == a
		}
		if !ok {
			return false
		}
	}
	return true
}
