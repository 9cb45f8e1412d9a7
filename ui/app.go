package ui

import (
	"context"
	"log/slog"
	"time"

	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
)

// appID names the program to the desktop; preferences and caches go by it.
const appID = "org.granthelper"

// Window is the one window of the program, and the person's way through it.
// All of it belongs to the goroutine of the window; the watch brings in what
// happens elsewhere.
type Window struct {
	config Config
	app    fyne.App
	window fyne.Window
	watch  *watch
	frame  *frame
	now    func() time.Time

	saved    flow.Saved
	kind     flow.Server
	details  *details
	computer *computer
	signIn   *signIn
	settings *settings

	typed     flow.Details // what the attempt is about
	byHand    bool         // the answer will be pasted
	known     string       // a server's address whose odd letters the person vouched for
	beginning bool         // an attempt is about to begin
	behind    bool         // another program has the person's attention
	found     flow.Computer
	stopLook  context.CancelFunc // ends the look under way, if any
	sitting   *sitting           // the attempt under way or just over; nil before the first
}

// New makes the window over a Fyne app; show comes with Run. Call it on the
// goroutine that will call Run.
func New(c Config) *Window {
	app.SetMetadata(fyne.AppMetadata{
		ID: appID, Name: "Grant Helper", Version: c.Version,
		Icon:       iconGrant,
		Migrations: map[string]bool{"fyneDo": true},
	})
	a := app.NewWithID(appID)
	dropStopHook(a)
	return newWindow(a, c, nil)
}

// dropStopHook takes away what Fyne 2.8.1 does when its loop has ended: saving
// its preferences, which this program does not use. Its loop hands that work to
// another goroutine, which hands it back to the loop; when the loop closes in
// between, Run never returns (internal/driver/glfw/loop.go: the queue is
// drained before the hook can be in it).
func dropStopHook(a fyne.App) {
	type stopHook interface{ SetOnStoppedHookExecuted(func()) }
	if lifecycle, ok := a.Lifecycle().(stopHook); ok {
		lifecycle.SetOnStoppedHookExecuted(nil)
	}
}

// newWindow builds everything in an app; post is the watch's (nil: fyne.Do).
func newWindow(a fyne.App, c Config, post func(func())) *Window {
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	w := &Window{config: c, app: a, now: time.Now, kind: flow.ConnectionsCloud, stopLook: func() {}}
	w.watch = newWatch(context.Background(), post)
	saved, err := c.Memory.Load()
	w.saved = saved
	if l := savedLook(saved); a.Settings().Theme() != fyne.Theme(l) {
		a.Settings().SetTheme(l)
	}
	a.SetIcon(iconGrant)
	w.window = a.NewWindow(say("app.name"))
	w.window.SetMaster()
	w.window.SetCloseIntercept(w.onClose)
	steps := []string{say("rail.details"), say("rail.computer"), say("rail.signIn"), say("rail.result")}
	w.frame = newFrame(w.window, newBand(w.onHelp, w.goSettings), newRail(steps), keymap{keyHelp: w.onHelp})
	a.Lifecycle().SetOnExitedForeground(func() { w.behind = true })
	a.Lifecycle().SetOnEnteredForeground(w.onFront)
	if err != nil {
		c.Log.Warn("saved details were set aside", "err", err)
	}
	if saved.Welcomed || err != nil {
		w.build()
		w.goDetails()
	} else {
		w.goWelcome() // which builds the rest when a choice is made
	}
	if err != nil {
		w.showProblem(&flow.Problem{Code: flow.SavedUnreadable, Step: flow.Ready, Err: err})
	}
	return w
}

// build makes the screens that live as long as the window.
func (w *Window) build() {
	w.details = newDetails(w.kind)
	w.details.onContinue = w.onContinue
	w.details.onServer = func(bool) { w.showMode() }
	w.details.onWantSecret = w.fetchSecret
	w.details.onCopyOwner = w.copyText
	w.details.fill(w.practiceDetails(), w.companyDetails(), w.saved.Mode != flow.ModeServer, w.saved.Remember)
	w.signIn = newSignIn(w.acts())
	w.computer = newComputer(computerActions{
		back: w.leaveLook, byHand: func() { w.stopLook(); w.goSignIn(true) }, setUp: w.setUpTrust, again: w.look, goOn: w.goOnAnyway,
		trouble: w.showProblem,
	})
}

// onFront brings the clock up to date when the person comes back.
func (w *Window) onFront() {
	w.behind = false
	if w.sitting != nil {
		w.sitting.tick()
	}
}

// Run shows the window and returns when it was closed, or when the system asked
// the program to end (the toolkit itself hears SIGINT and SIGTERM), and nothing
// of a sign-in listens any more.
func (w *Window) Run() {
	w.window.ShowAndRun()
	w.end()
}

// end stops what is under way; the window is gone already. A page that waits in
// the browser still hears what became of it.
func (w *Window) end() {
	w.watch.cancel()
	if w.sitting != nil {
		w.sitting.stop()
		<-w.sitting.attempt.Done()
	}
	if err := w.config.Practice.Stop(); err != nil {
		w.config.Log.Warn("stopping the practice server", "err", err)
	}
	w.watch.work.Wait()
}

// onClose asks before it throws a sign-in away.
func (w *Window) onClose() {
	if w.sitting == nil || w.sitting.over() {
		w.app.Quit()
		return
	}
	m := &modal{tone: toneCaution, title: say("close.title"), kind: say("close.kind"), body: []fyne.CanvasObject{newLabel(roleBody, say("close.what"))}}
	m.buttons = []*button{m.closing(say("close.stop"), w.app.Quit), m.closing(say("close.keep"), nil)}
	m.buttons[1].Importance = newPrimary("", nil).Importance
	m.show(w.frame)
}

// practiceDetails is the form for the practice server: all filled in.
func (w *Window) practiceDetails() flow.Details {
	p := w.config.Practice
	return flow.Details{Practice: true, ClientID: p.ClientID, Callback: p.Callback}
}

// companyDetails is the form for a company's server, as it was left.
func (w *Window) companyDetails() flow.Details {
	d := flow.Details{Address: w.saved.Address, ClientID: w.saved.ClientID, Callback: w.saved.Callback, WithSecret: w.saved.WithSecret}
	if d.Callback == "" {
		d.Callback = w.config.Practice.Callback // a good example, and right for most
	}
	return d
}

// remember saves what is not secret. Not being able to is no reason to stop.
func (w *Window) remember() {
	saved := w.saved
	w.watch.run(func(context.Context) {
		if err := w.config.Memory.Save(saved); err != nil {
			w.config.Log.Warn("saving the details", "err", err)
		}
	}, nil)
}

// savedLook is the theme as it was left.
func savedLook(saved flow.Saved) look {
	return newLook(lookOf(saved.Theme), float32(saved.TextSize)/100)
}

func lookOf(name string) lookMode {
	for i, one := range themeNames {
		if one == name {
			return lookMode(i)
		}
	}
	return lookSystem
}
