package ui

import (
	"context"
	"errors"
	"time"

	"granthelper/flow"
)

// The look at this computer and at the server before the browser opens, and
// what follows from it.

// Beats of the clock, in seconds, after which a look that is not over shows
// its lines, and after which it says what it still waits for.
const (
	lookShown = 1
	lookSlow  = 5
)

// lookLimit is how long a look goes on in all; then what is still pending is
// as good as unknown.
const lookLimit = 20 * time.Second

// look starts the practice server if it is wanted, looks at this computer and
// at the server, and goes on to the sign-in, or to step 2 if there is something
// to do first.
func (w *Window) look() {
	w.stopLook()
	ctx, stop := context.WithTimeout(context.Background(), lookLimit)
	w.stopLook = stop
	w.details.working(say("details.looking"))
	w.computer.working(say("details.looking"))
	w.found = flow.Computer{}
	beats := 0
	w.watch.tick(ctx, time.Second, func() {
		beats++
		w.looking(ctx, beats)
	})
	look := w.newLook()
	var problem *flow.Problem
	w.watch.run(func(alive context.Context) {
		defer context.AfterFunc(alive, stop)()
		if problem = w.practise(ctx, &look.Details); problem != nil {
			return
		}
		details := look.Details // whoever goes on before the end needs the address too
		w.watch.show(func() {
			if ctx.Err() == nil {
				w.typed = details
			}
		})
		look.Run(ctx, func(found flow.Computer) {
			w.watch.show(func() {
				if ctx.Err() == nil {
					w.found = found
				}
			})
		})
	}, func() {
		if ctx.Err() != nil && errors.Is(ctx.Err(), context.Canceled) {
			return // another look, or the person went on without it
		}
		stop()
		w.details.working("")
		w.computer.working("")
		if problem != nil {
			w.showProblem(problem)
			return
		}
		w.looked(w.found)
	})
}

// newLook is what to look at for the details typed.
func (w *Window) newLook() flow.Look {
	look := flow.Look{
		Details: w.typed, Server: w.kind, Listener: w.config.Listener, Trust: w.config.Trust, Ask: !w.saved.AskNobody,
	}
	if w.config.Network != nil {
		look.Network = w.config.Network(w.saved.Proxy)
	}
	return look
}

// practise makes sure that the practice server runs, if d wants it, and fills
// in where.
func (w *Window) practise(ctx context.Context, d *flow.Details) *flow.Problem {
	if !d.Practice {
		return nil
	}
	server, err := w.config.Practice.Start(ctx)
	if err != nil {
		return &flow.Problem{Code: flow.PracticeDown, Step: flow.Checking, Err: err}
	}
	d.Address = server.Address
	return nil
}

// looking shows a look that takes its time.
func (w *Window) looking(ctx context.Context, beats int) {
	if ctx.Err() != nil || len(w.found.Checks) == 0 || beats < lookShown || w.inSettings() {
		return
	}
	w.computer.show(w.found)
	if beats >= lookSlow {
		w.computer.slow(w.found)
	}
	w.frame.show(w.computer.page)
}

func (w *Window) looked(found flow.Computer) {
	w.found = found
	if w.inSettings() {
		return // the person is elsewhere, and looks again when they want to go on
	}
	if found.Ready() {
		w.goSignIn(false)
		return
	}
	w.computer.show(found)
	w.frame.show(w.computer.page)
	w.showProblem(found.First())
}

// inSettings reports whether the person is on the page of the settings.
func (w *Window) inSettings() bool { return w.settings != nil && w.frame.page == w.settings.page }

// leaveLook goes back to the form; what was still being looked at is not
// waited for.
func (w *Window) leaveLook() {
	w.stopLook()
	w.computer.working("")
	w.goDetails()
}

// goOnAnyway goes to the sign-in without waiting for the look, or in spite of
// what it found.
func (w *Window) goOnAnyway() {
	w.stopLook()
	w.details.working("")
	w.computer.working("")
	w.goSignIn(false)
}

// setUpTrust makes the browsers trust this computer, and goes on.
func (w *Window) setUpTrust() { w.changeTrust(false) }

// makeNewTrust does so with another certificate in place of the one there.
func (w *Window) makeNewTrust() { w.changeTrust(true) }

func (w *Window) changeTrust(anew bool) {
	w.computer.working(say("computer.settingUp"))
	found := w.found
	w.watch.run(func(ctx context.Context) {
		if anew {
			if _, err := w.config.Trust.Remove(ctx); err != nil {
				w.config.Log.Warn("removing the old certificate", "err", err)
			}
		}
		found = flow.InstallTrust(ctx, found, w.config.Trust)
	}, func() {
		w.computer.working("")
		w.looked(found)
	})
}
