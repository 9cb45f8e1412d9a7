package ui

import (
	"context"
	"log/slog"

	"granthelper/flow"
)

// Config is what the window needs of the world; main hands the real things in.
type Config struct {
	Version  string // shown under Help; empty is a build without one
	Listener flow.Listener
	Network  func(proxy string) flow.Network // looks at servers; proxy is host:port, "" for the system's own. Nil looks at none
	Trust    flow.Trust
	Browser  func(ctx context.Context, address string) error
	Vault    Vault
	Memory   Memory
	Practice Practice
	Log      *slog.Logger // nil is silence
}

// Vault keeps secrets in the computer's password store. Its problems are
// *flow.Problem (StoreLocked, NoStore, LongSecret); every call ends by itself.
type Vault interface {
	Keep(ctx context.Context, name string, secret flow.Secret) error
	// Fetch fails with flow.ErrNoSecret when nothing is kept under this name.
	Fetch(ctx context.Context, name string) (flow.Secret, error)
	Forget(ctx context.Context, name string) error
}

// Memory keeps what is not secret from one start to the next.
type Memory interface {
	// Load returns what was saved, or the zero value at the first start. With
	// an error the file could not be read and was set aside, not lost.
	Load() (flow.Saved, error)
	Save(flow.Saved) error
}

// Practice is the built-in server, as far as the window is concerned.
type Practice struct {
	ClientID string // of the application it always knows
	Callback string // registered for that application
	// Start makes the server run and tells where. Calls after the first
	// return the same one, until Stop.
	Start func(ctx context.Context) (PracticeServer, error)
	// Stop ends it; the next Start begins anew with another certificate.
	Stop func() error
}

// PracticeServer is a running practice server.
type PracticeServer struct {
	Address string      // https://localhost:PORT
	Secret  flow.Secret // the client secret of the application
	Reset   func()      // forget every "Always grant" of this run
}
