package ui

import (
	"strings"
	"testing"
	"time"

	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// openWaiting shows the waiting screen of an event in the window.
func openWaiting(f *frame, do *signInActions, e flow.Event) *waiting {
	w := newWaiting(do)
	w.show(e, noon)
	f.show(w.page)
	return w
}

func TestWaiting_LooksAsItShould(t *testing.T) {
	for name, look := range map[string]look{"waiting_light": newLook(lookLight, 1), "waiting_dark": newLook(lookDark, 1)} {
		t.Run(name, func(t *testing.T) {
			f, _, do := newStill(t, look)
			openWaiting(f, do, atBrowser())
			picture(t, f, name)
		})
	}
}

func TestWaiting_TellsTimeAndProgress(t *testing.T) {
	f, _, do := newStill(t, newLook(lookLight, 1))
	e := atBrowser()
	e.Contact = false
	w := openWaiting(f, do, e)
	if got := w.card.tracker.shown; got != 0 {
		t.Errorf("before contact step %d is current, want 0", got)
	}
	w.show(atBrowser(), noon.Add(78*time.Second))
	for _, want := range []string{"2:00", "This tool keeps waiting until 10:31.", "Waiting at https://localhost:8443/callback"} {
		if !strings.Contains(everyText(f), want) {
			t.Errorf("the window does not say %q", want)
		}
	}
	if got := w.card.tracker.shown; got != 1 {
		t.Errorf("after contact step %d is current, want 1", got)
	}
}

func TestWaiting_EveryButtonAsksForItsDeed(t *testing.T) {
	f, noted, do := newStill(t, newLook(lookLight, 1))
	openWaiting(f, do, atBrowser())
	for words, want := range map[string]string{
		"Open page again": "openAgain", "Copy link": "copyLink", "Show link": "showLink",
		"Give me more time": "moreTime", "Stop waiting": "stopWaiting",
	} {
		test.Tap(buttonNamed(t, f, words))
		if noted.last() != want {
			t.Errorf("%q asked for %q, want %q", words, noted.last(), want)
		}
	}
	for _, c := range []struct {
		pressed combo
		want    string
	}{{keyCopyLink, "copyLink"}, {keyOpenPage, "openAgain"}, {keyEscape, "stopWaiting"}} {
		f.keys.press(c.pressed)
		if noted.last() != c.want {
			t.Errorf("%v asked for %q, want %q", c.pressed, noted.last(), c.want)
		}
	}
}

func TestWaiting_CanAlwaysBeStopped(t *testing.T) {
	f, _, do := newStill(t, newLook(lookLight, 1))
	hand, banner, early := atBrowser(), atBrowser(), atBrowser()
	hand.ByHand, banner.Banner, early.Step = true, &flow.Problem{Code: flow.StillOpen}, flow.Checking
	for name, e := range map[string]flow.Event{
		"waiting": atBrowser(), "by hand": hand, "banner": banner, "checking": early,
		"question": asking(flow.Question{Level: flow.LevelB}),
	} {
		w := openWaiting(f, do, e)
		for _, open := range []func(){func() {}, w.openError, w.openByHand} {
			open()
			if stop := buttonNamed(t, f, "Stop waiting"); stop.Disabled() {
				t.Errorf("%s: Stop waiting is off", name)
			}
		}
	}
}

func TestWaiting_EscapeClosesAPanelFirst(t *testing.T) {
	f, noted, do := newStill(t, newLook(lookLight, 1))
	w := openWaiting(f, do, atBrowser())
	f.keys.press(keyError)
	if !w.told.content.Visible() || f.window.Canvas().Focused() != fyne.Focusable(w.told.text) {
		t.Fatal("the panel is not open with its box ready to type in")
	}
	key(f.window.Canvas(), fyne.KeyEscape)
	if w.told.content.Visible() || noted.last() != "" {
		t.Errorf("the first Esc did not just close the panel: open %v, asked %q", w.told.content.Visible(), noted.last())
	}
	if f.window.Canvas().Focused() != fyne.Focusable(w.doors[0]) {
		t.Error("the focus did not go back to what opened the panel")
	}
	key(f.window.Canvas(), fyne.KeyEscape)
	if noted.last() != "stopWaiting" {
		t.Errorf("the second Esc asked for %q, want stopWaiting", noted.last())
	}
}

func TestWaiting_ShowsLinkAndForgetsItWithTheAttempt(t *testing.T) {
	f, _, do := newStill(t, newLook(lookLight, 1))
	w := openWaiting(f, do, atBrowser())
	w.showLink("https://localhost:8443/start/ticket")
	if !strings.Contains(everyText(f), "/start/ticket") {
		t.Error("the link is not shown")
	}
	w.copied()
	if text := everyText(f); strings.Contains(text, "/start/ticket") || !strings.Contains(text, "Copied.") {
		t.Error("after Copy link the window shows the link, or does not say that it was copied")
	}
	w.showLink("https://localhost:8443/start/ticket")
	next := atBrowser()
	next.Ref = "CG-NEXT"
	w.show(next, noon)
	if w.link.content.Visible() || strings.Contains(everyText(f), "/start/ticket") {
		t.Error("the link of the attempt before is still there")
	}
}

func TestWaiting_BannerComesAndGoes(t *testing.T) {
	f, noted, do := newStill(t, newLook(lookLight, 1))
	e := atBrowser()
	e.Banner = &flow.Problem{Code: flow.PlainAnswer, Facts: flow.Facts{"port": "8443"}}
	w := openWaiting(f, do, e)
	test.Tap(buttonNamed(t, f, "Show help"))
	if noted.last() != "help" || noted.problem != e.Banner {
		t.Errorf("Show help asked for %q about %v", noted.last(), noted.problem)
	}
	e.Banner = &flow.Problem{Code: flow.StillOpen}
	w.show(e, noon)
	test.Tap(buttonNamed(t, f, "It shows an error"))
	if !w.told.content.Visible() {
		t.Error("It shows an error did not open the panel")
	}
	w.show(atBrowser(), noon)
	if w.bannerPlace.Visible() {
		t.Error("the banner stays although there is nothing to tell")
	}
}

func TestBrowserError_LooksAsItShould(t *testing.T) {
	f, noted, do := newStill(t, newLook(lookLight, 1))
	noted.clipboard = "UNAUTHORIZED (401): Callback URI sent with the request is not the same as the one registered for this Company App"
	w := openWaiting(f, do, atBrowser())
	w.openError()
	test.Tap(buttonNamed(t, f, "Paste"))
	picture(t, f, "waiting_error")
}

func TestBrowserError_ReadsAsksAndReports(t *testing.T) {
	for _, c := range []struct {
		name, text, button, asked string
		code                      flow.Code
	}{
		{"documented", "BAD REQUEST (400): oauth_absent_parameters: client_id", "Yes, show help", "report", flow.AbsentParameters},
		{"an answer", theRequest.Callback + "?code=" + theCode, "Take the answer", "pasteAddress", ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			f, noted, do := newStill(t, newLook(lookLight, 1))
			noted.clipboard = c.text
			w := openWaiting(f, do, atBrowser())
			w.openError()
			test.Tap(buttonNamed(t, f, "Paste"))
			if noted.last() != "" {
				t.Fatalf("%q happened before the person agreed", noted.last())
			}
			test.Tap(buttonNamed(t, f, c.button))
			if noted.last() != c.asked || (c.code != "" && noted.problem.Code != c.code) {
				t.Errorf("asked for %q about %v, want %q about %s", noted.last(), noted.problem, c.asked, c.code)
			}
		})
	}
}

