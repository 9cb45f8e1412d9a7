package ui

import (
	"strings"
	"testing"
	"time"

	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// openQuestion asks over the waiting screen.
func openQuestion(t *testing.T, asked flow.Question) (*question, *frame, *calls) {
	t.Helper()
	f, noted, do := newStill(t, newLook(lookLight, 1))
	openWaiting(f, do, atBrowser())
	q := newQuestion(f, do)
	q.show(asking(asked), noon)
	return q, f, noted
}

func TestQuestion_PlainOneLooksAsItShould(t *testing.T) {
	_, f, _ := openQuestion(t, flow.Question{Level: flow.LevelB})
	picture(t, f, "question_plain")
}

func TestQuestion_DigitsLookAsTheyShould(t *testing.T) {
	q, f, _ := openQuestion(t, flow.Question{Level: flow.LevelC, Digits: true})
	q.digits.set("40")
	picture(t, f, "question_digits")
}

func TestQuestion_SafeWayIsFirst(t *testing.T) {
	for _, press := range []fyne.KeyName{fyne.KeyReturn, fyne.KeyEscape} {
		_, f, noted := openQuestion(t, flow.Question{Level: flow.LevelB})
		key(f.window.Canvas(), press)
		if noted.last() != "startAgain" {
			t.Errorf("%s asked for %q, want startAgain", press, noted.last())
		}
	}
}

func TestQuestion_YesAndKeepWaiting(t *testing.T) {
	_, f, noted := openQuestion(t, flow.Question{Level: flow.LevelB})
	test.Tap(buttonNamed(t, f, "Yes, that was me"))
	if noted.last() != "confirm" || noted.text != "" {
		t.Errorf("yes asked for %q with %q", noted.last(), noted.text)
	}
	test.Tap(buttonNamed(t, f, "Keep waiting"))
	if noted.last() != "disown" {
		t.Errorf("Keep waiting asked for %q, want disown", noted.last())
	}
}

func TestQuestion_DigitsMustBeThree(t *testing.T) {
	q, f, noted := openQuestion(t, flow.Question{Level: flow.LevelC, Digits: true})
	canvas := f.window.Canvas()
	if canvas.Focused() != fyne.Focusable(q.digits) {
		t.Fatal("the boxes have not the focus")
	}
	test.Type(f.window.Canvas().Focused(), "4x0")
	if !q.yes.Disabled() {
		t.Error("two digits can be sent")
	}
	test.Type(canvas.Focused(), "79")
	if q.digits.typed != "407" || q.yes.Disabled() {
		t.Errorf("typed %q, want 407 and the button on", q.digits.typed)
	}
	key(canvas, fyne.KeyBackspace)
	if q.digits.typed != "40" || !q.yes.Disabled() {
		t.Errorf("after Backspace %q, want 40 and the button off", q.digits.typed)
	}
	fyne.CurrentApp().Clipboard().SetContent("5 1 6")
	q.digits.TypedShortcut(&fyne.ShortcutPaste{Clipboard: fyne.CurrentApp().Clipboard()})
	test.Tap(buttonNamed(t, f, "Yes, digits match"))
	if noted.last() != "confirm" || noted.text != "516" {
		t.Errorf("asked for %q with %q, want confirm with 516", noted.last(), noted.text)
	}
	e := asking(flow.Question{Level: flow.LevelC, Digits: true, Wrong: 1})
	q.show(e, noon)
	if q.wrong.Hidden || q.digits.typed != "" {
		t.Error("after a wrong try the window does not say so, or keeps the digits")
	}
}

func TestQuestion_AgesAndGoesByItself(t *testing.T) {
	q, f, _ := openQuestion(t, flow.Question{Level: flow.LevelB})
	before := q.modal
	q.show(asking(flow.Question{Level: flow.LevelB}), noon.Add(time.Minute))
	if q.modal != before || !strings.Contains(everyText(f), "1:08") {
		t.Error("the age does not tick in the question that is open")
	}
	q.show(gotCode(), noon)
	if f.window.Canvas().Overlays().Top() != nil {
		t.Error("the question stays although the attempt went on")
	}
}

func TestQuestion_WordsFitWhatIsAsked(t *testing.T) {
	for _, c := range []struct {
		asked flow.Question
		want  string
	}{
		{flow.Question{Level: flow.LevelB}, "Your browser came back in a different tab. Did you just finish signing in yourself?"},
		{flow.Question{Level: flow.LevelC, Pasted: true}, "Did you copy this from your own sign-in just now?"},
		{flow.Question{Level: flow.LevelC, Pasted: true, Refusal: true}, "This address says “no”. Did you copy it from your own sign-in just now?"},
		{flow.Question{Level: flow.LevelC, Digits: true, Refusal: true}, "A “no” came from another browser or a private window. Did you just say no yourself?"},
	} {
		if got := questionWords(c.asked); got != c.want {
			t.Errorf("%+v: %q, want %q", c.asked, got, c.want)
		}
	}
}
