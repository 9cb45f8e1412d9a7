package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// The layouts of the kit measure in dip at 100 % text and ask for the real
// size when they lay out. All of them give a child its width before they ask
// how high it is, so that wrapped text is right in one pass.

// heightAt gives the height an object needs at a width.
func heightAt(o fyne.CanvasObject, width float32) float32 {
	o.Resize(fyne.NewSize(width, fyne.Max(o.Size().Height, 1)))
	height := o.MinSize().Height
	o.Resize(fyne.NewSize(width, height))
	return height
}

func shown(objects []fyne.CanvasObject) []fyne.CanvasObject {
	visible := make([]fyne.CanvasObject, 0, len(objects))
	for _, o := range objects {
		if o.Visible() {
			visible = append(visible, o)
		}
	}
	return visible
}

// trim takes away the padding that Fyne's text widgets draw around
// themselves.
type trim struct{}

func (trim) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	pad := theme.Size(theme.SizeNameInnerPadding)
	for _, o := range objects {
		o.Move(fyne.NewPos(-pad, -pad))
		o.Resize(size.AddWidthHeight(2*pad, 2*pad))
	}
}

func (trim) MinSize(objects []fyne.CanvasObject) fyne.Size {
	pad := theme.Size(theme.SizeNameInnerPadding)
	var most fyne.Size
	for _, o := range objects {
		most = most.Max(o.MinSize().SubtractWidthHeight(2*pad, 2*pad))
	}
	return most
}

// column stacks objects from the top, each as wide as the column.
type column struct{ gap float32 }

// vcol makes a column; hidden objects take no room.
func vcol(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(column{gap}, objects...)
}

func (c column) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	y := float32(0)
	for _, o := range shown(objects) {
		height := heightAt(o, size.Width)
		o.Move(fyne.NewPos(0, y))
		y += height + dip(c.gap)
	}
}

func (c column) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, o := range shown(objects) {
		least := o.MinSize()
		size.Width = fyne.Max(size.Width, least.Width)
		size.Height += least.Height
		if i > 0 {
			size.Height += dip(c.gap)
		}
	}
	return size
}

// row puts objects side by side in the middle of the height; grow is the
// index of the one that takes the room left, or -1.
type row struct {
	gap  float32
	grow int
	top  bool
}

// hrow makes a row in which nothing grows.
func hrow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(row{gap: gap, grow: -1}, objects...)
}

// hgrow makes a row in which one object takes the room left.
func hgrow(gap float32, grow int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(row{gap: gap, grow: grow}, objects...)
}

// htop is hgrow with all objects at the top edge: an icon beside a paragraph.
func htop(gap float32, grow int, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(row{gap: gap, grow: grow, top: true}, objects...)
}

func (r row) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	free := size.Width
	for i, o := range objects {
		if o.Visible() && i != r.grow {
			free -= o.MinSize().Width + dip(r.gap)
		}
	}
	x := float32(0)
	for i, o := range objects {
		if !o.Visible() {
			continue
		}
		width := o.MinSize().Width
		if i == r.grow {
			width = fyne.Max(free, 0)
		}
		height := heightAt(o, width)
		y := (size.Height - height) / 2
		if r.top {
			y = 0
		}
		o.Move(fyne.NewPos(x, y))
		x += width + dip(r.gap)
	}
}

func (r row) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, o := range shown(objects) {
		least := o.MinSize()
		size.Height = fyne.Max(size.Height, least.Height)
		size.Width += least.Width
		if i > 0 {
			size.Width += dip(r.gap)
		}
	}
	return size
}
