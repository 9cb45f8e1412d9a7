package ui

import (
	"strings"
	"testing"

	"granthelper/flow"

	"fyne.io/fyne/v2/test"
)

func trusted(w *world) {
	w.report = flow.TrustReport{Exists: true, Places: []flow.TrustPlace{{Browser: "Chromium", Trusted: true}}}
}

func later(w *world) { w.saved = flow.Saved{Welcomed: true, Mode: flow.ModePractice} }

// waiting brings a window to the page that waits for the browser.
func atWaiting(t *testing.T) *world {
	t.Helper()
	w := newWorld(t, later, trusted)
	w.press("Check and continue")
	w.sees("Sign in with your browser")
	w.press("Open sign-in page")
	w.until("the browser", func() bool { return w.window.sitting != nil && w.window.sitting.event.Step == flow.AtBrowser })
	return w
}

func TestWindow_FourPressesToTheCodeAtFirst(t *testing.T) {
	w := newWorld(t)
	picture(t, w.window.frame, "welcome")
	w.press("Practise first")
	picture(t, w.window.frame, "details_practice")
	w.press("Check and continue")
	w.sees("This computer")
	picture(t, w.window.frame, "computer")
	w.press("Set it up")
	w.sees("Sign in with your browser")
	w.press("Open sign-in page")
	w.until("the browser", func() bool { return w.window.sitting != nil && w.window.sitting.event.Step == flow.AtBrowser })
	w.answers(flow.LevelA, "code=abc")
	w.sees("You got a code")
	if len(w.opened) != 1 || w.opened[0] != "https://localhost:8443/start/ticket" {
		t.Errorf("the browser was asked for %q, want the start page once", w.opened)
	}
	if !w.saved.Welcomed || w.saved.Mode != flow.ModePractice {
		t.Errorf("saved %+v, want the practice chosen", w.saved)
	}
}

func TestWindow_TwoPressesToTheCodeLater(t *testing.T) {
	w := atWaiting(t)
	w.answers(flow.LevelA, "code=abc")
	w.sees("You got a code")
	w.press("Copy code")
	if got := w.window.app.Clipboard().Content(); got != "abc" {
		t.Errorf("the clipboard has %q, want the code", got)
	}
}

func TestWindow_RefusalIsCalmAndCanBeAskedAgain(t *testing.T) {
	w := atWaiting(t)
	w.answers(flow.LevelA, "oauth_error=oauth_denied")
	w.sees("Access was not allowed")
	w.press("Ask again")
	w.until("the page before", func() bool { return w.window.frame.page == w.window.signIn.page })
}

func TestWindow_AnotherTabIsAskedAbout(t *testing.T) {
	w := atWaiting(t)
	w.answers(flow.LevelB, "code=abc")
	w.dialog("Was that you?")
	w.press("Yes, that was me")
	w.sees("You got a code")
}

func TestWindow_FaultyAnswerIsExplained(t *testing.T) {
	w := atWaiting(t)
	w.answers(flow.LevelA, "code="+strings.Repeat("a", 300))
	w.dialog("The code looks damaged")
	w.press("Start again")
	w.until("the page before", func() bool { return w.window.frame.page == w.window.signIn.page })
}

func TestWindow_DocumentedErrorComesByPasting(t *testing.T) {
	w := atWaiting(t)
	w.window.app.Clipboard().SetContent("UNAUTHORIZED (401): oauth_consumer_missing_subscription")
	w.press("My browser shows an error")
	w.press("Paste")
	w.press("Yes, show help")
	w.dialog("Your account can’t use this app")
}

func TestWindow_RefusedCertificateIsExplainedAtOnce(t *testing.T) {
	w := atWaiting(t)
	w.notices <- flow.Notice{Kind: flow.Distrusted, At: noon, Detail: "unknown certificate"}
	w.dialog("Browser doesn’t trust this tool")
	w.report = flow.TrustReport{Exists: true, Places: []flow.TrustPlace{{Browser: "Chromium"}}}
	w.press("Set up certificate")
	w.sees("This computer")
}

func TestWindow_StopWaitingIsInstantAndLosesNothing(t *testing.T) {
	w := atWaiting(t)
	w.press("Stop waiting")
	w.until("the page before", func() bool { return w.window.frame.page == w.window.signIn.page })
	w.press("Back")
	w.sees("Details")
	if got := w.window.details.callback.text(); got != "https://localhost:8443/callback" {
		t.Errorf("the callback URL became %q", got)
	}
}

