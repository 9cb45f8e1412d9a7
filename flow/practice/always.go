package practice

import "slices"

// always is one remembered "Always grant": this person is not asked about
// this application any more.
type always struct{ personID, clientID string }

// startGrants puts the grants of one application to the start state: those who
// chose "Always grant" before. The lock is held.
func (s *Server) startGrants(clientID string) {
	s.always = slices.DeleteFunc(s.always, func(a always) bool { return a.clientID == clientID })
	for _, p := range people {
		if p.always {
			s.always = append(s.always, always{p.ID, clientID})
		}
	}
}

// remember stores an "Always grant".
func (s *Server) remember(a always) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if !slices.Contains(s.always, a) {
		s.always = append(s.always, a)
	}
}

// remembers says whether this person is not to be asked.
func (s *Server) remembers(a always) bool {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Contains(s.always, a)
}

// forget undoes one "Always grant" and the codes that came of it, as the
// resource owner does by resetting the access.
func (s *Server) forget(a always) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.always = slices.DeleteFunc(s.always, func(one always) bool { return one == a })
	s.codes.forget(func(g grant) bool { return g.personID == a.personID && g.clientID == a.clientID })
}

// ResetAccess forgets every "Always grant" of an application except what the
// start state has: Robin Meyer is again the only one who is not asked.
func (s *Server) ResetAccess(clientID string) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.find(clientID) < 0 {
		return
	}
	s.startGrants(clientID)
	s.codes.forget(func(g grant) bool { return g.clientID == clientID })
}

// grants returns the remembered grants, oldest first.
func (s *Server) grants() []always {
	s.mu.Lock()
	defer s.mu.Unlock()
	return slices.Clone(s.always)
}

// Reset puts everything to the start state: only the demo application, with
// the callback and the secret it had at the start; Robin Meyer the only one
// who is not asked; no scripted answers, no codes, and every open page used up.
func (s *Server) Reset() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.applications = []Application{demo(s.demoSecret)}
	s.always = nil
	s.startGrants(DemoClientID)
	s.answers, s.chosen = nil, nil
	s.pending = pending{}
	s.codes = codes{}
}
