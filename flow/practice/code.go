package practice

import (
	"slices"
	"time"
)

// Limits of the codes that are kept. The documents give a code no life in
// numbers; the sibling flow of the same server has 10 minutes.
const (
	maxCodes = 200
	codeLife = 10 * time.Minute
)

// grant is what a code stands for.
type grant struct {
	code     string
	personID string
	clientID string
	since    time.Time
}

// codes holds the codes that were given and not used, oldest first.
type codes struct{ list []grant }

// add keeps a grant, and drops what is too old or too much.
func (c *codes) add(g grant) {
	c.forget(func(old grant) bool { return g.since.Sub(old.since) > codeLife })
	if len(c.list) >= maxCodes {
		c.list = c.list[1:]
	}
	c.list = append(c.list, g)
}

// forget drops every grant that matches.
func (c *codes) forget(matches func(grant) bool) {
	c.list = slices.DeleteFunc(c.list, matches)
}

// newCode makes up a code for a person and an application: 256 lower-case
// hexadecimal digits, as seen from the real server.
func (s *Server) newCode(p Person, app Application) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	code := randomHex(codeBytes)
	s.codes.add(grant{code: code, personID: p.ID, clientID: app.ClientID, since: s.now()})
	return code
}
