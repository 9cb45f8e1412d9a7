package vault

import (
	"context"
	"sync"

	"granthelper/flow"
)

// Session keeps secrets in memory until the program ends: "keep for now only".
// The zero value is ready, and it may be used by many goroutines at once. Its
// methods are those of [Vault], so that one can stand in for the other.
type Session struct {
	mu   sync.Mutex
	kept map[string]flow.Secret
}

// Keep stores a secret under a name. It never fails.
func (s *Session) Keep(_ context.Context, name string, secret flow.Secret) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[string]flow.Secret{}
	}
	s.kept[name] = secret
	return nil
}

// Fetch returns the secret kept under a name, or [ErrNone].
func (s *Session) Fetch(_ context.Context, name string) (flow.Secret, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	secret, ok := s.kept[name]
	if !ok {
		return flow.Secret{}, ErrNone
	}
	return secret, nil
}

// Forget deletes what is kept under a name. It never fails.
func (s *Session) Forget(_ context.Context, name string) error {
	s.mu.Lock()
	defer s.mu.Unlock()
	delete(s.kept, name)
	return nil
}
