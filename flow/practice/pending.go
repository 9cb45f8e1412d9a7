package practice

import "time"

// Limits of the pages that are open in browsers.
const (
	maxPending  = 200
	pendingLife = time.Hour // the tool itself stops waiting after an hour
)

// transaction is one sign-in on its way. It lives on the server and its pages
// carry only a random name of it, so nothing a request brought is echoed into
// a form, and nobody can make a page that grants.
type transaction struct {
	id    string
	since time.Time
	query []parameter // what was asked; set from the start

	// Set when a person was picked and the request passed its checks.
	person   Person
	app      Application
	callback string
	answer   Answer
}

// signedIn says whether the transaction waits for the grant, not the sign-in.
func (t transaction) signedIn() bool { return t.person.ID != "" }

// pending holds the transactions whose page was not used yet, oldest first.
type pending struct{ list []transaction }

// add stores a transaction under a new random name, which it returns. The
// oldest makes room when there are too many.
func (p *pending) add(t transaction, now time.Time) string {
	p.expire(now)
	if len(p.list) >= maxPending {
		p.list = p.list[1:]
	}
	t.id, t.since = randomHex(32), now
	p.list = append(p.list, t)
	return t.id
}

// take returns a transaction and forgets it: each page works once.
func (p *pending) take(id string, signedIn bool, now time.Time) (transaction, bool) {
	p.expire(now)
	for i, t := range p.list {
		if t.id == id && t.signedIn() == signedIn {
			p.list = append(p.list[:i:i], p.list[i+1:]...)
			return t, true
		}
	}
	return transaction{}, false
}

// expire forgets what is too old.
func (p *pending) expire(now time.Time) {
	for len(p.list) > 0 && now.Sub(p.list[0].since) > pendingLife {
		p.list = p.list[1:]
	}
}

// open stores a transaction whose page is about to be shown.
func (s *Server) open(t transaction) string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pending.add(t, s.now())
}

// take uses up the page of a transaction.
func (s *Server) take(id string, signedIn bool) (transaction, bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.pending.take(id, signedIn, s.now())
}
