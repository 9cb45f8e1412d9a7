package loopback

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"sync"
	"time"
)

// greetTime is how long a client may take to say its first word and to finish
// the TLS handshake.
const greetTime = 5 * time.Second

// gate stands between the sockets and the HTTP server: it accepts without
// ever waiting for a client, tells TLS from plain HTTP by the first byte,
// shakes hands, and passes on only connections that are through. To the HTTP
// server it is a net.Listener.
type gate struct {
	sockets []net.Listener
	conns   *conns
	config  *tls.Config
	plain   []byte // the whole answer to somebody who speaks plain HTTP
	notice  func(about greeting)

	ready chan net.Conn
	done  chan struct{}
	stop  sync.Once
	tasks sync.WaitGroup
}

// tlsConfig offers TLS 1.2 and later and HTTP/1.1 only. No session is resumed:
// every connection shows anew that the browser trusts this computer.
func tlsConfig(certificate tls.Certificate) *tls.Config {
	return &tls.Config{
		MinVersion:             tls.VersionTLS12,
		NextProtos:             []string{"http/1.1"},
		SessionTicketsDisabled: true,
		GetCertificate: func(hello *tls.ClientHelloInfo) (*tls.Certificate, error) {
			if c, ok := hello.Conn.(*conn); ok {
				c.shown.Store(true)
			}
			return &certificate, nil
		},
	}
}

func (g *gate) open() {
	for _, socket := range g.sockets {
		g.tasks.Go(func() { g.accept(socket) })
	}
}

func (g *gate) accept(socket net.Listener) {
	for {
		raw, err := socket.Accept()
		if err != nil {
			select {
			case <-g.done:
				return
			case <-time.After(10 * time.Millisecond): // out of file handles: try again, without spinning
				continue
			}
		}
		if c := g.conns.admit(raw); c != nil {
			g.tasks.Go(func() { g.greet(c) })
		}
	}
}

// greet brings one connection to the HTTP server, or ends it.
func (g *gate) greet(c *conn) {
	_ = c.SetDeadline(time.Now().Add(greetTime))
	first := make([]byte, 1)
	if _, err := io.ReadFull(c, first); err != nil {
		_ = c.Close() // an empty connection: browsers make them, no harm
		return
	}
	c.first = first
	switch {
	case first[0] == recordHandshake:
		g.shake(c)
	case 'A' <= first[0] && first[0] <= 'Z': // the method of plain HTTP
		g.notice(greeting{kind: spokePlain})
		g.turnAway(c)
	default:
		_ = c.Close()
	}
}

func (g *gate) shake(c *conn) {
	ctx, cancel := context.WithTimeout(context.Background(), greetTime)
	defer cancel()
	secured := tls.Server(c, g.config)
	if err := secured.HandshakeContext(ctx); err != nil {
		if !c.ended.Load() && ctx.Err() == nil {
			g.notice(judge(err, c.shown.Load()))
		}
		_ = c.Close()
		return
	}
	_ = c.SetDeadline(time.Time{})
	select {
	case g.ready <- &secure{Conn: secured, below: c, notice: g.notice}:
	case <-g.done:
		_ = c.Close()
	}
}

// turnAway answers plain HTTP with a page that says so. The request is read
// first, as far as it fits: closing with unread bytes would take the answer
// away from the client again.
func (g *gate) turnAway(c *conn) {
	defer func() { _ = c.Close() }()
	request := make([]byte, headerLimit)
	for n := 0; n < len(request); {
		m, err := c.Read(request[n:])
		n += m
		if err != nil || endOfHeaders(request[:n]) {
			break
		}
	}
	_ = c.SetDeadline(time.Now().Add(greetTime))
	_, _ = c.Write(g.plain)
}

// Accept implements net.Listener.
func (g *gate) Accept() (net.Conn, error) {
	select {
	case c := <-g.ready:
		return c, nil
	case <-g.done:
		return nil, net.ErrClosed
	}
}

// Close implements net.Listener: it lets the ports go. Connections stay.
func (g *gate) Close() error {
	g.stop.Do(func() {
		close(g.done)
		for _, socket := range g.sockets {
			_ = socket.Close()
		}
	})
	return nil
}

// Addr implements net.Listener.
func (g *gate) Addr() net.Addr { return g.sockets[0].Addr() }
