package ui

import (
	"slices"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/test"
)

// samplePage has one of each part, with every kind of focus.
func samplePage() *page {
	where := newField(clientID(), newInput(), newButton("Copy for owner", nil))
	secret := newSecretField(fieldText{name: "Client secret", where: "Where do I find it?", hide: "Hide this", found: "There."}).limited(256)
	server := newPicker("Server", []pick{{"Practice server (built in)", iconFlask}, {"My company’s server", iconServer}}, nil)
	where.setText("app_20012345_1424390400000")
	tokens := newOption("Also get tokens", "Most tests need only the code.", nil)
	form := newForm(formRow("Server", server.content), where.content, formBlank(tokens.content), secret.content)
	head := newHead("Tell this tool about the app", "You need three things from the app’s owner.", newQuiet("Saved details", nil))
	return &page{
		title: "Details", content: vcol(16, head, form), focus: server.content,
		status:  newLabel(roleCaption, "Saved details: Demo"),
		buttons: []*button{newButton("Back", nil), newPrimary("Check and continue", nil)},
	}
}

func TestFrame_LooksAsDrawn(t *testing.T) {
	for name, l := range map[string]look{
		"frame_light":     newLook(lookLight, 1),
		"frame_dark":      newLook(lookDark, 1),
		"frame_light_200": newLook(lookLight, 2),
	} {
		t.Run(name, func(t *testing.T) {
			dress(t, l)
			f := newTestFrame(t, nil)
			f.band.show(modePractice, "")
			p := samplePage()
			p.step = 1
			f.show(p)
			test.AssertRendersToImage(t, name+".png", f.window.Canvas())
		})
	}
}

func TestFrame_TabReachesEverythingAndComesRound(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	f := newTestFrame(t, nil)
	f.show(samplePage())
	canvas := f.window.Canvas()
	first := canvas.Focused()
	if first == nil {
		t.Fatal("nothing has the focus at first")
	}
	var walk []fyne.Focusable
	for range 40 {
		walk = append(walk, canvas.Focused())
		canvas.FocusNext()
		if canvas.Focused() == first {
			break
		}
	}
	// Picker, input, side, fold, option, secret, show, fold, two buttons of
	// the footer, Help, Settings, the entry of the rail, the heading's button.
	if got, want := len(walk), 14; got != want {
		t.Errorf("Tab stops at %d places before it comes round, want %d", got, want)
	}
	for _, stop := range walk {
		at := fyne.CurrentApp().Driver().AbsolutePositionForObject(stop.(fyne.CanvasObject))
		if at.X < 0 || at.X > canvas.Size().Width {
			t.Errorf("%T has the focus out of sight at %v", stop, at)
		}
	}
}

func TestFrame_TabGoesFromTopToBottom(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	f := newTestFrame(t, nil)
	p := samplePage()
	f.show(p)
	canvas := f.window.Canvas()
	last := float32(0)
	for canvas.Focused() != fyne.Focusable(p.buttons[1]) {
		y := fyne.CurrentApp().Driver().AbsolutePositionForObject(canvas.Focused().(fyne.CanvasObject)).Y
		if y < last-12 { // two in one line may differ by what centres them
			t.Fatalf("Tab goes up from %v to %v at %T", last, y, canvas.Focused())
		}
		last = y
		canvas.FocusNext()
	}
}

func TestFrame_BecomesNarrow(t *testing.T) {
	for _, row := range []struct {
		name   string
		factor float32
		width  float32
		narrow bool
	}{
		{"wide", 1, 900, false},
		{"small window", 1, 740, true},
		{"large text", 1.5, 900, true},
		{"larger text", 1.25, 900, false},
	} {
		t.Run(row.name, func(t *testing.T) {
			dress(t, newLook(lookLight, row.factor))
			f := newTestFrame(t, nil)
			f.show(&page{content: newLabel(roleBody, "x"), step: 1})
			f.window.Resize(fyne.NewSize(row.width, 640))
			if got := f.rail.line.Visible(); got != row.narrow || f.rail.wide.Visible() == row.narrow {
				t.Errorf("line %v, rail %v; want line %v", got, f.rail.wide.Visible(), row.narrow)
			}
			if got, want := f.rail.words.text, "Step 2 of 4 — This computer"; got != want {
				t.Errorf("line says %q, want %q", got, want)
			}
		})
	}
}

func TestFrame_KeepsItsButtonsInSightAndApart(t *testing.T) {
	for _, size := range textSizes {
		for _, window := range []fyne.Size{windowLeast, windowSize} {
			dress(t, newLook(lookLight, size))
			f := newTestFrame(t, nil)
			p := samplePage()
			p.buttons = append([]*button{newButton("Skip — I’ll paste the answer", nil)}, p.buttons...)
			f.show(p)
			f.window.Resize(window)
			bottom := window.Height
			for i, b := range p.buttons {
				at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
				if at.X < 0 || at.Y < 0 || at.X+b.Size().Width > window.Width || at.Y+b.Size().Height > bottom {
					t.Errorf("at %v in %v, %q is out of sight at %v", size, window, b.Text, at)
				}
				for _, other := range p.buttons[:i] {
					there := fyne.CurrentApp().Driver().AbsolutePositionForObject(other)
					if at.Y == there.Y && at.X < there.X+other.Size().Width {
						t.Errorf("at %v in %v, %q covers %q", size, window, b.Text, other.Text)
					}
				}
			}
		}
	}
}

