package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// input is Fyne's entry, 40 high, with the focus ring and a red edge of 2 dip
// when what is typed needs a change. It tells when it is left.
type input struct {
	widget.Entry
	onLeave func()
	bad     bool
	focused bool
}

// newInput makes an input of one line.
func newInput() *input {
	e := &input{}
	e.ExtendBaseWidget(e)
	return e
}

// newSecretInput makes an input that shows dots. The button that shows the
// letters stands beside it (see newSecretField), so Fyne's own is put aside.
func newSecretInput() *input {
	e := newInput()
	e.Password = true
	e.ActionItem = gap(0, 0)
	return e
}

// newLargeInput makes an input of several lines.
func newLargeInput(lines int) *input {
	e := newInput()
	e.MultiLine = true
	e.Wrapping = fyne.TextWrapWord
	e.SetMinRowsVisible(lines)
	return e
}

// mark draws or removes the red edge.
func (e *input) mark(bad bool) {
	if e.bad != bad {
		e.bad = bad
		e.Refresh()
	}
}

// FocusGained is called by Fyne.
func (e *input) FocusGained() {
	e.focused = true
	e.Entry.FocusGained()
}

// FocusLost is called by Fyne.
func (e *input) FocusLost() {
	e.focused = false
	e.Entry.FocusLost()
	if e.onLeave != nil {
		e.onLeave()
	}
}

// TypedKey writes, and hands on what an entry has no use for: Enter in one
// line goes to the page's primary action, Esc and F1 to the page.
func (e *input) TypedKey(ev *fyne.KeyEvent) {
	switch ev.Name {
	case fyne.KeyEscape, fyne.KeyF1, fyne.KeyF2:
		passOn(e, ev)
	case fyne.KeyReturn, fyne.KeyEnter:
		if !e.MultiLine {
			passOn(e, ev)
			return
		}
		e.Entry.TypedKey(ev)
	default:
		e.Entry.TypedKey(ev)
	}
}

// TypedShortcut does what an entry does, and hands on the page's own keys.
func (e *input) TypedShortcut(shortcut fyne.Shortcut) {
	e.Entry.TypedShortcut(shortcut)
	if _, own := shortcut.(*desktop.CustomShortcut); own {
		passOnShortcut(e, shortcut)
	}
}

// MinSize makes one line 40 high.
func (e *input) MinSize() fyne.Size {
	least := e.Entry.MinSize()
	if !e.MultiLine {
		least.Height = dip(40)
	}
	return least
}

// CreateRenderer is called by Fyne.
func (e *input) CreateRenderer() fyne.WidgetRenderer {
	stock := e.Entry.CreateRenderer()
	ring := newRinged(stock, 6, func() bool { return e.focused && !e.Disabled() })
	return &inputRenderer{ringed: ring, input: e, edge: canvas.NewRectangle(color.Transparent)}
}

type inputRenderer struct {
	*ringed
	input *input
	edge  *canvas.Rectangle
}

func (r *inputRenderer) Layout(size fyne.Size) {
	r.ringed.Layout(size)
	r.edge.Move(fyne.NewPos(1, 1)) // the stroke of 2 is drawn over the edge
	r.edge.Resize(size.SubtractWidthHeight(2, 2))
}

func (r *inputRenderer) Objects() []fyne.CanvasObject {
	return append(r.ringed.Objects(), r.edge)
}

func (r *inputRenderer) Refresh() {
	r.ringed.Refresh()
	r.edge.StrokeColor = ink(theme.ColorNameError)
	r.edge.StrokeWidth = 2
	r.edge.CornerRadius = dip(6)
	r.edge.Hidden = !r.input.bad
	r.edge.Refresh()
}
