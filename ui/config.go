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
	// Fetch returns an empty secret when there is none under this name.
	Fetch(ctx context.Context, name string) (flow.Secret, error)
	Forget(ctx context.Context, name string) error
}

// Memory keeps what is not secret from one start to the next.
type Memory interface {
	// Load returns what was saved, or the zero value at the first start. With
	// an error the file could not be read and was set aside, not lost.
	Load() (Saved, error)
	Save(Saved) error
}

// Saved is everything the window remembers. There is no secret in it.
type Saved struct {
	Welcomed   bool    `json:"welcomed"`    // a choice was made on the welcome page
	Practice   bool    `json:"practice"`    // the practice server is chosen
	Address    string  `json:"address"`     // of the company's server
	ClientID   string  `json:"client_id"`   // at the company's server
	Callback   string  `json:"callback"`    // at the company's server
	WithSecret bool    `json:"with_secret"` // the client secret's box is open
	Remember   bool    `json:"remember"`    // the client secret is in the password store
	Helping    bool    `json:"helping"`     // "I am helping someone": details open by themselves
	Theme      string  `json:"theme"`       // "", "light" or "dark"; "" follows the computer
	TextSize   float32 `json:"text_size"`   // times the usual size; 0 is 1
	Strict     bool    `json:"strict"`      // refuse instead of asking "Was that you?"
}

// Practice is the built-in server, as far as the window is concerned.
type Practice struct {
	ClientID string // of the application it always knows
	Callback string // registered for that application
	// Start makes the server run and tells where. Calls after the first
	// return the same one, until Stop.
	Start func(ctx context.Context) (PracticeServer, error)
	// Stop ends it; the next Start begins anew with another certificate.
	Stop func()
}

// PracticeServer is a running practice server.
type PracticeServer struct {
	Address string      // https://localhost:PORT
	Secret  flow.Secret // the client secret of the application
	Reset   func()      // forget every "Always grant" of this run
}
