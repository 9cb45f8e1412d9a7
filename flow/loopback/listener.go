package loopback

import (
	"context"
	"crypto/tls"
	"errors"
	"log/slog"
	"net"
	"net/url"
	"time"

	"granthelper/flow"
)

// Listener opens visits. It holds no state of its own, so one serves the
// whole program and its methods may be called at the same time.
type Listener struct {
	// Certificate returns what the browser is shown. It is asked once per
	// Listen and must be set.
	Certificate func(ctx context.Context) (tls.Certificate, error)
	// Word translates the pages; keys begin with "page.". Nil means English.
	Word func(key, english string) string
	// Log hears what went on, without any value of a request. Nil is silence.
	Log *slog.Logger
	// Now is the clock behind the times in notices. Nil is time.Now.
	Now func() time.Time

	patience time.Duration // how long a page waits for its verdict; zero is verdictPatience
	open     openSocket    // nil is the operating system
}

var _ flow.Listener = (*Listener)(nil)

// Listen binds 127.0.0.1 and ::1 at the callback's port and serves the site
// there until the visit is closed; ctx covers only the opening. It fails with a
// [*flow.Problem]: PortBusy (facts port and, when known, program and pid),
// PortKept (fact port), HTTPCallback, FarCallback, HashCallback or OddDetails
// for a callback that cannot be waited on, Unexpected for the rest.
func (l *Listener) Listen(ctx context.Context, site flow.Site) (flow.Visit, error) {
	where, err := placeOf(site.Callback)
	if err != nil {
		return nil, err
	}
	if next, err := url.Parse(site.Authorize); err != nil || next.Scheme != "https" || next.Host == "" || site.Read == nil {
		return nil, &flow.Problem{Code: flow.OddDetails, Step: flow.Listening, Facts: flow.Facts{"field": "server", "rule": "server_unreadable"}}
	}
	certificate, err := l.Certificate(ctx)
	if err != nil {
		return nil, unexpected(err)
	}
	pages, err := newPages(l.word(), site)
	if err != nil {
		return nil, unexpected(err)
	}
	sockets, err := bind(ctx, l.open, where.port)
	if err != nil {
		return nil, err
	}
	v := newVisit(l, site, where, pages)
	v.serve(certificate, sockets)
	return v, nil
}

// Probe binds the callback's address on both loopback families and lets go
// again. Without an error Listen would succeed now; otherwise the error is the
// [*flow.Problem] that Listen would give. Both is false on a computer without
// IPv6. The certificate is not looked at.
func (l *Listener) Probe(ctx context.Context, callback *url.URL) (both bool, err error) {
	where, err := placeOf(callback)
	if err != nil {
		return false, err
	}
	sockets, err := bind(ctx, l.open, where.port)
	for _, s := range sockets {
		if e := s.Close(); e != nil {
			err = unexpected(e)
		}
	}
	return len(sockets) == 2, err
}

func (l *Listener) word() func(key, english string) string {
	if l.Word != nil {
		return l.Word
	}
	return func(_, english string) string { return english }
}

func (l *Listener) log() *slog.Logger {
	if l.Log != nil {
		return l.Log
	}
	return slog.New(slog.DiscardHandler)
}

func (l *Listener) now() func() time.Time {
	if l.Now != nil {
		return l.Now
	}
	return time.Now
}

// unexpected makes a problem of an error that has no better name.
func unexpected(err error) error {
	if problem, ok := errors.AsType[*flow.Problem](err); ok {
		return problem
	}
	return &flow.Problem{Code: flow.Unexpected, Step: flow.Listening, Facts: flow.Facts{"step": flow.Listening.String()}, Err: err}
}

// openSocket is net.ListenConfig.Listen.
type openSocket func(ctx context.Context, network, address string) (net.Listener, error)
