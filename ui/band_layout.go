package ui

import "fyne.io/fyne/v2"

// bandBox lays the bar 48 high above the stripe. When it gets tight, the name
// goes first (the window's title has it), then the mode takes a line of its
// own: the words of the mode are never cut unless the host's name alone is
// wider than the window.
type bandBox struct {
	band  *band
	width float32
}

// The measures of the bar in dip; the stripe does not grow with the text.
const (
	bandHigh    = 48
	bandEdge    = 16
	bandStripe  = 3
	bandChipGap = 24
)

// need gives the width of all that stands in one line, with or without the
// name.
func (l *bandBox) need(named bool) float32 {
	b := l.band
	width := dip(bandEdge) + b.mark.MinSize().Width + dip(bandChipGap) + b.chip.MinSize().Width + dip(bandEdge)
	if named {
		width += b.name.MinSize().Width + dip(10)
	}
	for _, button := range []*button{b.help, b.settings} {
		if button.Visible() {
			width += button.MinSize().Width
		}
	}
	return width
}

func (l *bandBox) twoLines(width float32) bool { return width > 0 && l.need(false) > width }

func (l *bandBox) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	b := l.band
	l.place(b.stripe, 0, size.Height-l.stripe(), fyne.NewSize(size.Width, l.stripe()))
	l.place(b.back, 0, 0, fyne.NewSize(size.Width, size.Height-l.stripe()))

	line := dip(bandHigh)
	center := func(o fyne.CanvasObject, x, y, width float32) float32 {
		least := o.MinSize()
		if width <= 0 {
			width = least.Width
		}
		l.place(o, x, y+(line-least.Height)/2, fyne.NewSize(width, least.Height))
		return x + width
	}
	right := size.Width - dip(bandEdge)/2
	for _, button := range []*button{b.settings, b.help} {
		if button.Visible() {
			right -= button.MinSize().Width
			center(button, right, 0, 0)
		}
	}
	x := center(b.mark, dip(bandEdge), 0, 0)
	b.name.Hidden = !l.twoLines(size.Width) && l.need(true) > size.Width
	if !b.name.Hidden {
		x = center(b.name, x+dip(10), 0, 0)
	}
	if l.twoLines(size.Width) {
		width := fyne.Min(b.chip.MinSize().Width, size.Width-2*dip(bandEdge))
		center(b.chip, dip(bandEdge), line-dip(8), width)
		return
	}
	center(b.chip, x+dip(bandChipGap), 0, 0)
}

func (l *bandBox) place(o fyne.CanvasObject, x, y float32, size fyne.Size) {
	o.Move(fyne.NewPos(x, y))
	o.Resize(size)
}

// stripe is thin as any line while there is no mode.
func (l *bandBox) stripe() float32 {
	if l.band.mode == modeNone {
		return 1
	}
	return bandStripe
}

func (l *bandBox) MinSize([]fyne.CanvasObject) fyne.Size {
	height := dip(bandHigh) + l.stripe()
	if l.twoLines(l.width) {
		height += dip(bandHigh) - dip(8)
	}
	return fyne.NewSize(0, height)
}
