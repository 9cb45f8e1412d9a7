package practice

import (
	"log/slog"
	"time"
)

// Kind says what an [Event] is about.
type Kind string

// The kinds of events.
const (
	SignInShown Kind = "sign-in shown" // an authorize request came and the sign-in page was shown
	SignedIn    Kind = "signed in"     // a person was picked
	ErrorShown  Kind = "error shown"   // a documented error was shown
	GrantShown  Kind = "grant shown"   // the person was asked
	Granted     Kind = "granted"       // a code was sent to the callback
	Denied      Kind = "denied"        // oauth_error=oauth_denied was sent to the callback
	Stale       Kind = "stale"         // a page was sent that was used already or is not known
	Registered  Kind = "registered"    // an application was registered on the page
)

// Event is something the server saw. It never holds a code or a secret.
type Event struct {
	Time     time.Time // Time is when, by Config.Now.
	Kind     Kind      // Kind is what.
	ClientID string    // ClientID is the application's, once it is known to be registered.
	Person   string    // Person is the ID of who was picked, once one was.
	Failure  Failure   // Failure is the error of ErrorShown; its text may hold names the request brought.
	Fault    Fault     // Fault is what was scripted to be wrong with a Granted answer.
	Asked    bool      // Asked is false for a Granted by "Always grant" and a scripted Denied.
}

// saw tells the log and the watcher of an event.
func (s *Server) saw(e Event) {
	e.Time = s.now()
	// Only the fixed part of an error is logged: the rest came from outside.
	s.log.Debug("practice server", slog.String("saw", string(e.Kind)), slog.String("client_id", e.ClientID),
		slog.String("person", e.Person), slog.String("error", e.Failure.code()))
	if s.seen != nil {
		s.seen(e)
	}
}
