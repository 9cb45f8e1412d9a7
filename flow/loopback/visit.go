package loopback

import (
	"context"
	"crypto/tls"
	"log"
	"log/slog"
	"net"
	"net/http"
	"sync"
	"time"

	"granthelper/flow"
)

// closePatience is how long Close lets pages have their verdict.
const closePatience = 5 * time.Second

// visit is one attempt's stay on this computer.
type visit struct {
	site     flow.Site
	where    place
	pages    *pages
	log      *slog.Logger
	now      func() time.Time
	patience time.Duration

	cookieName string
	cookie     flow.Secret
	tab        flow.Secret

	notices *notices
	conns   *conns
	gate    *gate
	server  *http.Server
	served  sync.WaitGroup
	closed  sync.Once

	mu       sync.Mutex // guards what follows
	closing  bool
	tainted  bool // a ticket was used twice: somebody else may hold the tab value
	tickets  []ticket
	arrivals []*arrival
	change   chan struct{} // closed and replaced when an arrival changes
}

func newVisit(l *Listener, site flow.Site, where place, pages *pages) *visit {
	v := &visit{
		site: site, where: where, pages: pages, log: l.log(), now: l.now(), patience: l.patience,
		cookieName: "__Host-" + newToken(), cookie: flow.Conceal(newToken()), tab: flow.Conceal(newToken()),
		notices: newNotices(), conns: newConns(), change: make(chan struct{}),
	}
	if v.patience == 0 {
		v.patience = verdictPatience
	}
	return v
}

// serve starts the server on the sockets.
func (v *visit) serve(certificate tls.Certificate, sockets []net.Listener) {
	v.gate = &gate{
		sockets: sockets, conns: v.conns, config: tlsConfig(certificate), plain: v.pages.plainAnswer(),
		notice: v.greeted, ready: make(chan net.Conn), done: make(chan struct{}),
	}
	protocols := new(http.Protocols)
	protocols.SetHTTP1(true)
	v.server = &http.Server{
		Handler:           v,
		Protocols:         protocols,
		ReadHeaderTimeout: 5 * time.Second,
		ReadTimeout:       5 * time.Second,
		WriteTimeout:      10 * time.Second,
		IdleTimeout:       5 * time.Second,
		MaxHeaderBytes:    headerLimit - 4096, // net/http allows 4096 more than asked
		ErrorLog:          log.New(quiet{v.log}, "", 0),
		ConnContext: func(ctx context.Context, c net.Conn) context.Context {
			return context.WithValue(ctx, connKey{}, c.(*secure).below)
		},
		ConnState: func(c net.Conn, state http.ConnState) {
			if state == http.StateIdle { // the answer is on its way to the last byte
				c.(*secure).below.rest()
			}
		},
		DisableGeneralOptionsHandler: true,
	}
	if len(sockets) == 1 {
		v.notices.add(flow.Notice{Kind: flow.OneFamily, At: v.now(), Detail: "no IPv6 on this computer"})
	}
	v.gate.open()
	v.served.Go(func() { _ = v.server.Serve(v.gate) })
	v.log.Info("waiting for the browser", "port", v.where.port, "families", len(sockets))
}

type connKey struct{}

// connOf returns the connection a request came on.
func connOf(r *http.Request) *conn { return r.Context().Value(connKey{}).(*conn) }

// quiet is what the HTTP library writes its own log to. Its lines may quote a
// request, so only the fact that there was one goes on.
type quiet struct{ log *slog.Logger }

func (q quiet) Write(line []byte) (int, error) {
	q.log.Debug("the http library noticed something", "bytes", len(line))
	return len(line), nil
}

// Notices implements [flow.Visit].
func (v *visit) Notices() <-chan flow.Notice { return v.notices.out }

// greeted tells of a connection that never became a request.
func (v *visit) greeted(g greeting) {
	switch g.kind {
	case refusedUs:
		v.tell(flow.Distrusted, g.detail)
	case spokePlain:
		v.tell(flow.PlainHTTP, "plain http on port "+v.where.port)
	case noCommon:
		v.tell(flow.Refused, "no common TLS version")
	}
}

// tell adds a notice without an arrival.
func (v *visit) tell(kind flow.NoticeKind, detail string) {
	v.add(flow.Notice{Kind: kind, At: v.now(), Detail: detail})
}

// add queues a notice. An answer that was pushed out of the queue will never
// be judged, so its page is told that it was not used.
func (v *visit) add(n flow.Notice) {
	if gone := v.notices.add(n); gone != nil && gone.Arrival != nil {
		go gone.Arrival.Reply(flow.NotTaken) // Reply takes the lock that may be held here
	}
}

// Close implements [flow.Visit].
func (v *visit) Close() error {
	v.closed.Do(func() {
		deadline := time.NewTimer(closePatience)
		defer deadline.Stop()
		v.finish(deadline.C)
		_ = v.gate.Close()
		v.conns.end(time.After(time.Second))
		_ = v.server.Close()
		v.served.Wait()
		v.gate.tasks.Wait()
		v.notices.close()
		v.log.Info("stopped waiting for the browser", "port", v.where.port)
	})
	return nil
}

// finish gives every open arrival its last word and waits until the pages
// that are still there have it.
func (v *visit) finish(deadline <-chan time.Time) {
	v.mu.Lock()
	v.closing = true
	for _, a := range v.arrivals {
		if !final(a.verdict) {
			a.verdict = flow.NotWaiting
		}
	}
	v.changed()
	for v.owed() {
		change := v.change
		v.mu.Unlock()
		select {
		case <-change:
		case <-deadline:
			return
		}
		v.mu.Lock()
	}
	v.mu.Unlock()
}

// changed wakes who waits for a change; the caller holds mu.
func (v *visit) changed() {
	close(v.change)
	v.change = make(chan struct{})
}
