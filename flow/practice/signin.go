package practice

import (
	"net/http"
	"strconv"
	"time"
)

// AuthorizePath is the path of step 2.
const AuthorizePath = "/manage/oauth2/authorize"

// Where the forms of the sign-in and the grant page go. These are ours: where
// the real server's went is not known, and no client needs it.
const (
	signInPath = "/practice/sign-in"
	grantPath  = "/practice/grant"
)

// onAuthorize shows the sign-in page, whatever the request holds: mistakes are
// told after the sign-in, as by the real server.
func (s *Server) onAuthorize(w http.ResponseWriter, r *http.Request) {
	id := s.open(transaction{query: parseQuery(r.URL.RawQuery)})
	s.secure(w.Header(), formsAway)
	s.saw(Event{Kind: SignInShown})
	s.show(w, http.StatusOK, "signin.html", s.say("practice.signin.title"), struct {
		Action, Transaction string
		People              []Person
	}{signInPath, id, people})
}

// onSignIn takes the picked person, checks the request and goes on to the
// error page, the question or the callback.
func (s *Server) onSignIn(w http.ResponseWriter, r *http.Request) {
	if !form(r) {
		s.plain(w, http.StatusBadRequest, "practice.plain.refused")
		return
	}
	person, known := personByID(r.PostForm.Get("person"))
	if !known {
		s.plain(w, http.StatusBadRequest, "practice.plain.refused")
		return
	}
	t, ok := s.take(r.PostForm.Get("transaction"), false)
	if !ok {
		s.onUsed(w, r)
		return
	}
	t.person, t.answer = person, s.nextAnswer()
	t.app, _ = s.application(value(t.query, "client_id"))
	s.saw(Event{Kind: SignedIn, ClientID: t.app.ClientID, Person: person.ID})

	if failure := s.judge(t); failure != nil {
		s.fail(w, r, t, *failure)
		return
	}
	t.callback = t.app.Callback
	switch {
	case t.answer.Deny:
		s.deny(w, r, t, false)
	case s.remembers(always{t.person.ID, t.app.ClientID}):
		s.grant(w, r, t, false)
	default:
		s.ask(w, t)
	}
}

// judge returns the error that the request gets, scripted or earned, or nil.
func (s *Server) judge(t transaction) *Failure {
	if f, scripted := failureByText(t.answer.Error); scripted {
		return &f
	}
	if f := checkNames(t.query); f != nil {
		return f
	}
	if f := checkResponseType(value(t.query, "response_type")); f != nil {
		return f
	}
	switch {
	case t.app.ClientID == "":
		return &Failure{http.StatusUnauthorized, textClientID}
	case value(t.query, "callback_uri") != t.app.Callback: // exactly, letter by letter
		return &Failure{http.StatusUnauthorized, textCallback}
	case !t.person.subscribed:
		return &Failure{http.StatusUnauthorized, textSubscription}
	}
	return nil
}

// fail shows a documented error.
func (s *Server) fail(w http.ResponseWriter, r *http.Request, t transaction, f Failure) {
	wait(w, r, t.answer.Delay)
	s.saw(Event{Kind: ErrorShown, ClientID: t.app.ClientID, Person: t.person.ID, Failure: f})
	s.show(w, f.Status, "error.html", s.say("practice.error.title"), struct{ Status, Line string }{strconv.Itoa(f.Status), f.Line()})
}

// ask shows the question.
func (s *Server) ask(w http.ResponseWriter, t transaction) {
	id := s.open(t)
	s.secure(w.Header(), formsAway)
	s.saw(Event{Kind: GrantShown, ClientID: t.app.ClientID, Person: t.person.ID})
	s.show(w, http.StatusOK, "grant.html", s.say("practice.grant.title", "app", t.app.Name), struct {
		Action, Transaction, App string
		Person                   Person
	}{grantPath, id, t.app.Name, t.person})
}

// onGrant takes the answer to the question.
func (s *Server) onGrant(w http.ResponseWriter, r *http.Request) {
	choice := ""
	if form(r) {
		choice = r.PostForm.Get("choice")
	}
	if choice != "grant" && choice != "deny" {
		s.plain(w, http.StatusBadRequest, "practice.plain.refused")
		return
	}
	t, ok := s.take(r.PostForm.Get("transaction"), true)
	if !ok {
		s.onUsed(w, r)
		return
	}
	if choice == "deny" {
		s.deny(w, r, t, true)
		return
	}
	if r.PostForm.Get("always") == "yes" {
		s.remember(always{t.person.ID, t.app.ClientID})
	}
	s.grant(w, r, t, true)
}

// grant sends a new code to the callback.
func (s *Server) grant(w http.ResponseWriter, r *http.Request, t transaction, asked bool) {
	wait(w, r, t.answer.Delay)
	target := t.answer.granted(t.callback, s.newCode(t.person, t.app))
	s.saw(Event{Kind: Granted, ClientID: t.app.ClientID, Person: t.person.ID, Fault: t.answer.Fault, Asked: asked})
	redirect(w, target, t.answer.status())
}

// deny sends the refusal to the callback.
func (s *Server) deny(w http.ResponseWriter, r *http.Request, t transaction, asked bool) {
	wait(w, r, t.answer.Delay)
	s.saw(Event{Kind: Denied, ClientID: t.app.ClientID, Person: t.person.ID, Asked: asked})
	redirect(w, appended(t.callback, denied), t.answer.status())
}

// onUsed answers for a page that was sent before, is too old or never was.
func (s *Server) onUsed(w http.ResponseWriter, _ *http.Request) {
	s.saw(Event{Kind: Stale})
	s.plain(w, http.StatusGone, "practice.plain.used")
}

// redirect sends the browser away, with no body: net/http's would repeat the
// address, code and all.
func redirect(w http.ResponseWriter, target string, status int) {
	w.Header().Set("Location", target)
	w.WriteHeader(status)
}

// wait holds an answer back. When the browser goes away or the server closes,
// the connection is cut, so that no answer comes instead of a late one.
func wait(w http.ResponseWriter, r *http.Request, d time.Duration) {
	if d == 0 {
		return
	}
	// Both limits move: net/http watches for the browser's leaving by reading,
	// and a read that times out looks to it like a browser that left. An error
	// means there is no limit to move.
	limits := http.NewResponseController(w)
	_ = limits.SetWriteDeadline(time.Now().Add(d + writeTimeout))
	_ = limits.SetReadDeadline(time.Now().Add(d + readTimeout))
	late := time.NewTimer(d)
	defer late.Stop()
	select {
	case <-late.C:
	case <-r.Context().Done():
		panic(http.ErrAbortHandler)
	}
}