func TestBrowserError_UnknownTextOffersTheList(t *testing.T) {
	f, noted, do := newStill(t, newLook(lookLight, 1))
	w := openWaiting(f, do, atBrowser())
	w.openError()
	w.told.text.SetText("an ordinary page")
	if !strings.Contains(everyText(f), "No match for that text.") || w.told.yes.Visible() {
		t.Error("unknown text is not told, or can be agreed to")
	}
	w.told.text.SetText("oauth_request_failed")
	test.Tap(buttonNamed(t, f, "No, pick another"))
	if w.told.echo.Visible() || w.told.text.Text == "" || noted.last() != "" {
		t.Error("No, pick another did not just take the question away")
	}
}

func TestBrowserError_EveryLineLeadsSomewhere(t *testing.T) {
	for i, line := range tellables[1:] {
		t.Run(line.key, func(t *testing.T) {
			f, noted, do := newStill(t, newLook(lookLight, 1))
			w := openWaiting(f, do, atBrowser())
			w.openError()
			w.told.picker.choose(i + 1)
			w.told.onYes()
			switch {
			case line.code == "" && !w.hand.content.Visible():
				t.Error("the line does not lead to finishing by hand")
			case line.code != "" && (noted.last() != "report" || noted.problem.Code != line.code || !noted.problem.ByUser):
				t.Errorf("asked for %q about %v, want a report of %s", noted.last(), noted.problem, line.code)
			case line.code != "":
				checkSentence(t, line.code, wordsOf(noted.problem, "", noon).what)
			}
		})
	}
}

