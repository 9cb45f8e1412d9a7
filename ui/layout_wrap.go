package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// wrap puts objects side by side and starts a new line when one does not fit:
// rows of buttons stay whole at 200 % text. The state is the width of the last
// layout, which the height depends on.
type wrap struct {
	gap      float32
	trailing bool // lines end at the right edge
	width    float32
}

// wrapRow makes such a row from the left.
func wrapRow(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&wrap{gap: gap}, objects...)
}

// wrapRight makes such a row whose lines end at the right edge.
func wrapRight(gap float32, objects ...fyne.CanvasObject) *fyne.Container {
	return container.New(&wrap{gap: gap, trailing: true}, objects...)
}

// lines splits the objects into those that share a line at a width.
func (w *wrap) lines(objects []fyne.CanvasObject, width float32) [][]fyne.CanvasObject {
	var lines [][]fyne.CanvasObject
	used := float32(0)
	for _, o := range shown(objects) {
		need := o.MinSize().Width
		if len(lines) == 0 || (width > 0 && used+dip(w.gap)+need > width) {
			lines = append(lines, nil)
			used = -dip(w.gap)
		}
		used += dip(w.gap) + need
		lines[len(lines)-1] = append(lines[len(lines)-1], o)
	}
	return lines
}

func (w *wrap) measure(line []fyne.CanvasObject) fyne.Size {
	return row{gap: w.gap}.MinSize(line)
}

func (w *wrap) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	w.width = size.Width
	y := float32(0)
	for _, line := range w.lines(objects, size.Width) {
		need := w.measure(line)
		x := float32(0)
		if w.trailing {
			x = size.Width - need.Width
		}
		for _, o := range line {
			least := o.MinSize()
			o.Resize(least)
			o.Move(fyne.NewPos(x, y+(need.Height-least.Height)/2))
			x += least.Width + dip(w.gap)
		}
		y += need.Height + dip(w.gap)
	}
}

func (w *wrap) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var size fyne.Size
	for i, line := range w.lines(objects, w.width) {
		need := w.measure(line)
		size.Height += need.Height
		if i > 0 {
			size.Height += dip(w.gap)
		}
	}
	for _, o := range shown(objects) {
		size.Width = fyne.Max(size.Width, o.MinSize().Width)
	}
	return size
}
