package loopback

import (
	"net"
	"sync"
	"sync/atomic"
	"time"
)

// connLimit is how many connections may be open at once. A browser has six.
const connLimit = 64

// conns are the open connections of a visit. A new one is always let in: when
// there are too many, the one that has gone longest without finishing a
// request is closed. A limit that makes newcomers wait would let 200 silent
// sockets keep the browser out (SECURITY 3).
type conns struct {
	mu     sync.Mutex
	all    map[*conn]struct{}
	turn   uint64
	over   bool
	change chan struct{} // closed and replaced when a connection ends or rests
}

func newConns() *conns {
	return &conns{all: map[*conn]struct{}{}, change: make(chan struct{})}
}

// conn is one connection below TLS.
type conn struct {
	net.Conn
	set   *conns
	first []byte      // read to tell TLS from plain HTTP; given back by Read
	shown atomic.Bool // our certificate was on its way
	ended atomic.Bool // closed from this side

	turn uint64 // guarded by set.mu: when it came or last finished something
	busy bool   // guarded by set.mu: a request is being answered
	held bool   // guarded by set.mu: its page waits for a verdict
}

// Read gives back what was looked at before anything else.
func (c *conn) Read(p []byte) (int, error) {
	if len(c.first) > 0 && len(p) > 0 {
		n := copy(p, c.first)
		c.first = c.first[n:]
		return n, nil
	}
	return c.Conn.Read(p)
}

// Close closes the connection and forgets it.
func (c *conn) Close() error {
	c.ended.Store(true)
	c.set.mu.Lock()
	if _, in := c.set.all[c]; in {
		delete(c.set.all, c)
		c.set.changed()
	}
	c.set.mu.Unlock()
	return c.Conn.Close()
}

// admit takes a connection in and makes room for it if need be. It returns
// nil when no more are wanted.
func (s *conns) admit(raw net.Conn) *conn {
	c := &conn{Conn: raw, set: s}
	s.mu.Lock()
	if s.over {
		s.mu.Unlock()
		_ = raw.Close()
		return nil
	}
	var victim *conn
	if len(s.all) >= connLimit {
		victim = c // all others wait for a verdict
		for other := range s.all {
			if !other.held && (victim == c || other.turn < victim.turn) {
				victim = other
			}
		}
	}
	s.turn++
	c.turn = s.turn
	s.all[c] = struct{}{}
	s.mu.Unlock()
	if victim != nil {
		_ = victim.Close()
	}
	return c
}

// work marks that a request is being answered: the end waits for it.
func (c *conn) work() {
	c.set.mu.Lock()
	c.busy = true
	c.set.mu.Unlock()
}

// hold marks that the page waits for a verdict: the connection is not closed
// to make room. Few can be held at a time ([waiterLimit]). A client that is
// slow to send or to read is never held, or a few of those would fill the house.
func (c *conn) hold(on bool) {
	c.set.mu.Lock()
	c.set.turn++
	c.held, c.turn = on, c.set.turn
	c.set.mu.Unlock()
}

// rest marks that an answer went out to the last byte.
func (c *conn) rest() {
	c.set.mu.Lock()
	c.set.turn++
	c.busy, c.turn = false, c.set.turn
	c.set.changed()
	c.set.mu.Unlock()
}

// changed wakes who waits; the caller holds mu.
func (s *conns) changed() {
	close(s.change)
	s.change = make(chan struct{})
}

// end lets the answers under way go out, for as long as patience allows, and
// closes every connection.
func (s *conns) end(patience <-chan time.Time) {
	for waiting := true; waiting; {
		s.mu.Lock()
		s.over = true
		var idle []*conn
		for c := range s.all {
			if !c.busy {
				idle = append(idle, c)
			}
		}
		waiting = len(s.all) > len(idle)
		change := s.change
		s.mu.Unlock()
		for _, c := range idle {
			_ = c.Close()
		}
		if len(idle) > 0 {
			continue
		}
		if waiting {
			select {
			case <-change:
			case <-patience:
				waiting = false
			}
		}
	}
	s.mu.Lock()
	rest := make([]*conn, 0, len(s.all))
	for c := range s.all {
		rest = append(rest, c)
	}
	s.mu.Unlock()
	for _, c := range rest {
		_ = c.Close()
	}
}
