package vault

import (
	"context"
	"errors"
	"runtime"
	"strconv"
	"strings"

	"granthelper/flow"

	"github.com/zalando/go-keyring"
)

// What this package says itself about a store.
var (
	errNoBus     = errors.New("no session bus, so no password store")
	errTooSlow   = errors.New("the password store did not answer in time; its own window may be waiting")
	errStillAtIt = errors.New("the password store is still busy with an earlier question; its own window may be waiting")
	errNotKept   = errors.New("the password store said yes and kept nothing; its own window may have been closed")
	errGaveUp    = errors.New("the password store went away while it was asked")
)

// meanings tell by its text what an error of a password store means, the first
// match counts: the library's errors have no other marks. Linux as measured
// (TOOLCHAIN 7); macOS and Windows from their sources.
var meanings = []struct {
	text string
	code flow.Code
}{
	{errTooSlow.Error(), flow.StoreLocked},
	{errStillAtIt.Error(), flow.StoreLocked},
	{errNotKept.Error(), flow.StoreLocked},
	{"failed to unlock correct collection", flow.StoreLocked}, // locked, the window closed, or a wrong password
	{"locked collection", flow.StoreLocked},                   // GNOME Keyring, when it was locked in between
	{"Secret.Error.IsLocked", flow.StoreLocked},               // the Secret Service specification's own word
	{"Error.NoReply", flow.StoreLocked},                       // the bus gave up waiting for the store
	{"Did not receive a reply", flow.StoreLocked},             // the same in words
	{"Timeout was reached", flow.StoreLocked},                 // the same, by GLib
	{"exit status 36", flow.StoreLocked},                      // macOS: errSecInteractionNotAllowed, locked and nobody to ask
	{"exit status 51", flow.StoreLocked},                      // macOS: errSecAuthFailed
	{"exit status 128", flow.StoreLocked},                     // macOS: the person said no

	{errNoBus.Error(), flow.NoStore},
	{errGaveUp.Error(), flow.NoStore},
	{"dbus-launch", flow.NoStore},                        // no bus, and no program to start one
	{"dial unix", flow.NoStore},                          // the bus's address leads nowhere
	{"not provided by any .service files", flow.NoStore}, // a bus on which nobody keeps secrets
	{"ServiceUnknown", flow.NoStore},                     // the same by its name
	{"NameHasNoOwner", flow.NoStore},                     // a store that has ended
	{"unsupported platform", flow.NoStore},               // none of the three systems
	{"logon session does not exist", flow.NoStore},       // Windows: a service's session has no store
	{"exit status 37", flow.NoStore},                     // macOS: errSecNoDefaultKeychain
	{"exit status 50", flow.NoStore},                     // macOS: errSecNoSuchKeychain
	{"executable file not found in", flow.NoStore},       // macOS without its own tool
}

// longest is how many bytes a secret may have, where the store says so. The
// number for macOS is for the whole command that carries the secret.
var longest = map[string]int{"windows": 2560, "darwin": 3000}

// describe makes the store's error one that this tool has words for. Whatever
// is not known counts as no store: then keeping for now is what is offered.
func describe(err error, secret flow.Secret) error {
	switch {
	case err == nil, errors.Is(err, context.Canceled), errors.Is(err, context.DeadlineExceeded):
		return err
	case errors.Is(err, keyring.ErrNotFound):
		return ErrNone
	case errors.Is(err, keyring.ErrSetDataTooBig):
		facts := flow.Facts{"n": strconv.Itoa(secret.Len()), "limit": strconv.Itoa(longest[runtime.GOOS])}
		return &flow.Problem{Code: flow.LongSecret, Facts: facts, Err: wrap(err)}
	}
	text := err.Error()
	if !secret.Empty() && strings.Contains(text, secret.Reveal()) {
		err = errors.New("the password store's answer repeats the secret, so it is not shown")
	}
	for _, m := range meanings {
		if strings.Contains(text, m.text) {
			return &flow.Problem{Code: m.code, Err: wrap(err)}
		}
	}
	return &flow.Problem{Code: flow.NoStore, Err: wrap(err)}
}
