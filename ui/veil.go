package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// veil dims the window and lays a sheet with content in the middle. Fyne's
// modal pop-up does this too, but it blurs what is behind, keeps its size when
// the window changes, and uses one colour for the veil and for every shadow.
type veil struct {
	widget.BaseWidget
	content fyne.CanvasObject
}

func newVeil(content fyne.CanvasObject) *veil {
	v := &veil{content: content}
	v.ExtendBaseWidget(v)
	return v
}

// CreateRenderer is called by Fyne.
func (v *veil) CreateRenderer() fyne.WidgetRenderer {
	r := &veilRenderer{veil: v, scrim: canvas.NewRectangle(ink(colorScrim)), sheet: canvas.NewRectangle(ink(theme.ColorNameOverlayBackground))}
	r.paint()
	return r
}

type veilRenderer struct {
	veil         *veil
	scrim, sheet *canvas.Rectangle
}

func (r *veilRenderer) Layout(size fyne.Size) {
	r.scrim.Resize(size)
	need := r.veil.content.MinSize().Min(size)
	at := fyne.NewPos((size.Width-need.Width)/2, (size.Height-need.Height)/2)
	for _, o := range []fyne.CanvasObject{r.sheet, r.veil.content} {
		o.Resize(need)
		o.Move(at)
	}
}

func (r *veilRenderer) MinSize() fyne.Size { return fyne.Size{} }

func (r *veilRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.scrim, r.sheet, r.veil.content}
}

func (r *veilRenderer) Destroy() {}

func (r *veilRenderer) Refresh() {
	r.paint()
	r.Layout(r.veil.Size())
	r.veil.content.Refresh()
}

func (r *veilRenderer) paint() {
	r.scrim.FillColor = ink(colorScrim)
	r.sheet.FillColor = ink(theme.ColorNameOverlayBackground)
	r.sheet.CornerRadius = dip(12)
	r.sheet.Shadow = canvas.Shadow{Color: ink(theme.ColorNameShadow), BlurRadius: 16, Offset: fyne.NewPos(0, 4)}
	r.scrim.Refresh()
	r.sheet.Refresh()
}
