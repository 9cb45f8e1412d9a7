package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// urlLine is an address on one line with a mark somewhere in it. When there is
// no room for all of it, the ends give way to an ellipsis and the mark stays.
type urlLine struct {
	before, after string
	head, tail    *label
	mark          fyne.CanvasObject // may be nil
}

func newURLLine(before string, mark fyne.CanvasObject, after string) *fyne.Container {
	l := &urlLine{before: before, after: after, mark: mark, head: newLine(roleMono, before), tail: newLine(roleMono, after)}
	if mark == nil {
		return container.New(l, l.head, l.tail)
	}
	return container.New(l, l.head, mark, l.tail)
}

// fit cuts the two texts to what there is room for.
func (l *urlLine) fit(width float32) {
	sign := fyne.MeasureText("0", theme.Size(sizeMono), mono).Width
	if l.mark != nil {
		width -= l.mark.MinSize().Width + 4
	}
	room := int(width / sign)
	before, after := []rune(l.before), []rune(l.after)
	if len(before)+len(after) > room {
		end := min(len(after), max(room/4, room-len(before)))
		after = cutRunes(after, end, false)
		before = cutRunes(before, room-end, true)
	}
	l.head.set(string(before))
	l.tail.set(string(after))
}

// cutRunes keeps so many runes of one end, the ellipsis included.
func cutRunes(text []rune, room int, keepEnd bool) []rune {
	switch {
	case len(text) <= room:
		return text
	case room < 1:
		return nil
	case keepEnd:
		return append([]rune("…"), text[len(text)-room+1:]...)
	}
	return append(text[:room-1:room-1], '…')
}

func (l *urlLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.fit(size.Width)
	x := float32(0)
	for _, o := range objects {
		least := o.MinSize()
		o.Resize(least)
		o.Move(fyne.NewPos(x, (size.Height-least.Height)/2))
		x += least.Width + 2
	}
}

// MinSize is no wider than the mark with a few signs beside it.
func (l *urlLine) MinSize([]fyne.CanvasObject) fyne.Size {
	least := fyne.MeasureText("0000", theme.Size(sizeMono), mono)
	if l.mark != nil {
		least = least.Max(l.mark.MinSize()).AddWidthHeight(l.mark.MinSize().Width, 0)
	}
	return least
}
