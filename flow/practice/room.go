package practice

import (
	"context"
	"crypto/tls"
	"sync"
)

// Room keeps at most one [Server] and starts it when it is first wanted, so
// that a program that may need one costs nothing until it does. Its methods
// may be called from several goroutines at once.
type Room struct {
	// Config is for the server; its Certificate is filled in by the room.
	Config Config
	// Certificate is asked each time a server starts. It must be set.
	Certificate func(ctx context.Context) (tls.Certificate, error)

	mu     sync.Mutex
	server *Server
}

// Server returns the running server, and starts it before if there is none.
// It runs until Close, not until ctx ends: ctx covers only the starting.
func (r *Room) Server(ctx context.Context) (*Server, error) {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.server != nil {
		return r.server, nil
	}
	config := r.Config
	var err error
	if config.Certificate, err = r.Certificate(ctx); err != nil {
		return nil, err
	}
	server, err := Start(context.WithoutCancel(ctx), config)
	if err != nil {
		return nil, err
	}
	r.server = server
	return server, nil
}

// Close ends the server, if there is one. The next call of Server starts anew.
func (r *Room) Close() error {
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.server == nil {
		return nil
	}
	server := r.server
	r.server = nil
	return server.Close()
}
