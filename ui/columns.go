package ui

import "fyne.io/fyne/v2"

// columns lays objects in a grid whose columns are as wide as they need, in
// fewer columns when there is no room for all.
type columns struct {
	count int
	gap   float32 // between the lines
	width float32 // of the last layout
}

// columnGap is the least room between two columns.
const columnGap = 12

// widths gives the columns that fit and how wide each is.
func (g *columns) widths(objects []fyne.CanvasObject) (widths []float32, height float32) {
	for count := g.count; count > 0; count-- {
		widths, height = make([]float32, count), 0
		total := float32(count-1) * dip(columnGap)
		for i, o := range objects {
			least := o.MinSize()
			height = fyne.Max(height, least.Height)
			widths[i%count] = fyne.Max(widths[i%count], least.Width)
		}
		for _, width := range widths {
			total += width
		}
		if g.width == 0 || total <= g.width {
			break
		}
	}
	return widths, height
}

func (g *columns) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	g.width = size.Width
	widths, height := g.widths(objects)
	spare := size.Width
	for _, width := range widths {
		spare -= width
	}
	spare /= float32(max(len(widths)-1, 1))
	x, y := float32(0), float32(0)
	for i, o := range objects {
		column := i % len(widths)
		if column == 0 && i > 0 {
			x, y = 0, y+height+dip(g.gap)
		}
		o.Move(fyne.NewPos(x, y))
		o.Resize(fyne.NewSize(widths[column], height))
		x += widths[column] + spare
	}
}

func (g *columns) MinSize(objects []fyne.CanvasObject) fyne.Size {
	if len(objects) == 0 {
		return fyne.Size{}
	}
	widths, height := g.widths(objects)
	lines := float32((len(objects) + len(widths) - 1) / len(widths))
	least := fyne.NewSize(0, lines*height+(lines-1)*dip(g.gap))
	for _, o := range objects {
		least.Width = fyne.Max(least.Width, o.MinSize().Width)
	}
	return least
}
