package ui

import (
	"encoding/xml"
	"slices"
	"strings"
	"testing"

	"granthelper/assets"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func TestButton_PressedByEnterSpaceAndClick(t *testing.T) {
	for _, way := range []string{"Return", "KP_Enter", "Space", "click"} {
		t.Run(way, func(t *testing.T) {
			dress(t, newLook(lookLight, 1))
			pressed := 0
			b := newPrimary("Go on", func() { pressed++ })
			w := stage(t, vcol(0, b), fyne.NewSize(300, 100))
			if way == "click" {
				test.Tap(b)
			} else {
				w.Canvas().Focus(b)
				key(w.Canvas(), fyne.KeyName(way))
				if w.Canvas().Focused() != fyne.Focusable(b) {
					t.Error("the button lost the focus")
				}
			}
			if pressed != 1 {
				t.Errorf("pressed %d times, want 1", pressed)
			}
		})
	}
}

func TestButton_DoesNothingWhileOff(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	pressed := 0
	b := newButton("Go on", func() { pressed++ })
	stage(t, b, fyne.NewSize(300, 100))
	b.enable(false)
	b.press()
	test.Tap(b)
	if pressed != 0 {
		t.Errorf("pressed %d times while off", pressed)
	}
}

func TestButton_IsLargeEnoughAtEveryTextSize(t *testing.T) {
	for _, size := range textSizes {
		dress(t, newLook(lookLight, size))
		if got := newButton("OK", nil).MinSize(); got.Width < 96*size || got.Height != 40*size {
			t.Errorf("at %v: %v, want at least %v by %v", size, got, 96*size, 40*size)
		}
		if got := newButton("OK", nil).compact().MinSize(); got.Height != 36*size {
			t.Errorf("compact at %v: %v high, want %v", size, got.Height, 36*size)
		}
	}
}

func TestButton_HandsOtherKeysOn(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	b := newButton("Go on", func() { t.Error("pressed") })
	w := stage(t, b, fyne.NewSize(300, 100))
	var got []fyne.KeyName
	w.Canvas().SetOnTypedKey(func(ev *fyne.KeyEvent) { got = append(got, ev.Name) })
	w.Canvas().Focus(b)
	key(w.Canvas(), fyne.KeyEscape)
	key(w.Canvas(), fyne.KeyF1)
	if !slices.Equal(got, []fyne.KeyName{fyne.KeyEscape, fyne.KeyF1}) {
		t.Errorf("the page got %v, want Escape and F1", got)
	}
}

func TestFold_OpensByKeyAndTellsItsState(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	help := newLabel(roleBody, "It is on the same page.")
	f := newFold("Where do I find it?", "Hide this", help)
	w := stage(t, f.content, fyne.NewSize(400, 200))
	closed := f.content.MinSize().Height
	if help.Visible() && f.body.Visible() {
		t.Error("open at the start")
	}
	w.Canvas().Focus(f.head)
	key(w.Canvas(), fyne.KeyReturn)
	if !f.open || !f.body.Visible() || f.words.text != "Hide this" {
		t.Errorf("after Enter: open %v, body %v, words %q", f.open, f.body.Visible(), f.words.text)
	}
	if got, want := f.head.AccessibilityLabel(), "Where do I find it?, open"; got != want {
		t.Errorf("spoken %q, want %q", got, want)
	}
	if got := f.content.MinSize().Height; got <= closed {
		t.Errorf("open it is %v high, closed %v", got, closed)
	}
	test.Tap(f.head)
	if f.open || f.body.Visible() || f.words.text != "Where do I find it?" {
		t.Error("a click did not close it")
	}
}

func TestChoices_ArrowsMoveAndEnterChooses(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	chosen := ""
	pick := func(name string) func() { return func() { chosen = name } }
	c := newChoices(choice{icon: iconFlask, title: "One", chosen: pick("one")}, choice{icon: iconServer, title: "Two", chosen: pick("two")})
	w := stage(t, c.content, fyne.NewSize(600, 300))
	w.Canvas().Focus(c.first())
	key(w.Canvas(), fyne.KeyUp) // already the first
	key(w.Canvas(), fyne.KeyDown)
	key(w.Canvas(), fyne.KeyDown) // already the last
	key(w.Canvas(), fyne.KeySpace)
	if chosen != "two" {
		t.Errorf("chosen %q, want two", chosen)
	}
}

func TestPicker_PicksByKeyAndFromTheList(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	var picked []int
	p := newPicker("Server", []pick{{words: "Practice"}, {words: "Company"}, {words: "Closed"}}, func(i int) { picked = append(picked, i) })
	w := stage(t, p.content, fyne.NewSize(300, 300))
	w.Canvas().Focus(p.content)
	key(w.Canvas(), fyne.KeyRight)
	key(w.Canvas(), fyne.KeyReturn)
	if w.Canvas().Overlays().Top() == nil {
		t.Fatal("Enter did not open the list")
	}
	key(w.Canvas(), fyne.KeyDown)
	key(w.Canvas(), fyne.KeyReturn)
	if !slices.Equal(picked, []int{1, 0}) {
		t.Errorf("picked %v, want 1 by the arrow and 0 from the list", picked)
	}
	if p.words.text != "Practice" {
		t.Errorf("shows %q, want the one picked last", p.words.text)
	}
}

func TestIcons_AreAllThereAndOfOneColour(t *testing.T) {
	files, err := assets.Icons.ReadDir("icons")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := assets.Icons.ReadFile("icons/" + file.Name())
		if err != nil {
			t.Fatal(err)
		}
		if err := xml.Unmarshal(data, new(struct{})); err != nil {
			t.Errorf("%s is not XML: %v", file.Name(), err)
		}
		// Colouring an icon keeps strokes and drops fill rules.
		if text := string(data); strings.Contains(text, "stroke") || strings.Contains(text, "fill-rule") {
			t.Errorf("%s has a stroke or a fill rule", file.Name())
		}
	}
	for name, own := range map[string]fyne.Resource{
		"problem": iconProblem, "caution": iconCaution, "info": iconInfo, "check": iconDone, "tick": iconTick, "hand": iconHand,
		"flask": iconFlask, "server": iconServer, "headset": iconHeadset, "chevron-right": iconClosed, "chevron-down": iconOpened,
		"arrow-right": iconThen, "clock": iconClock, "grant": iconGrant,
	} {
		if !strings.HasSuffix(own.Name(), name+".svg") {
			t.Errorf("icon %s is missing: %s stands for it", name, own.Name())
		}
	}
}

func TestWrap_StartsALineWhenThereIsNoRoom(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	a, b := newButton("One", nil), newButton("Two", nil)
	line := wrapRow(12, a, b)
	line.Resize(fyne.NewSize(300, 40))
	if a.Position().Y != b.Position().Y {
		t.Error("two lines although there is room for one")
	}
	line.Resize(fyne.NewSize(150, 100))
	if b.Position().Y != a.Size().Height+12 {
		t.Errorf("second button at y %v, want below the first", b.Position().Y)
	}
	if got := line.MinSize().Height; got != 92 {
		t.Errorf("height %v, want two lines and the gap, 92", got)
	}
}
