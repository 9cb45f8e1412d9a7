package practice

import (
	"crypto/rand"
	"errors"
	"fmt"
	"math/big"
	"time"
)

// The application that is there from the start.
const (
	DemoClientID = "app_20012345_1424390400000"      // DemoClientID is its client ID, the same in every run.
	DemoCallback = "https://localhost:8443/callback" // DemoCallback is its registered callback URL.
	demoName     = "Demo Photo App"
)

// Sizes of what is made up, in random bytes; each gives two hexadecimal digits.
// Real secrets had 72 to 256 digits, real codes 256 (PROTOCOL).
const (
	demoSecretBytes = 32
	secretBytes     = 128
	codeBytes       = 128
)

// maxApplications is how many applications are kept.
const maxApplications = 100

// What can be wrong with a call about an application.
var (
	ErrUnknownClient = errors.New("no application has this client ID")
	ErrFull          = errors.New("no more applications can be registered")
)

// Application is a registered application, an "Internal App".
type Application struct {
	Registration
	ClientID   string    // ClientID has the form app_<8 digits>_<13 digits>; the last part is Registered in milliseconds.
	Secret     Secret    // Secret is lower-case hexadecimal, 64 to 256 digits.
	Registered time.Time // Registered is when the application came to be.
}

// demo returns the application of the start state with this secret.
func demo(secret Secret) Application {
	return Application{
		Registration: Registration{
			Name: demoName, Description: "Shows how an app gets permission.",
			Callback: DemoCallback, Days: maxDays, WebServerFlow: true,
		},
		ClientID:   DemoClientID,
		Secret:     secret,
		Registered: time.UnixMilli(1424390400000),
	}
}

// Demo returns the application that is there from the start: "Demo Photo App",
// client ID app_20012345_1424390400000, a secret of 64 digits made at each
// start, callback https://localhost:8443/callback, 90 days.
func (s *Server) Demo() Application {
	app, _ := s.application(DemoClientID)
	return app
}

// Register adds an application. The error is [FieldErrors] when the
// registration must be changed, or [ErrFull] when a hundred are there.
func (s *Server) Register(r Registration) (Application, error) {
	r = r.trimmed()
	if err := r.check(); err != nil {
		return Application{}, err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if len(s.applications) >= maxApplications {
		return Application{}, ErrFull
	}
	now := s.now()
	app := Application{Registration: r, ClientID: s.newClientID(now), Secret: Secret(randomHex(secretBytes)), Registered: now}
	s.applications = append(s.applications, app)
	s.startGrants(app.ClientID)
	return app, nil
}

// newClientID makes up an ID nobody has. The lock is held.
func (s *Server) newClientID(now time.Time) string {
	for {
		// Seen IDs begin with 200 or 231; eight digits, so 20 and six of ours.
		n, err := rand.Int(rand.Reader, big.NewInt(1_000_000))
		if err != nil {
			panic(err) // the system has no randomness
		}
		id := fmt.Sprintf("app_20%06d_%013d", n, max(now.UnixMilli(), 0))
		if s.find(id) < 0 {
			return id
		}
	}
}

// SetCallback changes the registered callback of an application. The error is
// [ErrUnknownClient] or [FieldErrors].
func (s *Server) SetCallback(clientID, callback string) error {
	app, ok := s.application(clientID)
	if !ok {
		return ErrUnknownClient
	}
	app.Callback = callback
	return s.edit(clientID, app.Registration)
}

// edit changes the properties of an application.
func (s *Server) edit(clientID string, r Registration) error {
	r = r.trimmed()
	if err := r.check(); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.find(clientID)
	if i < 0 {
		return ErrUnknownClient
	}
	s.applications[i].Registration = r
	return nil
}

// resetCredentials gives an application a new secret. The codes given to it
// are forgotten with the old one.
func (s *Server) resetCredentials(clientID string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.find(clientID)
	if i < 0 {
		return ErrUnknownClient
	}
	s.applications[i].Secret = Secret(randomHex(secretBytes))
	s.codes.forget(func(g grant) bool { return g.clientID == clientID })
	return nil
}

// application returns the application with this client ID.
func (s *Server) application(clientID string) (Application, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	i := s.find(clientID)
	if i < 0 {
		return Application{}, false
	}
	return s.applications[i], true
}

// find returns the place of an application, or -1. The lock is held.
func (s *Server) find(clientID string) int {
	for i, app := range s.applications {
		if app.ClientID == clientID {
			return i
		}
	}
	return -1
}

// all returns the applications in the order they were registered.
func (s *Server) all() []Application {
	s.mu.Lock()
	defer s.mu.Unlock()
	return append([]Application(nil), s.applications...)
}
