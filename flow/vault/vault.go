// Package vault keeps what a person types from one day to the next: secrets in
// the system's password store, everything else in a plain file.
//
// How to use it: New gives a [Vault] over the system's password store
// (Secret Service on Linux, Keychain on macOS, Credential Manager on Windows)
// with Keep, Fetch and Forget. When it says that there is no store, or that
// the store is locked, a [Session] does the same three things in memory until
// the program ends; nothing falls back to it unasked. [File] keeps the details
// that are no secrets.
//
// What it promises: no call takes longer than ten seconds, however long the
// store's own window stays open, so it may be called off the window's thread
// and then forgotten about; what was not kept in time is not kept behind the
// caller's back later; a secret goes nowhere but into the store, and no error
// holds one. A store guards secrets at rest and from other people; programs of
// the same person can read it, as they can everything else of that person.
package vault

import (
	"context"
	"errors"
	"fmt"
	"time"

	"granthelper/flow"

	"github.com/zalando/go-keyring"
)

// Service is the name under which everything of this tool is found in the
// system's password store.
const Service = "Grant Helper"

// limit is how long a caller waits for the password store, all in all.
const limit = 10 * time.Second

// ErrNone says that nothing is kept under a name.
var ErrNone = flow.ErrNoSecret

// ring is the system's password store.
type ring interface {
	Set(service, name, text string) error
	Get(service, name string) (string, error)
	Delete(service, name string) error
}

// Vault keeps secrets in the system's password store. It may be used by many
// goroutines at once; they take turns.
type Vault struct {
	ring  ring
	limit time.Duration
	turn  chan struct{} // holds one value while a call is at work, abandoned ones too
}

// New returns the vault over this system's password store. It touches nothing
// yet.
func New() *Vault { return newVault(system{}, limit) }

func newVault(r ring, limit time.Duration) *Vault {
	return &Vault{ring: r, limit: limit, turn: make(chan struct{}, 1)}
}

// Keep stores a secret under a name, in place of what was there. It is read
// back before Keep says yes, since some stores say yes to a window that was
// closed. Its errors are those of ctx, or a [flow.Problem]: NoStore when this
// computer has no store, StoreLocked when it is locked or does not answer,
// LongSecret when it takes no secrets of this length. After any of them the
// secret is not kept, and if the store was already at work, what was kept
// under the name before may be gone as well.
func (v *Vault) Keep(ctx context.Context, name string, s flow.Secret) error {
	err := v.call(ctx, func() error {
		if err := v.ring.Set(Service, name, s.Reveal()); err != nil {
			return err
		}
		back, err := v.ring.Get(Service, name)
		if err == nil && !s.Equal(flow.Conceal(back)) {
			err = errNotKept
		}
		return err
	}, func() { _ = v.ring.Delete(Service, name) })
	if errors.Is(err, keyring.ErrNotFound) {
		err = errNotKept
	}
	return describe(err, s)
}

// Fetch returns the secret kept under a name, or [ErrNone]. Its other errors
// are those of Keep.
func (v *Vault) Fetch(ctx context.Context, name string) (flow.Secret, error) {
	found := make(chan flow.Secret, 1)
	err := v.call(ctx, func() error {
		text, err := v.ring.Get(Service, name)
		if err == nil {
			found <- flow.Conceal(text)
		}
		return err
	}, nil)
	if err != nil {
		return flow.Secret{}, describe(err, flow.Secret{})
	}
	return <-found, nil
}

// Forget deletes what is kept under a name. Nothing kept there is as good as
// deleted. Its errors are those of Keep.
func (v *Vault) Forget(ctx context.Context, name string) error {
	err := v.call(ctx, func() error { return v.ring.Delete(Service, name) }, nil)
	if errors.Is(err, keyring.ErrNotFound) {
		return nil
	}
	return describe(err, flow.Secret{})
}

// call runs work for as long as the limit allows. A caller who leaves early
// leaves work behind that cannot be stopped: no other is started before it has
// come back, and if it then succeeds after all, undo takes that back, because
// the caller was told that it did not.
func (v *Vault) call(ctx context.Context, work func() error, undo func()) error {
	if err := ctx.Err(); err != nil {
		return err
	}
	slow := time.NewTimer(v.limit)
	defer slow.Stop()
	select {
	case v.turn <- struct{}{}:
	case <-slow.C:
		return errStillAtIt
	case <-ctx.Done():
		return ctx.Err()
	}
	done, left := make(chan error), make(chan struct{})
	go func() {
		defer func() { <-v.turn }()
		err := safely(work)
		select {
		case done <- err:
		case <-left:
			if err == nil && undo != nil {
				_ = safely(func() error { undo(); return nil })
			}
		}
	}()
	defer close(left)
	select {
	case err := <-done:
		return err
	case <-slow.C:
		return errTooSlow
	case <-ctx.Done():
		return ctx.Err()
	}
}

// safely turns a panic into an error: the library for the Secret Service
// panics when the store goes away while its window is open, and a password
// store must not be able to end this program.
func safely(work func() error) (err error) {
	defer func() {
		if recover() != nil { // what it holds is not shown: it may quote an answer
			err = errGaveUp
		}
	}()
	return work()
}

// system is the password store of this computer.
type system struct{}

func (system) Set(service, name, text string) error {
	if err := reachable(); err != nil {
		return err
	}
	return keyring.Set(service, name, text)
}

func (system) Get(service, name string) (string, error) {
	if err := reachable(); err != nil {
		return "", err
	}
	return keyring.Get(service, name)
}

func (system) Delete(service, name string) error {
	if err := reachable(); err != nil {
		return err
	}
	return keyring.Delete(service, name)
}

// wrap says what was attempted.
func wrap(err error) error { return fmt.Errorf("use the password store: %w", err) }
