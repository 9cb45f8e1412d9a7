package practice

import (
	"errors"
	"net/http"
	"net/url"
	"strings"
	"time"
)

// Fault is something wrong with an answer that the documents rule out but a
// client must survive.
type Fault int

// The faults. Each needs a sign-in that ends with access granted.
const (
	NoFault         Fault = iota
	CodeAndError          // a code and oauth_error=oauth_denied in one answer
	TwoCodes              // code twice, with two values
	EmptyCode             // code= with nothing behind it
	NoCode                // the bare callback
	ExtraParameters       // a code and two names no document lists
	LongCode              // a code of 300 characters; the limit is 256
	WrongPath             // a good answer at a path beside the registered one
	OddReason             // oauth_error with a value no document lists
)

// Limits of what can be scripted.
const (
	maxAnswers = 100
	maxDelay   = time.Minute
)

// ErrAnswer says that an [Answer] asks for something the server can't do.
var ErrAnswer = errors.New("this answer can't be scripted")

// Answer scripts what becomes of one sign-in. The zero value is an ordinary
// one. It is used up when a person is picked on the sign-in page, whatever
// becomes of that sign-in.
type Answer struct {
	// Error, when not empty, is the whole text of a documented error, with its
	// list where it has one ("oauth_request_failed", "oauth_absent_parameters:
	// client_id"). It is shown right after the sign-in, before any check.
	Error string
	// Deny sends oauth_error=oauth_denied without asking, once the request has
	// passed its checks.
	Deny bool
	// Fault spoils the answer that a grant sends to the callback.
	Fault Fault
	// Delay is how long the last step waits before it answers; at most one minute.
	Delay time.Duration
	// Status is the status of the redirect: 302, 303, or 0 for 302.
	Status int
}

// check says whether the answer can be given.
func (a Answer) check() error {
	if a.Error != "" {
		if _, ok := failureByText(a.Error); !ok {
			return ErrAnswer
		}
	}
	if a.Fault < NoFault || a.Fault > OddReason || a.Delay < 0 || a.Delay > maxDelay {
		return ErrAnswer
	}
	switch a.Status {
	case 0, http.StatusFound, http.StatusSeeOther:
		return nil
	}
	return ErrAnswer
}

// status returns the status of the redirect.
func (a Answer) status() int {
	if a.Status == 0 {
		return http.StatusFound
	}
	return a.Status
}

// Next puts an answer at the end of the queue of scripted answers. It returns
// [ErrAnswer] when the answer makes no sense or a hundred are waiting.
func (s *Server) Next(a Answer) error {
	if err := a.check(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.answers) >= maxAnswers {
		return ErrAnswer
	}
	s.answers = append(s.answers, a)
	return nil
}

// nextAnswer takes the answer chosen on the page, the next scripted one, or
// the ordinary one.
func (s *Server) nextAnswer() Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.chosen != nil {
		a := *s.chosen
		s.chosen = nil
		return a
	}
	if len(s.answers) == 0 {
		return Answer{}
	}
	a := s.answers[0]
	s.answers = s.answers[1:]
	return a
}

// denied is the documented answer to "no".
const denied = "oauth_error=oauth_denied"

// granted returns the address that a grant with this code leads to.
func (a Answer) granted(callback, code string) string {
	good := "code=" + code
	switch a.Fault {
	case CodeAndError:
		return appended(callback, good+"&"+denied)
	case TwoCodes:
		return appended(callback, good+"&code="+randomHex(codeBytes))
	case EmptyCode:
		return appended(callback, "code=")
	case NoCode:
		return callback
	case ExtraParameters:
		return appended(callback, good+"&session=practice&lang=en")
	case LongCode:
		return appended(callback, "code="+randomHex(150))
	case WrongPath:
		return appended(elsewhere(callback), good)
	case OddReason:
		return appended(callback, "oauth_error=oauth_server_busy")
	}
	return appended(callback, good)
}

// appended joins an answer to a callback as the real server is seen to: at the
// end of the string, after & when there is a ? already, even inside a fragment
// (PROTOCOL, "Callback with a query").
func appended(callback, answer string) string {
	if strings.Contains(callback, "?") {
		return callback + "&" + answer
	}
	return callback + "?" + answer
}

// elsewhere returns an address on the callback's host that is not the callback.
func elsewhere(callback string) string {
	u, err := url.Parse(callback)
	if err != nil {
		return callback // can't be: only parsed callbacks are registered
	}
	return u.Scheme + "://" + u.Host + strings.TrimSuffix(u.EscapedPath(), "/") + "/elsewhere"
}
