package ui

import (
	"errors"
	"image"
	"image/draw"
	"strings"
	"testing"

	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// openProblem shows a failed attempt over its waiting screen.
func openProblem(t *testing.T, e flow.Event) (*problemDialog, *frame, *calls) {
	t.Helper()
	f, noted, do := newStill(t, newLook(lookLight, 1))
	openWaiting(f, do, atBrowser())
	d := newProblemDialog(f, do)
	d.show(e, noon)
	return d, f, noted
}

func TestProblem_ComparesLooksAsItShould(t *testing.T) {
	e := failed(flow.CallbackMismatch)
	e.Request.Callback += "/"
	_, f, noted := openProblem(t, e)
	noted.clipboard = " " + theRequest.Callback + "\n"
	test.Tap(buttonNamed(t, f, "Compare the two"))
	test.Tap(buttonNamed(t, f, "Paste"))
	picture(t, f, "problem_compare")
	test.Tap(buttonNamed(t, f, "Use the saved one"))
	if noted.last() != "useSaved" || noted.text != theRequest.Callback {
		t.Errorf("asked for %q with %q, want useSaved with the saved one", noted.last(), noted.text)
	}
	if f.window.Canvas().Overlays().Top() != nil {
		t.Error("the dialog is still open")
	}
}

func TestProblem_SameURLsOfferToStartAgain(t *testing.T) {
	_, f, noted := openProblem(t, failed(flow.CallbackMismatch))
	noted.clipboard = theRequest.Callback
	test.Tap(buttonNamed(t, f, "Compare the two"))
	test.Tap(buttonNamed(t, f, "Paste"))
	test.Tap(buttonNamed(t, f, "Start again"))
	if noted.last() != "do" || noted.action != flow.StartAgain {
		t.Errorf("asked for %q %q, want to start again", noted.last(), noted.action)
	}
}

func TestProblem_NoteLooksAsItShouldAndIsCopied(t *testing.T) {
	_, f, noted := openProblem(t, failed(flow.NoSubscription))
	picture(t, f, "problem_note")
	test.Tap(buttonNamed(t, f, "Copy note"))
	if noted.last() != "copyText" || !strings.Contains(noted.text, "app_2001…0000") || strings.Contains(noted.text, theRequest.ClientID) {
		t.Errorf("%q got %q, want a note with the client ID masked", noted.last(), noted.text)
	}
	buttonNamed(t, f, "Copied")
}

// dialogPicture compares a dialog, without the window around it, with the
// picture kept of it. All of them together make the contact sheet.
func dialogPicture(t *testing.T, d *problemDialog, name string) {
	t.Helper()
	d.frame.relayout()
	at, size := d.modal.veil.content.Position(), d.modal.veil.content.Size()
	dialog := image.NewNRGBA(image.Rect(0, 0, int(size.Width), int(size.Height)))
	draw.Draw(dialog, dialog.Rect, d.frame.window.Canvas().Capture(), image.Pt(int(at.X), int(at.Y)), draw.Src)
	test.AssertImageMatches(t, name+".png", dialog)
}

func TestProblem_EveryOneOpensWithItsWordsAndCloses(t *testing.T) {
	f, noted, do := newStill(t, newLook(lookLight, 1))
	f.show(newSignIn(do).page)
	d := newProblemDialog(f, do)
	for _, code := range codes() {
		p := supplied(code)
		d.open(p, atBrowser(), noon)
		text := everyText(f)
		for _, want := range []string{say(wordKey(code, "title")), "CG-7F3A-" + string(code)} {
			if !strings.Contains(text, want) {
				t.Errorf("%s: the dialog does not say %q", code, want)
			}
		}
		dialogPicture(t, d, "problems/"+string(code))
		if f.window.Canvas().Focused() != fyne.Focusable(d.primary) {
			t.Errorf("%s: the first button has not the focus", code)
		}
		key(f.window.Canvas(), fyne.KeyEscape)
		if f.window.Canvas().Overlays().Top() != nil {
			t.Errorf("%s: Esc did not close the dialog", code)
		}
	}
	if len(noted.list) != 0 {
		t.Errorf("closing asked for %q", noted.list)
	}
}

func TestProblem_ActionsCloseAndAreHandedOn(t *testing.T) {
	_, f, noted := openProblem(t, failed(flow.UnknownClient))
	key(f.window.Canvas(), fyne.KeyReturn)
	if noted.last() != "do" || noted.action != flow.CheckClientID || noted.problem.Code != flow.UnknownClient {
		t.Errorf("Enter asked for %q %q about %v", noted.last(), noted.action, noted.problem)
	}
	if f.window.Canvas().Overlays().Top() != nil {
		t.Error("the dialog is still open")
	}
}

func TestProblem_DetailsTellWhoSawItAndTheCause(t *testing.T) {
	e := failed(flow.RequestFailed)
	e.Problem.Err = errors.New("net\u202e work")
	d, f, noted := openProblem(t, e)
	test.Tap(buttonNamed(t, f, "Copy details"))
	for _, want := range []string{"HTTP 500 · oauth_request_failed", "Told by you, not seen by this tool.", "Cause: net work", "Ref: CG-7F3A-D9", theRequest.Callback} {
		if !strings.Contains(noted.text, want) {
			t.Errorf("the copied details lack %q:\n%s", want, noted.text)
		}
	}
	e.Problem.ByUser = false
	d.open(e.Problem, e, noon)
	if strings.Contains(d.words.technical, "Told by you") {
		t.Error("what this tool saw itself is said to be told")
	}
}

func TestProblem_PressingComesOnceAndGoesByItself(t *testing.T) {
	f, _, do := newStill(t, newLook(lookLight, 1))
	openWaiting(f, do, atBrowser())
	d := newProblemDialog(f, do)
	e := atBrowser()
	e.Pressing = &flow.Problem{Code: flow.NoAnswerInTime, Facts: flow.Facts{"n": "10"}}
	d.show(e, noon)
	buttonNamed(t, f, "Keep waiting")
	key(f.window.Canvas(), fyne.KeyEscape)
	d.show(e, noon)
	if f.window.Canvas().Overlays().Top() != nil {
		t.Error("a closed dialog came back for the same problem")
	}
	e.Pressing = &flow.Problem{Code: flow.NoAnswerInTime, Facts: flow.Facts{"n": "20"}}
	d.show(e, noon)
	if f.window.Canvas().Overlays().Top() == nil {
		t.Fatal("the next one did not come up")
	}
	d.show(atBrowser(), noon)
	if f.window.Canvas().Overlays().Top() != nil {
		t.Error("the dialog stays although nothing presses any more")
	}
}

func TestProblem_AfterTheHourNothingKeepsWaiting(t *testing.T) {
	e := failed(flow.NoAnswerInTime)
	e.Problem.Facts["n"] = "60"
	_, f, noted := openProblem(t, e)
	test.Tap(buttonNamed(t, f, "Start again"))
	if noted.action != flow.StartAgain {
		t.Errorf("asked for %q, want to start again", noted.action)
	}
}

func TestWantedCallback_PutsRightWhatIsWrong(t *testing.T) {
	for _, c := range []struct {
		code     flow.Code
		in, want string
	}{
		{flow.HTTPCallback, "http://localhost:8443/a", "https://localhost:8443/a"},
		{flow.HashCallback, "https://localhost:8443/a#b", "https://localhost:8443/a"},
		{flow.PortKept, "https://localhost:443/a", "https://localhost:8443/a"},
		{flow.PortBusy, "https://localhost:8443/a?x=1", "https://localhost:9443/a?x=1"},
		{flow.PlainAnswer, "https://localhost:8443/a", "https://localhost:8443/a"},
	} {
		if got := wantedCallback(c.code, c.in); got != c.want {
			t.Errorf("%s: %q, want %q", c.code, got, c.want)
		}
	}
}

func TestMaskID_NeverShowsAllOfIt(t *testing.T) {
	for id, want := range map[string]string{"app_20012345_1424390400000": "app_2001…0000", "short": "sho…", "ab": "ab…", "": "…"} {
		if got := maskID(id); got != want {
			t.Errorf("%q: %q, want %q", id, got, want)
		}
	}
}
