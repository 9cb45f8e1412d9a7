package ui

import (
	"context"
	"net/url"

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
