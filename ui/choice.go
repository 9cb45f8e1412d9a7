package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// choice is one of a few large rows to choose from: a tile, a title with an
// optional chip, a sentence and a chevron.
type choice struct {
	icon   fyne.Resource
	title  string
	text   string
	chip   string // marks the one to start with; it is drawn with more weight
	fill   fyne.ThemeColorName
	ink    fyne.ThemeColorName
	chosen func()
}

// choices is a list of large rows. The arrows move between them.
type choices struct {
	content *fyne.Container
	rows    []*press
}

// newChoices makes the list. A choice without colours has a grey tile.
func newChoices(list ...choice) *choices {
	c := &choices{content: vcol(12)}
	for i, one := range list {
		row := newPress(one.face(), func() string { return one.title }, one.chosen)
		row.radius = 8
		row.onKey = func(key fyne.KeyName) bool { return c.move(i, key) }
		c.rows = append(c.rows, row)
		c.content.Add(row)
	}
	return c
}

// first is the row that has the focus at the start.
func (c *choices) first() fyne.Focusable { return c.rows[0] }

func (c *choices) move(from int, key fyne.KeyName) bool {
	switch key {
	case fyne.KeyDown:
		from++
	case fyne.KeyUp:
		from--
	default:
		return false
	}
	canvas := fyne.CurrentApp().Driver().CanvasForObject(c.content)
	if canvas != nil && from >= 0 && from < len(c.rows) {
		canvas.Focus(c.rows[from])
	}
	return true
}

// face draws the row, 92 high or as high as its words need.
func (o choice) face() fyne.CanvasObject {
	fill, color := o.fill, o.ink
	if fill == "" {
		fill, color = theme.ColorNameButton, theme.ColorNameForeground
	}
	back := newBox(theme.ColorNameBackground, theme.ColorNameInputBorder)
	arrow := theme.ColorNamePlaceHolder
	title := wrapRow(12, newLine(roleSubheading, o.title))
	if o.chip != "" {
		back = newBox(colorTintInfo, theme.ColorNamePrimary)
		back.thickness = 2
		arrow = theme.ColorNamePrimary
		title.Add(newStrongChip(o.chip).content)
	}
	words := vcol(2, title, newLabel(roleMuted, o.text))
	line := hgrow(16, 1, newTile(o.icon, fill, color), words, newIcon(iconClosed, arrow, 24).content)
	return container.NewStack(back, container.New(rowLeast{92}, pad(line, 12, 20)))
}

// rowLeast is a least height in dip.
type rowLeast struct{ height float32 }

func (l rowLeast) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	for _, o := range objects {
		o.Resize(size)
	}
}

func (l rowLeast) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := objects[0].MinSize()
	least.Height = fyne.Max(least.Height, dip(l.height))
	return least
}
