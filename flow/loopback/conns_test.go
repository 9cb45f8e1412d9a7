package loopback

import (
	"context"
	"crypto/tls"
	"io"
	"net"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"granthelper/flow"
)

func certifyNot(err error) func(context.Context) (tls.Certificate, error) {
	return func(context.Context) (tls.Certificate, error) { return tls.Certificate{}, err }
}

func (o *opened) dial() net.Conn {
	o.t.Helper()
	c, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", o.place.port))
	if err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() { _ = c.Close() })
	return c
}

func TestVisit_IdleAndSlowConnectionsDoNotKeepTheBrowserOut(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	b.start()
	for range 200 {
		o.dial() // says nothing
	}
	for i := range 50 {
		c := tls.Client(o.dial(), trusting())
		part := "GET /callback?co"
		switch i % 3 {
		case 0:
			part = "POST /callback HTTP/1.1\r\nHost: " + o.place.authority + "\r\nContent-Length: 99\r\n\r\narr"
		case 1:
			part = "POST /bind HTTP/1.1\r\nHost: " + o.place.authority + "\r\nContent-Type: " + bindType + "\r\nContent-Length: 99\r\n\r\narr"
		}
		if _, err := c.Write([]byte(part)); err != nil {
			t.Fatal(err)
		}
	}
	deaf := strings.Repeat("GET /callback HTTP/1.1\r\nHost: x\r\n\r\n", 2000)
	for range connLimit { // ask for much and read nothing
		c := tls.Client(o.dial(), trusting())
		if err := c.HandshakeContext(t.Context()); err != nil {
			t.Fatal(err)
		}
		go func() { _, _ = c.Write([]byte(deaf)) }()
	}
	began := time.Now()
	_, a := b.answer("code=good")
	if took := time.Since(began); a.Level != flow.LevelA || took > 2*time.Second {
		t.Errorf("level %v after %v, want A in 2 s", a.Level, took)
	}
	o.inner.conns.mu.Lock()
	defer o.inner.conns.mu.Unlock()
	if n := len(o.inner.conns.all); n > connLimit {
		t.Errorf("%d connections are open, want at most %d", n, connLimit)
	}
}

func TestVisit_WaitingPagesAreNotClosedToMakeRoom(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	b.start()
	id, a := b.answer("code=good")
	shown := make(chan page, 1)
	go func() { shown <- b.visit("/verdict/" + id) }()
	o.awaitWaiters(1)
	for range 2 * connLimit {
		o.dial()
	}
	a.Reply(flow.GotIt)
	if got := (<-shown).title(); got != "Got it" {
		t.Errorf("got page %q", got)
	}
}

func TestConns_CloseTheOneUnfinishedForLongest(t *testing.T) {
	s := newConns()
	var all []*conn
	for range connLimit {
		near, far := net.Pipe()
		t.Cleanup(func() { _ = far.Close() })
		all = append(all, s.admit(near))
	}
	all[0].rest()     // finished something just now
	all[1].hold(true) // waits for a verdict
	closed := func() (is []int) {
		for i, c := range all {
			if c.ended.Load() {
				is = append(is, i)
			}
		}
		return is
	}
	for _, want := range [][]int{{2}, {2, 3}} {
		near, far := net.Pipe()
		t.Cleanup(func() { _ = far.Close() })
		if c := s.admit(near); c == nil || c.ended.Load() {
			t.Fatal("the newcomer was not let in")
		}
		if got := closed(); !slices.Equal(got, want) {
			t.Errorf("closed %v, want %v", got, want)
		}
	}
	limit := make(chan time.Time)
	close(limit)
	s.end(limit)
	if near, far := net.Pipe(); s.admit(near) != nil {
		_ = far.Close()
		t.Error("a connection was let in after the end")
	}
}

// awaitWaiters waits until n requests wait for a verdict.
func (o *opened) awaitWaiters(n int) {
	o.t.Helper()
	limit := time.Now().Add(5 * time.Second)
	for time.Now().Before(limit) {
		o.inner.mu.Lock()
		waiting := 0
		for _, a := range o.inner.arrivals {
			waiting += a.waiters
		}
		o.inner.mu.Unlock()
		if waiting == n {
			return
		}
		time.Sleep(time.Millisecond) // no event tells this from outside
	}
	o.t.Fatalf("%d requests never waited", n)
}

func TestVisit_TenThousandBadRequestsChangeNothing(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	b.start()
	request := strings.Repeat("GET /callback?code=evil HTTP/1.1\r\nHost: evil.example\r\n\r\n", 500)
	var crowd sync.WaitGroup
	for range 4 {
		crowd.Go(func() {
			for range 5 {
				c, err := tls.Dial("tcp", net.JoinHostPort("127.0.0.1", o.place.port), trusting())
				if err != nil {
					t.Error(err)
					return
				}
				go func() { _, _ = c.Write([]byte(request)); _ = c.CloseWrite() }()
				_, _ = io.Copy(io.Discard, c)
				_ = c.Close()
			}
		})
	}
	crowd.Wait()
	id := b.arrive("code=good")
	b.bind(id)
	refused := 0
	for {
		n := <-o.Notices()
		if n.Kind == flow.Refused {
			refused += 1 + n.More
		}
		if n.Kind == flow.AnswerCame {
			if n.Arrival.Level != flow.LevelA || n.Arrival.Answer.Code.Reveal() != "good" {
				t.Errorf("got level %v", n.Arrival.Level)
			}
			break
		}
	}
	if refused != 10_000 {
		t.Errorf("told of %d refused requests, want 10000", refused)
	}
}
