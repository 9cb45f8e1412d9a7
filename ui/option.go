package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/widget"
)

// option is a box to tick with a line of help below its words.
type option struct {
	content *fyne.Container
	check   *tickbox
}

// newOption makes an option; the help may be empty.
func newOption(words, help string, changed func(bool)) *option {
	o := &option{check: newTickbox(words, changed)}
	// Fyne keeps room at the left of a check for its own focus mark.
	o.content = vcol(0, pad(hrow(0, o.check), 0, 0, 0, -8))
	if help != "" {
		o.content.Add(pad(newLabel(roleCaption, help), 0, 0, 0, 27))
	}
	return o
}

// tickbox is Fyne's check without the padding around it, with the ring, and
// with keys it has no use for handed on.
type tickbox struct {
	widget.Check
	focused bool
}

func newTickbox(words string, changed func(bool)) *tickbox {
	t := &tickbox{}
	t.Text = words
	t.OnChanged = changed
	t.ExtendBaseWidget(t)
	return t
}

// FocusGained is called by Fyne.
func (t *tickbox) FocusGained() {
	t.focused = true
	t.Check.FocusGained()
}

// FocusLost is called by Fyne.
func (t *tickbox) FocusLost() {
	t.focused = false
	t.Check.FocusLost()
}

// TypedKey hands every key on; Space comes as a letter.
func (t *tickbox) TypedKey(ev *fyne.KeyEvent) { passOn(t, ev) }

// CreateRenderer is called by Fyne.
func (t *tickbox) CreateRenderer() fyne.WidgetRenderer {
	r := newRinged(t.Check.CreateRenderer(), 6, func() bool { return t.focused && !t.Disabled() })
	r.least = func(stock fyne.Size) fyne.Size { return fyne.NewSize(stock.Width, dip(26)) }
	return r
}
