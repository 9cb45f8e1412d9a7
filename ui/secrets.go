package ui

import (
	"context"
	"errors"

	"granthelper/flow"
)

// secretName is what a client secret is called in the password store: one for
// each app at each server.
func secretName(d flow.Details) string { return "client secret of " + d.ClientID + " at " + d.Address }

// fetchSecret fills the empty secret's box: from the practice server, which
// tells everything, or from the password store if it was put there.
func (w *Window) fetchSecret() {
	d := w.details.read()
	if !d.Practice && !w.saved.Remember {
		return
	}
	var secret flow.Secret
	var err error
	w.watch.run(func(ctx context.Context) {
		if !d.Practice {
			secret, err = w.config.Vault.Fetch(ctx, secretName(d))
			return
		}
		var server PracticeServer
		if server, err = w.config.Practice.Start(ctx); err == nil {
			secret = server.Secret
		}
	}, func() {
		if errors.Is(err, flow.ErrNoSecret) {
			return
		}
		if err != nil {
			w.showProblem(problemOf(err))
			return
		}
		w.details.setSecret(d.Practice, secret)
	})
}

// keepSecret puts the client secret into the password store if that is wanted,
// and then goes on. When the store does not work it says so, and the person
// may go on without.
func (w *Window) keepSecret(d flow.Details, remember bool, then func()) {
	if d.Practice || !d.WithSecret || !remember {
		then()
		return
	}
	w.details.working(say("details.saving"))
	var err error
	w.watch.run(func(ctx context.Context) {
		err = w.config.Vault.Keep(ctx, secretName(d), d.Secret)
	}, func() {
		w.details.working("")
		if err == nil {
			then()
			return
		}
		w.saved.Remember = false // what is saved must not promise a secret that is not there
		w.remember()
		w.showProblemThen(problemOf(err), map[flow.Action]func(){
			flow.TryAgain:   func() { w.saved.Remember = true; w.keepSecret(d, true, then) },
			flow.KeepForNow: func() { w.details.remember.check.SetChecked(false); then() },
		})
	})
}

// forgetSecret takes a client secret out of the store when it is no longer to
// be remembered; that there was none, or no store, is fine. A person who never
// asked for the store is never led to it.
func (w *Window) forgetSecret(d flow.Details) {
	w.watch.run(func(ctx context.Context) {
		if err := w.config.Vault.Forget(ctx, secretName(d)); err != nil {
			w.config.Log.Info("nothing to forget in the password store", "err", err)
		}
	}, nil)
}

// problemOf gives an error from outside as a problem with words, or nil.
func problemOf(err error) *flow.Problem {
	if err == nil {
		return nil
	}
	var p *flow.Problem
	if errors.As(err, &p) {
		return p
	}
	return &flow.Problem{Code: flow.Unexpected, Err: err, Facts: flow.Facts{"step": flow.Checking.String(), "ref": ""}}
}
