package practice

import (
	"bytes"
	"crypto/subtle"
	"errors"
	"log/slog"
	"net/http"
	"path"
	"slices"
)

// Rules every request meets before a page sees it:
//
//   - The Host is localhost, 127.0.0.1 or [::1] with our port, else 421: a name
//     that somebody points at this computer does not reach us.
//   - GET and POST only. HEAD is refused, as it would open a transaction.
//   - What the browser says is not a visit of a person (prefetch, frame, image,
//     script) is refused; a POST must come from a page of ours.
//   - Long targets and bodies are refused.
//   - A panic gives a plain page, and never a redirect.

// guard wraps the pages in the rules.
func (s *Server) guard(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		s.secure(w.Header(), formsHere)
		defer s.recovered(w, r)
		if status := s.refused(r); status != 0 {
			s.plain(w, status, "practice.plain.refused")
			return
		}
		r.Body = http.MaxBytesReader(w, r.Body, maxBody)
		next.ServeHTTP(w, r)
	})
}

// refused returns the status of the rule that the request breaks, or 0.
func (s *Server) refused(r *http.Request) int {
	switch {
	case r.URL.IsAbs(), !s.ourHost(r.Host):
		return http.StatusMisdirectedRequest
	case r.Method != http.MethodGet && r.Method != http.MethodPost:
		return http.StatusMethodNotAllowed
	case len(r.URL.RawQuery) > maxQuery:
		return http.StatusRequestURITooLong
	case r.URL.Path != path.Clean(r.URL.Path):
		return http.StatusNotFound
	case !visited(r):
		return http.StatusForbidden
	case r.Method == http.MethodGet && r.ContentLength != 0:
		return http.StatusBadRequest
	}
	return 0
}

// visited says whether a person's visit can be behind a request, as far as the
// browser tells: browsers of before these headers say nothing, and pass.
func visited(r *http.Request) bool {
	site, dest := r.Header.Get("Sec-Fetch-Site"), r.Header.Get("Sec-Fetch-Dest")
	switch {
	case r.Header.Get("Sec-Purpose") != "", r.Header.Get("Purpose") != "":
		return false
	case dest != "" && dest != "document":
		return false
	case r.Method == http.MethodPost && site != "" && site != "same-origin":
		return false
	}
	return true
}

// ourHost says whether a Host header means this server.
func (s *Server) ourHost(host string) bool {
	return slices.Contains([]string{s.authority("localhost"), s.authority("127.0.0.1"), s.authority("::1")}, host)
}

// Where the forms of a page may lead, for the page's content policy.
const (
	formsHere = "form-action 'self'"
	// formsAway is for the sign-in and the grant page: their POST is answered
	// by a redirect to the callback, and Chromium holds that redirect against
	// form-action too. The sign-in page comes before the callback is known to be
	// the registered one, so its origin can't be named; registered callbacks
	// are https without exception, and only those are redirected to.
	formsAway = "form-action 'self' https:"
)

// secure sets the headers of every answer. There is no
// Cross-Origin-Opener-Policy: the server this one stands for had none, and the
// client's pages must work across it.
func (s *Server) secure(h http.Header, forms string) {
	h.Set("Content-Security-Policy", "default-src 'none'; style-src "+s.style.source+"; "+forms+"; base-uri 'none'; frame-ancestors 'none'")
	h.Set("Cache-Control", "no-store")
	h.Set("Referrer-Policy", "no-referrer")
	h.Set("X-Content-Type-Options", "nosniff")
	h.Set("X-Frame-Options", "DENY")
	h.Set("Cross-Origin-Resource-Policy", "same-origin")
}

// recovered turns a panic into a plain page. What was thrown is not written
// anywhere, as it might hold what a person typed.
func (s *Server) recovered(w http.ResponseWriter, r *http.Request) {
	thrown := recover()
	if thrown == nil {
		return
	}
	if err, is := thrown.(error); is && errors.Is(err, http.ErrAbortHandler) {
		panic(thrown) // the way to cut a connection; net/http keeps quiet about it
	}
	s.log.Error("practice server: a page broke", slog.String("method", r.Method))
	w.Header().Del("Location")
	w.Header().Set("Content-Type", "text/plain; charset=utf-8")
	w.WriteHeader(http.StatusInternalServerError)
	_, _ = w.Write([]byte(words["practice.plain.broken"] + "\n"))
}

// trusted says whether a form of the home pages came from a page of ours, for
// browsers that do not send Sec-Fetch-Site.
func (s *Server) trusted(r *http.Request) bool {
	return subtle.ConstantTimeCompare([]byte(r.PostForm.Get("token")), []byte(s.formToken)) == 1
}

// form reads the body of a POST. Only the plain form encoding is understood,
// and each name once.
func form(r *http.Request) bool {
	if err := r.ParseForm(); err != nil {
		return false
	}
	for _, v := range r.PostForm {
		if len(v) > 1 {
			return false
		}
	}
	return true
}

// send writes a page that is ready.
func send(w http.ResponseWriter, status int, page *bytes.Buffer) {
	w.Header().Set("Content-Type", "text/html; charset=utf-8")
	w.WriteHeader(status)
	_, _ = page.WriteTo(w)
}
