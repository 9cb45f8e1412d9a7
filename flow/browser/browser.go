// Package browser opens an address in the browser this person uses, the way
// their desktop does it: xdg-open on Linux (so $BROWSER and the desktop's
// choice count), open on macOS, the protocol handler of url.dll on Windows.
//
// How to use it: err := browser.Open(ctx, address). Nil means that the
// desktop's launcher said yes, or that it is still running after five seconds,
// as some launchers do for as long as the browser lives. Nil does not mean
// that a page is to be seen: no launcher knows that.
//
// What it promises: the address reaches the launcher whole, never through a
// shell; only https addresses, and http ones of this computer, are opened; the
// launcher is always waited for, so none is left behind as a zombie; the
// browser neither writes into this program's output nor dies with it; and no
// error ever repeats the address, which holds a single-use ticket.
package browser

import (
	"context"
	"errors"
	"net/url"
	"time"

	"granthelper/flow"
)

// patience is how long a launcher is waited for.
const patience = 5 * time.Second

// Open asks the desktop to show address. The only errors are those of ctx and
// a [flow.Problem] with the code NoBrowser: there is no launcher, it said no,
// or the address is not one to be opened. When ctx ends first, the browser may
// still open.
func Open(ctx context.Context, address string) error {
	if err := check(address); err != nil {
		return trouble(err)
	}
	name, args := command(address)
	l, err := start(name, args, address)
	if err != nil {
		return trouble(err)
	}
	return l.wait(ctx, patience)
}

// check refuses every address that is not a web page over https, or over http
// on this computer: a launcher would open a file or start a program just as
// readily.
func check(address string) error {
	u, err := url.Parse(address)
	switch {
	case err != nil: // it quotes the address, so it is not passed on
		return errors.New("the address cannot be read")
	case u.Hostname() == "" || u.User != nil:
		return errors.New("the address is not that of a web page")
	case u.Scheme == "https", u.Scheme == "http" && flow.Loopback(u.Hostname()):
		return nil
	}
	return errors.New("only https addresses are opened")
}

func trouble(err error) error {
	return &flow.Problem{Code: flow.NoBrowser, Step: flow.AtBrowser, Err: err}
}
