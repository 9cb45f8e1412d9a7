package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// pick is one entry of a picker. The icon may be nil.
type pick struct {
	words string
	icon  fyne.Resource
}

// picker is a box that opens a list to pick one entry from. Fyne's select has
// no edge, no icon and does not take Enter.
type picker struct {
	content *press
	entries []pick
	chosen  int
	onPick  func(int)

	name  string
	icon  *icon
	words *label
}

// newPicker makes a picker 40 high; name is what it picks, for a screen
// reader, and the first entry is chosen.
func newPicker(name string, entries []pick, onPick func(int)) *picker {
	p := &picker{entries: entries, onPick: onPick, name: name, chosen: -1}
	p.icon = newIcon(iconServer, theme.ColorNamePlaceHolder, 20)
	p.words = newLine(roleBody, "")
	p.words.rich.Truncation = fyne.TextTruncateEllipsis
	edge := newBox(theme.ColorNameInputBackground, theme.ColorNameInputBorder).rounded(6)
	edge.thickness = 1.5
	arrow := newIcon(theme.MenuDropDownIcon(), theme.ColorNameForeground, 22)
	line := pad(hgrow(8, 1, p.icon.content, p.words, arrow.content), 0, 12)
	p.content = newPress(sized(0, 40, container.NewStack(edge, line)), p.spoken, p.open)
	p.content.onKey = p.onKey
	p.set(0)
	return p
}

func (p *picker) spoken() string {
	return say("picker.spoken", "Name", p.name, "Words", p.words.text)
}

// set shows an entry as chosen without calling onPick.
func (p *picker) set(index int) {
	if index < 0 || index >= len(p.entries) || index == p.chosen {
		return
	}
	p.chosen = index
	entry := p.entries[index]
	p.words.set(entry.words)
	p.icon.content.Hidden = entry.icon == nil
	if entry.icon != nil {
		p.icon.set(entry.icon, theme.ColorNamePlaceHolder)
	}
	p.content.Refresh()
}

func (p *picker) choose(index int) {
	before := p.chosen
	p.set(index)
	if p.chosen != before && p.onPick != nil {
		p.onPick(p.chosen)
	}
}

// onKey opens the list on the arrow down and goes through the entries on left
// and right, as Fyne's select does.
func (p *picker) onKey(key fyne.KeyName) bool {
	switch key {
	case fyne.KeyDown, fyne.KeyUp:
		p.open()
	case fyne.KeyRight:
		p.choose((p.chosen + 1) % len(p.entries))
	case fyne.KeyLeft:
		p.choose((p.chosen + len(p.entries) - 1) % len(p.entries))
	default:
		return false
	}
	return true
}

// open shows the list below the box.
func (p *picker) open() {
	driver := fyne.CurrentApp().Driver()
	canvas := driver.CanvasForObject(p.content)
	if canvas == nil {
		return
	}
	items := make([]*fyne.MenuItem, len(p.entries))
	for i, entry := range p.entries {
		items[i] = fyne.NewMenuItem(entry.words, func() { p.choose(i) })
		items[i].Icon = entry.icon
	}
	list := widget.NewPopUpMenu(fyne.NewMenu("", items...), canvas)
	list.ShowAtPosition(driver.AbsolutePositionForObject(p.content).AddXY(0, p.content.Size().Height))
	list.Resize(fyne.NewSize(p.content.Size().Width, list.MinSize().Height))
}
