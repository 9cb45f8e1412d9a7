package practice

import (
	"net"
	"net/http"
	"slices"
	"sync"
)

// maxConnections is how many connections are open at once. A cap that made new
// ones wait would let silent sockets shut the server, so the oldest one that
// has nothing asked goes instead.
const maxConnections = 64

// connections keeps the open connections, oldest first.
type connections struct {
	mu   sync.Mutex
	list []connection
}

type connection struct {
	conn net.Conn
	busy bool // a request is being read or answered
}

// changed is the server's ConnState.
func (c *connections) changed(conn net.Conn, state http.ConnState) {
	c.mu.Lock()
	defer c.mu.Unlock()
	at := slices.IndexFunc(c.list, func(one connection) bool { return one.conn == conn })
	switch state {
	case http.StateNew:
		c.list = append(c.list, connection{conn: conn})
		c.evict()
	case http.StateActive, http.StateIdle:
		if at >= 0 {
			c.list[at].busy = state == http.StateActive
		}
	case http.StateClosed, http.StateHijacked:
		if at >= 0 {
			c.list = slices.Delete(c.list, at, at+1)
		}
	}
}

// evict closes the oldest connection that is not busy, or the oldest of all,
// when there are too many. The newest, just come, stays.
func (c *connections) evict() {
	if len(c.list) <= maxConnections {
		return
	}
	at := max(slices.IndexFunc(c.list[:len(c.list)-1], func(one connection) bool { return !one.busy }), 0)
	conn := c.list[at].conn
	c.list = slices.Delete(c.list, at, at+1)
	// The plain connection below TLS: a TLS goodbye could wait for a deaf peer.
	if under, ok := conn.(interface{ NetConn() net.Conn }); ok {
		conn = under.NetConn()
	}
	_ = conn.Close()
}
