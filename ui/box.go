package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/widget"
)

// box is a rectangle that follows the theme: Fyne's own keeps the colour it
// was made with when the look changes.
type box struct {
	widget.BaseWidget
	fill, stroke fyne.ThemeColorName
	thickness    float32 // of the stroke, in dip at any text size
	radius       float32 // of the corners, in dip at 100 % text
}

// newBox makes a box with the corners of a card and a stroke of 1 dip;
// colorNone leaves fill or stroke away.
func newBox(fill, stroke fyne.ThemeColorName) *box {
	b := &box{fill: fill, stroke: stroke, thickness: 1, radius: 8}
	b.ExtendBaseWidget(b)
	return b
}

// newStripe makes a box with square corners.
func newStripe(fill fyne.ThemeColorName) *box {
	b := newBox(fill, colorNone)
	b.radius = 0
	return b
}

// rounded changes the corners before the box is shown.
func (b *box) rounded(radius float32) *box {
	b.radius = radius
	return b
}

// paint changes the colours.
func (b *box) paint(fill, stroke fyne.ThemeColorName) {
	if b.fill == fill && b.stroke == stroke {
		return
	}
	b.fill, b.stroke = fill, stroke
	b.Refresh()
}

// CreateRenderer is called by Fyne.
func (b *box) CreateRenderer() fyne.WidgetRenderer {
	r := &boxRenderer{box: b, shape: canvas.NewRectangle(ink(b.fill))}
	r.Refresh()
	return r
}

type boxRenderer struct {
	box   *box
	shape *canvas.Rectangle
}

func (r *boxRenderer) MinSize() fyne.Size           { return fyne.Size{} }
func (r *boxRenderer) Objects() []fyne.CanvasObject { return []fyne.CanvasObject{r.shape} }
func (r *boxRenderer) Destroy()                     {}

// Layout keeps the stroke inside the box; Fyne draws it over the edge.
func (r *boxRenderer) Layout(size fyne.Size) {
	line := float32(0)
	if r.box.stroke != colorNone {
		line = r.box.thickness
	}
	r.shape.Move(fyne.NewSquareOffsetPos(line / 2))
	r.shape.Resize(size.SubtractWidthHeight(line, line))
}

func (r *boxRenderer) Refresh() {
	r.shape.FillColor = ink(r.box.fill)
	r.shape.StrokeColor = ink(r.box.stroke)
	r.shape.StrokeWidth = 0
	if r.box.stroke != colorNone {
		r.shape.StrokeWidth = r.box.thickness
	}
	r.shape.CornerRadius = dip(r.box.radius)
	r.Layout(r.box.Size())
	r.shape.Refresh()
}
