package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
)

// The focus ring (UX §6.5): 2 dip thick with a gap of 2 dip, outside the
// widget. Fyne only tints what has the focus, and no tint reaches the
// contrast of 3:1 that a person needs to find it.
const (
	ringWidth = 2
	ringGap   = 2
)

// ringed draws a stock widget's renderer and the ring around it. Whether the
// ring shows is asked of the widget at each refresh.
type ringed struct {
	fyne.WidgetRenderer
	ring    *canvas.Rectangle
	focused func() bool
	radius  float32
	least   func(fyne.Size) fyne.Size // what to make of the stock least size
}

func newRinged(stock fyne.WidgetRenderer, radius float32, focused func() bool) *ringed {
	r := &ringed{WidgetRenderer: stock, ring: canvas.NewRectangle(color.Transparent), focused: focused, radius: radius}
	r.paint()
	return r
}

func (r *ringed) MinSize() fyne.Size {
	least := r.WidgetRenderer.MinSize()
	if r.least != nil {
		return r.least(least)
	}
	return least
}

func (r *ringed) Layout(size fyne.Size) {
	r.WidgetRenderer.Layout(size)
	placeRing(r.ring, size)
}

func (r *ringed) Objects() []fyne.CanvasObject {
	stock := r.WidgetRenderer.Objects()
	return append(stock[:len(stock):len(stock)], r.ring)
}

func (r *ringed) Refresh() {
	r.WidgetRenderer.Refresh()
	r.paint()
}

func (r *ringed) paint() { paintRing(r.ring, r.focused(), r.radius) }

func placeRing(ring *canvas.Rectangle, size fyne.Size) {
	const out = ringGap + ringWidth/2.0 // the stroke is drawn over the edge
	ring.Move(fyne.NewPos(-out, -out))
	ring.Resize(size.AddWidthHeight(2*out, 2*out))
}

func paintRing(ring *canvas.Rectangle, show bool, radius float32) {
	ring.StrokeWidth = ringWidth
	ring.StrokeColor = ink(colorFocusRing)
	ring.CornerRadius = dip(radius) + ringWidth + ringGap
	ring.Hidden = !show
	ring.Refresh()
}
