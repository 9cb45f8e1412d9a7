package ui

import (
	"strings"
	"testing"
	"time"

	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// openResult shows the result page of an event.
func openResult(t *testing.T, l look, e flow.Event) (*result, *frame, *calls) {
	t.Helper()
	f, noted, do := newStill(t, l)
	r := newResult(do)
	r.show(e, noon)
	f.show(r.page)
	return r, f, noted
}

func TestResult_LooksAsItShould(t *testing.T) {
	for name, look := range map[string]look{"code_light": newLook(lookLight, 1), "code_dark": newLook(lookDark, 1)} {
		t.Run(name, func(t *testing.T) {
			_, f, _ := openResult(t, look, gotCode())
			picture(t, f, name)
		})
	}
}

func TestResult_ShowsTheCodeOnlyForHalfAMinute(t *testing.T) {
	r, f, _ := openResult(t, newLook(lookLight, 1), gotCode())
	middle := theCode[6:30]
	if strings.Contains(everyText(f), middle) {
		t.Fatal("the masked page has the code in it, folds included")
	}
	test.Tap(buttonNamed(t, f, "Show"))
	if !strings.Contains(everyText(f), theCode) {
		t.Error("Show does not show the code")
	}
	r.show(gotCodeAgain(r), noon.Add(29*time.Second))
	if !strings.Contains(everyText(f), theCode) {
		t.Error("the code is gone before the half minute")
	}
	r.show(gotCodeAgain(r), noon.Add(30*time.Second))
	if strings.Contains(everyText(f), middle) {
		t.Error("the code is still readable after half a minute")
	}
	test.Tap(buttonNamed(t, f, "Show"))
	test.Tap(buttonNamed(t, f, "Hide"))
	if strings.Contains(everyText(f), middle) {
		t.Error("Hide does not hide the code")
	}
}

// gotCodeAgain is the same event once more, as every second brings it.
func gotCodeAgain(r *result) flow.Event { return r.event }

func TestResult_CopySaysSoForAMinute(t *testing.T) {
	r, f, noted := openResult(t, newLook(lookLight, 1), gotCode())
	key(f.window.Canvas(), fyne.KeyReturn)
	if noted.last() != "copyCode" || !r.copied.Visible() {
		t.Fatalf("Enter asked for %q, caption shown %v", noted.last(), r.copied.Visible())
	}
	r.show(gotCodeAgain(r), noon.Add(59*time.Second))
	if !r.copied.Visible() {
		t.Error("the caption goes before the clipboard is cleared")
	}
	r.show(gotCodeAgain(r), noon.Add(time.Minute))
	if r.copied.Visible() {
		t.Error("the caption stays after the clipboard was cleared")
	}
}

func TestResult_TellsAgeAndWarnsWhenOld(t *testing.T) {
	r, f, _ := openResult(t, newLook(lookLight, 1), gotCode())
	if text := everyText(f); !strings.Contains(text, "0:12") || !strings.Contains(text, "43 characters") || !strings.Contains(text, "Use it soon.") {
		t.Error("age, length or advice is missing")
	}
	r.show(gotCodeAgain(r), noon.Add(10*time.Minute))
	if text := everyText(f); !strings.Contains(text, "10:12") || !strings.Contains(text, "Many servers end a code after 10 minutes.") {
		t.Error("after ten minutes there is no word of caution")
	}
}

func TestResult_TellsOfExtrasAndPasting(t *testing.T) {
	e := gotCode()
	e.Result.Extras, e.Result.Pasted = []string{"session"}, true
	_, f, noted := openResult(t, newLook(lookLight, 1), e)
	text := everyText(f)
	for _, want := range []string{"the answer also had: session.", "You pasted this answer by hand."} {
		if !strings.Contains(text, want) {
			t.Errorf("the page does not say %q", want)
		}
	}
	test.Tap(buttonNamed(t, f, "Show help"))
	if noted.problem == nil || noted.problem.Code != flow.ExtraNames {
		t.Errorf("Show help is about %v, want the extras", noted.problem)
	}
	test.Tap(buttonNamed(t, f, "Start again"))
	if noted.last() != "startAgain" {
		t.Errorf("Start again asked for %q", noted.last())
	}
}

func TestResult_DetailsTellTwoCodesApartWithoutShowingThem(t *testing.T) {
	e := gotCode()
	got := resultDetails(e)
	if !strings.Contains(got, e.Result.Code.Fingerprint()) || !strings.Contains(got, "43 characters") || strings.Contains(got, theCode[:6]) {
		t.Errorf("the details are:\n%s", got)
	}
}

func TestMaskCode_HidesAShortCodeWhole(t *testing.T) {
	for code, want := range map[string]string{theCode: "Kf3a••••••••••••9Qx2", "short": "••••••••••••", "nineteen-characters": "••••••••••••"} {
		if got := maskCode(flow.Conceal(code)); got != want {
			t.Errorf("%q: %q, want %q", code, got, want)
		}
	}
}

func TestDenied_LooksAsItShouldAndTakesTheWish(t *testing.T) {
	f, noted, do := newStill(t, newLook(lookLight, 1))
	d := newDenied(do)
	e := atBrowser()
	e.Step = flow.Denied
	d.show(e, noon)
	f.show(d.page)
	picture(t, f, "denied")

	d.wanted.check.SetChecked(true)
	if d.status.text != "Test passed: access refused as planned." {
		t.Errorf("the wish gave %q", d.status.text)
	}
	d.show(e, noon.Add(time.Second))
	if !d.wanted.check.Checked {
		t.Error("the next second took the wish back")
	}
	test.Tap(buttonNamed(t, f, "Ask again"))
	if noted.action != flow.AskAgain {
		t.Errorf("Ask again asked for %q", noted.action)
	}
	key(f.window.Canvas(), fyne.KeyReturn)
	if noted.action != flow.FinishDone {
		t.Errorf("Enter asked for %q, want Done", noted.action)
	}
	next := e
	next.Ref = "CG-NEXT"
	d.show(next, noon)
	if d.wanted.check.Checked || d.status.text != "Not allowed" {
		t.Error("the wish of the attempt before is still there")
	}
}
