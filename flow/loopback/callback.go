package loopback

import (
	"net/http"
	"runtime"
	"strings"

	"granthelper/flow"
)

// ServeHTTP implements http.Handler: the rules first, then one of six things.
func (v *visit) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	connOf(r).work()
	setHeaders(w.Header(), v.pages.policy(""))
	defer v.failClosed(w)
	e, no := v.where.admit(r)
	if no != nil {
		v.refuse(w, r, no)
		return
	}
	switch e.goal {
	case toStart:
		v.serveStart(w, e)
	case toCallback:
		v.serveCallback(w, r, e)
	case toBind:
		v.serveBind(w, r)
	case toVerdict:
		v.serveVerdict(w, r, e)
	case toIcon:
		w.WriteHeader(http.StatusNoContent)
	default:
		v.serveNowhere(w, r)
	}
}

// refuse answers a request that broke a rule. It changed nothing.
func (v *visit) refuse(w http.ResponseWriter, r *http.Request, no *refusal) {
	if r.ContentLength != 0 { // net/http would wait for a body that nobody reads
		w.Header().Set("Connection", "close")
	}
	if no.allow != "" {
		w.Header().Set("Allow", no.allow)
	}
	v.log.Debug("refused a request", "rule", no.rule, "status", no.status)
	if no.rule == "method" && r.Method == http.MethodPost && r.URL.EscapedPath() == v.where.path && only(r, "Sec-Fetch-Mode", "navigate") {
		v.tell(flow.Posted, "") // perhaps a server that answers by a form
	} else {
		v.tell(flow.Refused, no.rule)
	}
	v.pages.write(w, no.status, "refused", view{})
}

// serveCallback holds the answer and gives the page whose script says which
// tab it came to. An answer that cannot be used takes the same way: who may
// speak is decided before what is said.
func (v *visit) serveCallback(w http.ResponseWriter, r *http.Request, e errand) {
	answer := v.site.Read(e.query)
	a := v.hold(answer, v.cookieOf(r))
	if a == nil && v.took(answer) {
		v.pages.write(w, http.StatusOK, "already_here", view{})
		return
	}
	if a == nil {
		v.pages.write(w, http.StatusGone, "not_waiting", view{})
		return
	}
	v.pages.write(w, http.StatusOK, "callback", view{Arrival: a.id})
}

// pathShown is how much of a path the timeline shows, in characters.
const pathShown = 80

// serveNowhere answers an address that is not ours. If there is an answer in
// it, the callback URL is probably registered differently, which is worth
// knowing; the path is the only thing of a request that is ever told, and only
// when it is not shaped like one of our own secrets.
func (v *visit) serveNowhere(w http.ResponseWriter, r *http.Request) {
	path, query, _ := strings.Cut(r.RequestURI, "?")
	if query != "" && v.site.Read(query).Problem == nil && !strings.HasPrefix(path, "/start/") && !strings.HasPrefix(path, "/verdict/") {
		path = flow.Sanitize(path)
		if shown := []rune(path); len(shown) > pathShown {
			path = string(shown[:pathShown]) + "…"
		}
		v.tell(flow.Elsewhere, path)
	} else {
		v.tell(flow.Refused, "other address")
	}
	v.pages.write(w, http.StatusNotFound, "wrong_address", view{})
}

// failClosed ends a request whose handler panicked: what it was about is not
// told, held or taken, and neither the browser nor the log sees the stack or
// the words of the panic, which may quote the request.
func (v *visit) failClosed(w http.ResponseWriter) {
	said := recover()
	if said == nil {
		return
	}
	kind := "panic"
	if _, ok := said.(runtime.Error); ok {
		kind = "runtime error"
	}
	v.log.Error("a page could not be made", "kind", kind)
	v.tell(flow.Refused, "page could not be made")
	w.Header().Del("Set-Cookie")
	w.Header().Set("Connection", "close")
	v.pages.write(w, http.StatusInternalServerError, "trouble", view{})
}
