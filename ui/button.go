package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// button is Fyne's button that also takes Enter, has the ring of UX §6.5, is
// at least 40 high (36 when small) and 96 wide, and keeps the focus when it
// is pressed by keyboard.
type button struct {
	widget.Button
	small   bool
	focused bool
}

// newButton makes a secondary button.
func newButton(words string, tapped func()) *button {
	b := &button{}
	b.Text = words
	b.OnTapped = tapped
	b.ExtendBaseWidget(b)
	return b
}

// newPrimary makes the one primary button of a page.
func newPrimary(words string, tapped func()) *button {
	b := newButton(words, tapped)
	b.Importance = widget.HighImportance
	return b
}

// newQuiet makes a button without a face, for Help, Close and the like.
func newQuiet(words string, tapped func()) *button {
	b := newButton(words, tapped)
	b.Importance = widget.LowImportance
	return b
}

// with puts an icon before the words.
func (b *button) with(icon fyne.Resource) *button {
	b.SetIcon(icon)
	return b
}

// compact makes the button 36 high, for use inside a card.
func (b *button) compact() *button {
	b.small = true
	b.Refresh()
	return b
}

// enable turns the button on or off.
func (b *button) enable(on bool) {
	if on {
		b.Enable()
		return
	}
	b.Disable()
}

// FocusGained is called by Fyne.
func (b *button) FocusGained() {
	b.focused = true
	b.Button.FocusGained()
}

// FocusLost is called by Fyne.
func (b *button) FocusLost() {
	b.focused = false
	b.Button.FocusLost()
}

// TypedKey presses on Enter as well as on Space (fyne issue 2997), without
// losing the focus as a click does, and hands every other key on.
func (b *button) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		b.press()
	default:
		passOn(b, ev)
	}
}

// press does what a click does, if the button is on.
func (b *button) press() {
	if !b.Disabled() && b.OnTapped != nil {
		b.OnTapped()
	}
}

// CreateRenderer is called by Fyne.
func (b *button) CreateRenderer() fyne.WidgetRenderer {
	r := newRinged(b.Button.CreateRenderer(), 6, func() bool { return b.focused && !b.Disabled() })
	r.least = b.least
	return r
}

// least takes the stock size to ours: the sides wider, the height fixed.
func (b *button) least(stock fyne.Size) fyne.Size {
	height, sides := dip(40), dip(14)
	if b.small {
		height, sides = dip(36), dip(6)
	}
	return fyne.NewSize(fyne.Max(stock.Width+sides, dip(96)), height)
}
