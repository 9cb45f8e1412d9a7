package practice

import (
	"context"
	"crypto/tls"
	"errors"
	"html/template"
	"log/slog"
	"net"
	"net/http"
	"strconv"
	"sync"
	"time"
)

// Config says how to run a [Server].
type Config struct {
	// Certificate is shown to the browser; it must cover localhost, 127.0.0.1
	// and ::1. There is no default.
	Certificate tls.Certificate
	// Addr is host:port to listen on, for instance "localhost:9443". The host
	// must be localhost, 127.0.0.1 or ::1, and whichever it is, the server
	// listens on both loopback addresses. "" and port 0 mean a free port.
	Addr string
	// Word translates the words of the pages; nil means English. It gets a key
	// of [Words] and the English text, and returns the text with the same
	// {placeholders}. The translation of the key "practice.lang" is the
	// language's own tag, for the pages' lang attribute.
	Word func(key, english string) string
	// Now tells the time; nil means [time.Now].
	Now func() time.Time
	// Log gets what the server saw, at debug level, without secrets, codes or
	// texts from outside; nil means no log.
	Log *slog.Logger
	// Seen is told of every event while the browser waits for the page, so it
	// must return soon; it may call the Server. nil means nobody wants to know.
	Seen func(Event)
}

// Server is a practice server that runs. Its methods may be called from
// several goroutines at once.
type Server struct {
	port       int
	ipv6       bool
	word       func(key, english string) string
	now        func() time.Time
	log        *slog.Logger
	seen       func(Event)
	pages      *template.Template
	style      pageStyle
	formToken  string // proves that a form of the home pages came from a page of ours
	demoSecret Secret

	web    *http.Server
	cancel context.CancelFunc
	served sync.WaitGroup
	once   sync.Once

	mu           sync.Mutex // guards all below
	applications []Application
	always       []always
	pending      pending
	codes        codes
	answers      []Answer
	chosen       *Answer // on the page; comes before answers; nil means none
}

// The limits of SECURITY §3.
const (
	readHeaderTimeout = 5 * time.Second
	readTimeout       = 5 * time.Second
	writeTimeout      = 10 * time.Second
	idleTimeout       = 5 * time.Second
	maxHeader         = 16 << 10
	maxBody           = 16 << 10
	closeTimeout      = 250 * time.Millisecond
)

// Start opens the server and serves until ctx ends or [Server.Close] is
// called. When it returns, the server answers.
func Start(ctx context.Context, c Config) (*Server, error) {
	if len(c.Certificate.Certificate) == 0 {
		return nil, errors.New("practice server: no certificate given")
	}
	s, err := newServer(c)
	if err != nil {
		return nil, err
	}
	listeners, err := listen(ctx, c.Addr)
	if err != nil {
		return nil, err
	}
	s.port = listeners[0].Addr().(*net.TCPAddr).Port
	s.ipv6 = len(listeners) > 1

	ctx, s.cancel = context.WithCancel(ctx)
	s.web = s.newWeb(ctx, c.Certificate)
	for _, l := range listeners {
		s.served.Go(func() { _ = s.web.ServeTLS(l, "", "") })
	}
	context.AfterFunc(ctx, func() { _ = s.Close() })
	return s, nil
}

// newServer returns a server in its start state, without a network.
func newServer(c Config) (*Server, error) {
	s := &Server{
		word: c.Word, now: c.Now, log: c.Log, seen: c.Seen,
		formToken: randomHex(32), demoSecret: Secret(randomHex(demoSecretBytes)),
	}
	if s.word == nil {
		s.word = func(_, english string) string { return english }
	}
	if s.now == nil {
		s.now = time.Now
	}
	if s.log == nil {
		s.log = slog.New(slog.DiscardHandler)
	}
	if err := s.readPages(); err != nil {
		return nil, err
	}
	s.Reset()
	return s, nil
}

// newWeb returns the HTTP side: TLS 1.2 or newer, HTTP/1.1 only, every limit set.
func (s *Server) newWeb(ctx context.Context, certificate tls.Certificate) *http.Server {
	var protocols http.Protocols
	protocols.SetHTTP1(true)
	limit := &connections{}
	return &http.Server{
		Handler:           s.guard(s.routes()),
		TLSConfig:         &tls.Config{Certificates: []tls.Certificate{certificate}, MinVersion: tls.VersionTLS12},
		Protocols:         &protocols,
		ReadHeaderTimeout: readHeaderTimeout,
		ReadTimeout:       readTimeout,
		WriteTimeout:      writeTimeout,
		IdleTimeout:       idleTimeout,
		MaxHeaderBytes:    maxHeader,
		ConnState:         limit.changed,
		ErrorLog:          slog.NewLogLogger(s.log.Handler(), slog.LevelDebug),
		BaseContext:       func(net.Listener) context.Context { return ctx },
	}
}

// URL returns the server's address, https://localhost:PORT, without a slash at
// its end.
func (s *Server) URL() string { return "https://" + s.authority("localhost") }

// IPv6 says whether the server listens on ::1 too. It does not only when this
// computer has no IPv6.
func (s *Server) IPv6() bool { return s.ipv6 }

// authority returns host:port.
func (s *Server) authority(host string) string {
	return net.JoinHostPort(host, strconv.Itoa(s.port))
}

// Close ends the server: answers on their way get a quarter of a second, then
// every connection is cut. It may be called more than once.
func (s *Server) Close() error {
	var err error
	s.once.Do(func() {
		s.cancel() // ends slow answers
		ctx, done := context.WithTimeout(context.Background(), closeTimeout)
		defer done()
		if s.web.Shutdown(ctx) != nil {
			err = s.web.Close()
		}
		s.served.Wait()
	})
	return err
}
