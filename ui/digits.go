package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// digitCount is how many digits the browser shows (SECURITY 1.4).
const digitCount = 3

// digitsEntry takes three digits in three boxes. It is one stop for the
// keyboard: digits fill it, Backspace takes the last one away, pasting three
// digits works, and every other key goes to the window.
type digitsEntry struct {
	widget.BaseWidget
	typed     string
	onChanged func(typed string)
	focused   bool
	boxes     [digitCount]*box
	signs     [digitCount]*label
}

var (
	_ fyne.Focusable    = (*digitsEntry)(nil)
	_ fyne.Shortcutable = (*digitsEntry)(nil)
	_ fyne.Tappable     = (*digitsEntry)(nil)
	_ fyne.Accessible   = (*digitsEntry)(nil)
)

func newDigitsEntry(onChanged func(string)) *digitsEntry {
	d := &digitsEntry{onChanged: onChanged}
	large := role{theme.SizeNameHeadingText, theme.ColorNameForeground, mono}
	for i := range d.boxes {
		d.boxes[i] = newBox(theme.ColorNameInputBackground, theme.ColorNameInputBorder).rounded(6)
		d.signs[i] = newLine(large, "")
	}
	d.ExtendBaseWidget(d)
	d.paint()
	return d
}

// AccessibilityLabel is what a screen reader says.
func (d *digitsEntry) AccessibilityLabel() string { return say("question.spoken", "Typed", d.typed) }

// AccessibilityRole tells a screen reader that this is text: there is no role for an entry.
func (d *digitsEntry) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleText }

// set replaces what is typed; signs that are no digits are left out.
func (d *digitsEntry) set(text string) {
	digits := strings.Map(func(r rune) rune {
		if r < '0' || r > '9' {
			return -1
		}
		return r
	}, text)
	if len(digits) > digitCount {
		digits = digits[:digitCount]
	}
	d.typed = digits
	d.paint()
	if d.onChanged != nil {
		d.onChanged(digits)
	}
}

func (d *digitsEntry) paint() {
	for i := range d.boxes {
		sign, edge := "", theme.ColorNameInputBorder
		if i < len(d.typed) {
			sign = d.typed[i : i+1]
		}
		d.boxes[i].thickness = 1.5
		if d.focused && i == min(len(d.typed), digitCount-1) {
			edge = colorFocusRing
			d.boxes[i].thickness = 3
		}
		d.signs[i].set(sign)
		d.boxes[i].paint(theme.ColorNameInputBackground, edge)
	}
	d.Refresh() // puts the signs into the middle of their boxes
}

// TypedRune takes a digit.
func (d *digitsEntry) TypedRune(r rune) {
	if len(d.typed) < digitCount {
		d.set(d.typed + string(r))
	}
}

// TypedKey takes Backspace and hands every other key on.
func (d *digitsEntry) TypedKey(ev *fyne.KeyEvent) {
	if ev.Name == fyne.KeyBackspace || ev.Name == fyne.KeyDelete {
		if d.typed != "" {
			d.set(d.typed[:len(d.typed)-1])
		}
		return
	}
	passOn(d, ev)
}

// TypedShortcut takes a paste and hands every other shortcut on.
func (d *digitsEntry) TypedShortcut(shortcut fyne.Shortcut) {
	if _, ok := shortcut.(*fyne.ShortcutPaste); ok {
		d.set(fyne.CurrentApp().Clipboard().Content())
		return
	}
	passOnShortcut(d, shortcut)
}

// Tapped gives it the focus.
func (d *digitsEntry) Tapped(*fyne.PointEvent) { focus(d) }

// Cursor shows that one can type here.
func (d *digitsEntry) Cursor() desktop.Cursor { return desktop.TextCursor }

// FocusGained and FocusLost are called by Fyne.
func (d *digitsEntry) FocusGained() { d.focused = true; d.paint() }

// FocusLost is called by Fyne.
func (d *digitsEntry) FocusLost() { d.focused = false; d.paint() }

// CreateRenderer is called by Fyne.
func (d *digitsEntry) CreateRenderer() fyne.WidgetRenderer {
	line := hrow(12)
	for i := range d.boxes {
		line.Add(sized(56, 56, container.NewStack(d.boxes[i], container.NewCenter(d.signs[i]))))
	}
	return widget.NewSimpleRenderer(line)
}