func TestWindow_BusyPortLeadsToPasting(t *testing.T) {
	w := newWorld(t, later, trusted, func(w *world) {
		w.busy = &flow.Problem{Code: flow.PortBusy, Facts: flow.Facts{"port": "8443", "program": "node", "pid": "4312"}}
	})
	w.press("Check and continue")
	w.dialog("Another program uses this port")
	w.press("Finish by hand")
	w.sees("Sign in with your browser")
	w.press("Open sign-in page")
	w.until("the browser", func() bool { return w.window.sitting != nil && w.window.sitting.event.Step == flow.AtBrowser })
	w.window.sitting.attempt.Paste("https://localhost:8443/callback?code=abc")
	w.dialog("Was that you?")
	w.press("Yes, that was me")
	w.sees("You got a code")
}

func TestWindow_StrictModeSaysThatItTakesNoPastedAnswer(t *testing.T) {
	w := newWorld(t, trusted, func(w *world) { w.saved = flow.Saved{Welcomed: true, Mode: flow.ModePractice, Strict: true} })
	w.press("Check and continue")
	w.sees("Sign in with your browser")
	w.press("Open sign-in page")
	w.until("the browser", func() bool { return w.window.sitting != nil && w.window.sitting.event.Step == flow.AtBrowser })
	w.press("Finish by hand (paste)")
	w.window.sitting.waiting.hand.text.SetText("https://localhost:8443/callback?code=abc")
	w.press("Use this address")
	if said := everyText(w.window.frame); !strings.Contains(said, "Strict mode") {
		t.Errorf("nothing is said about strict mode:\n%s", said)
	}
}

func TestWindow_RefusedSetUpIsExplained(t *testing.T) {
	w := newWorld(t, later, func(w *world) { w.refused = &flow.Problem{Code: flow.NotAdded} })
	w.press("Check and continue")
	w.sees("This computer")
	w.press("Set it up")
	w.dialog("The certificate was not added")
}

func TestWindow_FormTellsWhatToFixAndKeepsWhatWasTyped(t *testing.T) {
	w := newWorld(t)
	w.press("Test my app")
	d := w.window.details
	d.address.setText(" https://apps.example.com\n")
	d.clientID.setText("")
	d.callback.setText("http://localhost:8443/callback")
	w.press("Check and continue")
	picture(t, w.window.frame, "details_problems")
	if !d.clientID.bad() || !d.callback.bad() || d.address.bad() {
		t.Errorf("marked: client %v callback %v address %v", d.clientID.bad(), d.callback.bad(), d.address.bad())
	}
	if w.window.window.Canvas().Focused() != d.clientID.input {
		t.Error("the focus is not in the first box to fix")
	}
	if got := d.address.text(); got != "https://apps.example.com" {
		t.Errorf("the address is %q, want it without the space", got)
	}
	w.press("Change to https")
	if got := d.callback.text(); got != "https://localhost:8443/callback" || d.callback.bad() {
		t.Errorf("after the fix the callback is %q", got)
	}
	d.server.choose(pickPractice)
	d.server.choose(pickCompany)
	if got := d.address.text(); got != "https://apps.example.com" {
		t.Errorf("going to practice and back lost the address: %q", got)
	}
}

func TestWindow_FarCallbackIsFinishedByHand(t *testing.T) {
	w := newWorld(t, trusted, func(w *world) {
		w.saved = flow.Saved{Welcomed: true, Mode: flow.ModeServer, Address: "https://apps.example.com", ClientID: "app_20012345_1424390400000", Callback: "https://app.example.com/back"}
	})
	w.press("Check and continue")
	w.dialog("The answer goes somewhere else")
	w.press("Go on, paste later")
	w.sees("Sign in with your browser")
	w.press("Open sign-in page")
	w.until("the browser", func() bool { return len(w.asked()) == 1 })
	if got := w.asked()[0]; !strings.HasPrefix(got, "https://apps.example.com/manage/oauth2/authorize?") {
		t.Errorf("the browser was asked for %q, want the server's own page", got)
	}
}

func (w *world) asked() []string {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.opened
}

const canary = "canary-secret-4711"