func TestByHand_LooksAsItShould(t *testing.T) {
	f, _, do := newStill(t, newLook(lookLight, 1))
	e := atBrowser()
	e.ByHand, e.Contact = true, false
	openWaiting(f, do, e)
	picture(t, f, "by_hand")
}

func TestByHand_TakesAnAddressAndTellsWhenItIsNone(t *testing.T) {
	f, noted, do := newStill(t, newLook(lookLight, 1))
	w := openWaiting(f, do, atBrowser())
	w.openByHand()
	test.Tap(buttonNamed(t, f, "Use this address"))
	if noted.last() != "" || !w.hand.text.bad {
		t.Errorf("an empty box asked for %q, or is not marked", noted.last())
	}
	noted.clipboard = "https://apps.example.com/manage/oauth2/authorize"
	test.Tap(buttonNamed(t, f, "Paste"))
	if w.hand.text.bad {
		t.Error("the box stays marked while it is changed")
	}
	test.Tap(buttonNamed(t, f, "Use this address"))
	if noted.last() != "pasteAddress" || noted.text != noted.clipboard {
		t.Errorf("asked for %q with %q", noted.last(), noted.text)
	}
	e := atBrowser()
	e.Banner = &flow.Problem{Code: flow.NotTheAnswer, ByUser: true, Facts: flow.Facts{"callback": theRequest.Callback}}
	w.show(e, noon)
	if !w.hand.text.bad || w.bannerPlace.Visible() || w.hand.text.Text != noted.clipboard {
		t.Error("what was pasted is not marked beside its box, or is lost")
	}
}

func TestWaiting_PasteKeyKnowsAnAnswerFromAnError(t *testing.T) {
	f, noted, do := newStill(t, newLook(lookLight, 1))
	w := openWaiting(f, do, atBrowser())
	noted.clipboard = theRequest.Callback + "?code=" + theCode
	f.keys.press(keyPaste)
	if noted.last() != "pasteAddress" {
		t.Errorf("an answer asked for %q, want pasteAddress", noted.last())
	}
	noted.clipboard = "oauth_invalid_clientid"
	f.keys.press(keyPaste)
	if !w.told.content.Visible() || !w.told.yes.Visible() {
		t.Error("the text of an error page did not open its panel with a question")
	}
}

func TestSignIn_OpensCopiesAndGoesBack(t *testing.T) {
	f, noted, do := newStill(t, newLook(lookLight, 1))
	s := newSignIn(do)
	f.show(s.page)
	picture(t, f, "sign_in")
	key(f.window.Canvas(), fyne.KeyReturn)
	if noted.last() != "openPage" {
		t.Errorf("Enter asked for %q, want openPage", noted.last())
	}
	test.Tap(buttonNamed(t, f, "Copy link instead"))
	if noted.last() != "copyPage" {
		t.Errorf("Copy link instead asked for %q", noted.last())
	}
	key(f.window.Canvas(), fyne.KeyEscape)
	if noted.last() != "back" {
		t.Errorf("Esc asked for %q, want back", noted.last())
	}
	s.show(true, flow.Computer{})
	if !strings.Contains(everyText(f), "paste it here") {
		t.Error("by hand, the page does not say that the address is pasted here")
	}
}
