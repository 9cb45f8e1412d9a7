package ui

import (
	"context"
	"errors"
	"net/url"
	"time"

	"granthelper/flow"
)

// showMode says in the top bar what the window works with.
func (w *Window) showMode() {
	switch {
	case !w.saved.Welcomed:
		w.frame.band.show(modeNone, "")
	case w.details.practice():
		w.frame.band.show(modePractice, "")
	default:
		host := w.details.address.text()
		if u, err := url.Parse(host); err == nil && u.Host != "" {
			host = u.Host
		}
		if host == "" {
			host = say("mode.noHost")
		}
		w.frame.band.show(modeReal, host)
	}
}

func (w *Window) goWelcome() {
	begin := func(practice, helping bool) func() {
		return func() {
			w.saved.Welcomed, w.saved.Mode, w.saved.SupportTools = true, modeName(practice), helping
			w.remember()
			w.build()
			w.details.fill(w.practiceDetails(), w.companyDetails(), practice, w.saved.Remember)
			w.goDetails()
		}
	}
	w.showMode()
	w.frame.show(newWelcome(begin(true, false), begin(false, false), begin(true, true)).page)
}

// usePractice shows the form filled in for the practice server.
func (w *Window) usePractice() {
	if w.sitting != nil {
		w.sitting.stop()
	}
	w.details.pickPractice()
	w.goDetails()
}

func (w *Window) goDetails() {
	w.details.working("")
	w.showMode()
	w.frame.show(w.details.page)
}

// onContinue takes the checked form and looks at this computer.
func (w *Window) onContinue(d flow.Details, rememberSecret bool) {
	w.typed = d
	forget := !d.Practice && w.saved.Remember && !rememberSecret
	w.saved.Mode, w.saved.ServerKind = modeName(d.Practice), w.kind.ID
	if !d.Practice {
		w.saved.Remember = rememberSecret
		w.saved.Address, w.saved.ClientID, w.saved.Callback, w.saved.WithSecret = d.Address, d.ClientID, d.Callback, d.WithSecret
	}
	w.remember()
	w.showMode()
	if forget {
		w.forgetSecret(d)
	}
	goOn := func() { w.keepSecret(d, rememberSecret, w.look) }
	if p := flow.LookAlikeProblem(d.Check(w.kind)); p != nil && w.known != d.Address {
		w.showProblemThen(p, map[flow.Action]func(){flow.KnowServer: func() { w.known = d.Address; goOn() }})
		return
	}
	goOn()
}

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
		w.typed = look.Details
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

func (w *Window) goSettings() {
	back := w.frame.page
	if w.settings != nil && back == w.settings.page {
		return
	}
	w.settings = newSettings(w.saved, settingsActions{
		look:    w.setLook,
		strict:  func(on bool) { w.saved.Strict = on; w.remember() },
		helping: func(on bool) { w.saved.SupportTools = on; w.remember() },
		asking:  func(on bool) { w.saved.AskNobody = !on; w.remember() },
		proxy:   func(address string) { w.saved.Proxy = address; w.remember() },
		check:   func() { w.trustWork(say("settings.checking"), w.config.Trust.Check) },
		remove:  w.removeTrust,
		reset:   w.resetPractice,
		leave: func() {
			w.frame.show(back)
		},
	})
	w.frame.show(w.settings.page)
	w.trustWork(say("settings.checking"), w.config.Trust.Check)
}

// goProxy shows the settings, ready for another proxy.
func (w *Window) goProxy() {
	w.goSettings()
	focus(w.settings.proxy)
}

func (w *Window) setLook(mode lookMode, factor float32) {
	w.saved.Theme, w.saved.TextSize = themeNames[mode], int(factor*100)
	w.remember()
	w.app.Settings().SetTheme(newLook(mode, factor))
	w.frame.relayout()
}

// removeTrust takes the certificate away. The practice server goes too, since
// it shows the same certificate; it comes back with a new one.
func (w *Window) removeTrust() {
	w.trustWork(say("settings.removing"), func(ctx context.Context) (flow.TrustReport, error) {
		if err := w.config.Practice.Stop(); err != nil {
			w.config.Log.Warn("stopping the practice server", "err", err)
		}
		return w.config.Trust.Remove(ctx)
	})
}

func (w *Window) trustWork(words string, work func(context.Context) (flow.TrustReport, error)) {
	page := w.settings
	page.working(words)
	var report flow.TrustReport
	var err error
	w.watch.run(func(ctx context.Context) { report, err = work(ctx) }, func() {
		page.working("")
		page.show(report, problemOf(err))
	})
}

// resetPractice makes the practice server forget every "Always grant".
func (w *Window) resetPractice() {
	page := w.settings
	var err error
	w.watch.run(func(ctx context.Context) {
		var server PracticeServer
		if server, err = w.config.Practice.Start(ctx); err == nil {
			server.Reset()
		}
	}, func() {
		if err != nil {
			w.showProblem(&flow.Problem{Code: flow.PracticeDown, Step: flow.Ready, Err: err})
			return
		}
		page.fresh.set(say("settings.resetDone"))
	})
}

func (w *Window) onHelp() { newHelp(w.config.Version).show(w.frame) }

func modeName(practice bool) string {
	if practice {
		return flow.ModePractice
	}
	return flow.ModeServer
}