func TestFrame_TextSizeByKey(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	f := newTestFrame(t, nil)
	f.show(samplePage())
	f.keys.press(keysBigger[1])
	if got := factor(); got != 1.25 {
		t.Errorf("after Ctrl and plus: %v, want 1.25", got)
	}
	f.keys.press(keysSmaller[0])
	if got := factor(); got != 1 {
		t.Errorf("after Ctrl and minus: %v, want 1", got)
	}
}

func TestFrame_ShownAgainKeepsTheFocus(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	f := newTestFrame(t, nil)
	p := samplePage()
	f.show(p)
	f.window.Canvas().FocusNext()
	want := f.window.Canvas().Focused()
	f.show(p)
	if got := f.window.Canvas().Focused(); got != want {
		t.Errorf("focus went from %T to %T", want, got)
	}
}

func TestKeyboard_QuestionHidesThePage(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	var got []string
	say := func(what string) func() { return func() { got = append(got, what) } }
	f := newTestFrame(t, keymap{keyHelp: say("help")})
	f.show(&page{content: newLabel(roleBody, "x"), primary: say("primary"), escape: say("escape"), keys: keymap{keyCopyLink: say("copy")}})
	canvas := f.window.Canvas()
	m := &modal{tone: toneCaution, title: "Was that you?", closed: say("closed")}
	m.buttons = []*button{m.closing("Start again", say("again"))}
	m.show(f)
	f.keys.press(keyCopyLink)   // the page's, so nothing
	key(canvas, fyne.KeyF1)     // the window's
	key(canvas, fyne.KeyReturn) // the button with the focus
	key(canvas, fyne.KeyReturn) // the page again
	f.keys.press(keyCopyLink)
	if want := []string{"help", "closed", "again", "primary", "copy"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

// ear is a canvas that can be sent keys with a modifier; the one of Fyne's
// test driver only takes who listens.
type ear struct {
	fyne.Canvas
	heard fyne.ShortcutHandler
}

func (e *ear) AddShortcut(s fyne.Shortcut, f func(fyne.Shortcut)) { e.heard.AddShortcut(s, f) }

func TestKeyboard_ListensForKeysWithAModifier(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	e := &ear{Canvas: test.NewTempWindow(t, nil).Canvas()}
	var got []string
	k := newKeyboard(e, keymap{keyReport: func() { got = append(got, "report") }})
	k.show(keymap{keyPaste: func() { got = append(got, "paste") }})
	k.show(keymap{keyPaste: func() { got = append(got, "other paste") }})
	e.heard.TypedShortcut(&desktop.CustomShortcut{KeyName: keyReport.key, Modifier: keyReport.held})
	e.heard.TypedShortcut(&fyne.ShortcutPaste{})
	if want := []string{"report", "other paste"}; !slices.Equal(got, want) {
		t.Errorf("got %v, want %v", got, want)
	}
}

func TestModal_GivesTheFocusBack(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	f := newTestFrame(t, nil)
	p := samplePage()
	f.show(p)
	canvas := f.window.Canvas()
	before := canvas.Focused()
	m := &modal{tone: toneProblem, title: "The code is too old", kind: "Problem · You can fix this", details: "HTTP 401", ref: "Ref CG-1"}
	m.buttons = []*button{newQuiet("Close", m.close), newPrimary("Get a new code", nil)}
	m.show(f)
	if canvas.Focused() != fyne.Focusable(m.buttons[1]) {
		t.Errorf("%T has the focus, want the primary button", canvas.Focused())
	}
	key(canvas, fyne.KeyEscape)
	if canvas.Overlays().Top() != nil {
		t.Fatal("Esc did not close it")
	}
	if canvas.Focused() != before {
		t.Errorf("%T has the focus, want what had it before", canvas.Focused())
	}
	m.close() // once more does nothing
}

func TestModal_StaysInTheWindowWhateverItHolds(t *testing.T) {
	for _, size := range textSizes {
		dress(t, newLook(lookDark, size))
		f := newTestFrame(t, nil)
		f.show(samplePage())
		f.window.Resize(windowLeast)
		var body []fyne.CanvasObject
		for range 12 {
			body = append(body, newLabel(roleBody, "After you sign in, your browser brings the answer back to this tool. It does that only over a safe link."))
		}
		m := &modal{tone: toneProblem, title: "Callback URL doesn’t match", kind: "Problem", body: body, width: 600}
		m.buttons = []*button{newButton("Close", m.close), newPrimary("Compare the two", nil)}
		m.show(f)
		for _, b := range m.buttons {
			at := fyne.CurrentApp().Driver().AbsolutePositionForObject(b)
			if at.Y < 0 || at.Y+b.Size().Height > windowLeast.Height || at.X < 0 || at.X+b.Size().Width > windowLeast.Width {
				t.Errorf("at %v, %q is out of sight at %v", size, b.Text, at)
			}
		}
	}
}

func TestRail_LooksAsDrawn(t *testing.T) {
	for name, l := range map[string]look{"rail_light": newLook(lookLight, 1), "rail_dark": newLook(lookDark, 1)} {
		t.Run(name, func(t *testing.T) {
			dress(t, l)
			r := newRail([]string{"Details", "This computer", "Sign in", "Result"})
			r.addEntry(iconClock, "History", func() {})
			r.show(2)
			w := stage(t, r.wide, fyne.NewSize(208, 320))
			test.AssertRendersToImage(t, name+".png", w.Canvas())
		})
	}
}