func TestWindow_SecretGoesToThePasswordStoreAndNowhereElse(t *testing.T) {
	company := func(w *world) {
		w.saved = flow.Saved{Welcomed: true, Mode: flow.ModeServer, Address: "https://apps.example.com", ClientID: "app_20012345_1424390400000", Callback: "https://localhost:8443/callback"}
	}
	w := newWorld(t, company, trusted)
	d := w.window.details
	d.withSecret.check.SetChecked(true)
	d.secret.setText(canary)
	d.remember.check.SetChecked(true)
	w.press("Check and continue")
	w.sees("Sign in with your browser")
	if len(w.vault) != 1 {
		t.Fatalf("the password store has %d entries, want one", len(w.vault))
	}
	for name, text := range w.vault {
		if text != canary || strings.Contains(name, canary) {
			t.Errorf("the store keeps %q under %q", text, name)
		}
	}
	if strings.Contains(everyText(w.window.frame), canary) {
		t.Error("the secret stands on the page")
	}
	w.until("the details are saved", func() bool { w.mu.Lock(); defer w.mu.Unlock(); return w.saved.Remember })

	// The next start finds it there.
	next := newWorld(t, trusted, func(n *world) { n.saved, n.vault = w.saved, w.vault })
	next.until("the secret", func() bool { return next.window.details.secret.text() == canary })
}

func TestWindow_WithoutAPasswordStoreItSaysSoAndGoesOn(t *testing.T) {
	w := newWorld(t, trusted, func(w *world) {
		w.locked = &flow.Problem{Code: flow.NoStore}
		w.saved = flow.Saved{Welcomed: true, Mode: flow.ModeServer, Address: "https://apps.example.com", ClientID: "app_20012345_1424390400000", Callback: "https://localhost:8443/callback"}
	})
	d := w.window.details
	d.withSecret.check.SetChecked(true)
	d.secret.setText(canary)
	d.remember.check.SetChecked(true)
	w.press("Check and continue")
	w.dialog("No safe place to save")
	w.press("Keep for now only")
	w.sees("Sign in with your browser")
	if w.window.saved.Remember || d.secret.text() != canary {
		t.Errorf("remember %v secret %q, want it kept for this run only", w.window.saved.Remember, d.secret.text())
	}
}

func TestWindow_PracticeSecretIsFilledIn(t *testing.T) {
	w := newWorld(t, later)
	w.window.details.withSecret.check.SetChecked(true)
	w.until("the secret", func() bool { return w.window.details.secret.text() == "practice-secret" })
	picture(t, w.window.frame, "details_secret")
}

func TestWindow_ClosingWhileWaitingAsks(t *testing.T) {
	w := atWaiting(t)
	w.window.onClose()
	w.dialog("Stop waiting and close?")
	w.press("Keep waiting")
	if w.window.sitting.over() {
		t.Error("the attempt ended although the person keeps waiting")
	}
}

func TestWindow_SettingsRemoveTheCertificate(t *testing.T) {
	w := newWorld(t, later)
	w.refused = nil
	if _, err := w.Install(t.Context()); err != nil {
		t.Fatal(err)
	}
	w.window.goSettings()
	w.until("the state", func() bool { return strings.Contains(everyText(w.window.frame), "22 Nov 2027") })
	picture(t, w.window.frame, "settings")
	w.press("Reset practice")
	w.until("the reset", func() bool { return strings.Contains(everyText(w.window.frame), "as new") })
	if w.resets != 1 {
		t.Errorf("the practice people were reset %d times, want once", w.resets)
	}
	w.press("Remove it")
	w.until("the removal", func() bool { return strings.Contains(everyText(w.window.frame), "There is no certificate") })
	if w.stopped != 1 {
		t.Errorf("the practice server was stopped %d times, want once", w.stopped)
	}
	w.press("Done")
	w.sees("Details")
}

func TestWindow_HelpNamesTheKeys(t *testing.T) {
	w := newWorld(t, later)
	w.window.onHelp()
	w.dialog("About Grant Helper")
	picture(t, w.window.frame, "help")
}

// Fyne's own hook for the end of the loop can keep Run from ever returning; the
// way to drop it is not part of Fyne's public face, so a new version may need
// another.
func TestWindow_FyneHasNothingToDoAtTheEnd(t *testing.T) {
	a := test.NewTempApp(t)
	lifecycle, ok := a.Lifecycle().(interface {
		SetOnStoppedHookExecuted(func())
		OnStopped() func()
	})
	if !ok {
		t.Fatalf("Fyne's lifecycle is a %T without the hook", a.Lifecycle())
	}
	lifecycle.SetOnStoppedHookExecuted(func() {})
	dropStopHook(a)
	if lifecycle.OnStopped() != nil {
		t.Error("the hook is still there")
	}
}

func TestWindow_TheEndWaitsUntilNothingListens(t *testing.T) {
	w := atWaiting(t)
	attempt := w.window.sitting.attempt
	ended := make(chan struct{})
	go func() { w.window.end(); close(ended) }()
	w.drain(ended)
	select {
	case <-attempt.Done():
	default:
		t.Error("the attempt still runs")
	}
	if w.stopped != 1 {
		t.Errorf("the practice server was stopped %d times, want once", w.stopped)
	}
}
