package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
)

// inset keeps room around one object, in dip: top, right, bottom, left.
type inset struct{ top, right, bottom, left float32 }

// pad makes an inset: all sides, or up-and-down with left-and-right, or the
// four sides clockwise from the top, like the shorthand of a style sheet.
func pad(o fyne.CanvasObject, sides ...float32) *fyne.Container {
	in := inset{}
	switch len(sides) {
	case 1:
		in = inset{sides[0], sides[0], sides[0], sides[0]}
	case 2:
		in = inset{sides[0], sides[1], sides[0], sides[1]}
	case 4:
		in = inset{sides[0], sides[1], sides[2], sides[3]}
	}
	return container.New(in, o)
}

func (in inset) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(dip(in.left), dip(in.top)))
		o.Resize(size.SubtractWidthHeight(dip(in.left+in.right), dip(in.top+in.bottom)))
	}
}

func (in inset) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var most fyne.Size
	for _, o := range objects {
		most = most.Max(o.MinSize())
	}
	return most.AddWidthHeight(dip(in.left+in.right), dip(in.top+in.bottom))
}

// fixed gives its objects a size of their own, in dip; zero means as large as
// they need.
type fixed struct{ width, height float32 }

// sized makes a fixed box around one object.
func sized(width, height float32, o fyne.CanvasObject) *fyne.Container {
	return container.New(fixed{width, height}, o)
}

func (f fixed) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Move(fyne.NewPos(0, 0))
		o.Resize(size)
	}
}

// least measures one object, at the fixed width if there is one. Fyne measures
// everything before each frame and draws another frame whenever something was
// resized, so an object that has its width already is left as it is.
func (f fixed) least(o fyne.CanvasObject) fyne.Size {
	before := o.Size()
	if f.width == 0 || f.height > 0 || before.Width == dip(f.width) {
		return o.MinSize()
	}
	heightAt(o, dip(f.width))
	least := o.MinSize()
	o.Resize(before) // measuring must not move what is shown
	return least
}

func (f fixed) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var most fyne.Size
	for _, o := range objects {
		most = most.Max(f.least(o))
	}
	if f.width > 0 {
		most.Width = dip(f.width)
	}
	if f.height > 0 {
		most.Height = dip(f.height)
	}
	return most
}

// atMost keeps an object from growing wider than a measure, at the left edge
// or in the middle.
type atMost struct {
	width  float32
	middle bool
}

func (a atMost) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	width := fyne.Min(size.Width, dip(a.width))
	x := float32(0)
	if a.middle {
		x = (size.Width - width) / 2
	}
	for _, o := range objects {
		o.Move(fyne.NewPos(x, 0))
		o.Resize(fyne.NewSize(width, size.Height))
	}
}

func (a atMost) MinSize(objects []fyne.CanvasObject) fyne.Size {
	var most fyne.Size
	for _, o := range objects {
		most = most.Max(o.MinSize())
	}
	most.Width = fyne.Min(most.Width, dip(a.width))
	return most
}

// gap is empty room between the objects of a column or a row.
func gap(width, height float32) fyne.CanvasObject {
	return sized(width, height, container.NewWithoutLayout())
}
