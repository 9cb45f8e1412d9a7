package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// badge is a circle with a number, or with a tick when its step is done.
type badge struct {
	content *fyne.Container
	circle  *box
	number  *label
	tick    *icon
}

func newBadge(number int) *badge {
	b := &badge{circle: newBox(colorNone, theme.ColorNameInputBorder).rounded(14)}
	b.number = newLine(roleBody, say("rail.number", "Number", number))
	b.tick = newIcon(iconTick, theme.ColorNameForegroundOnSuccess, 18)
	b.content = sized(28, 28, container.NewStack(b.circle, container.NewCenter(b.number), container.NewCenter(b.tick.content)))
	return b
}

func (b *badge) show(state stepState) {
	b.number.Hidden = state == stepDone
	b.tick.content.Hidden = state != stepDone
	switch state {
	case stepDone:
		b.circle.paint(theme.ColorNameSuccess, colorNone)
	case stepCurrent:
		b.circle.paint(theme.ColorNamePrimary, colorNone)
		b.number.setRole(roleStrong.in(theme.ColorNameForegroundOnPrimary))
	default:
		b.circle.paint(colorNone, theme.ColorNameInputBorder)
		b.number.setRole(roleMuted)
	}
}

// tracker shows how far a sign-in is: circles with words, joined by lines
// that take the room left. Without enough room they stand below each other.
type tracker struct {
	content *fyne.Container
	badges  []*badge
	words   []*label
	lines   []*box
	shown   int
}

// newTracker makes a tracker of the names, none of them begun.
func newTracker(names ...string) *tracker {
	t := &tracker{content: container.New(&trackerRow{}), shown: -1}
	for i, name := range names {
		if i > 0 {
			line := newStripe(theme.ColorNameSeparator)
			t.lines = append(t.lines, line)
			t.content.Add(line)
		}
		b, words := newBadge(i+1), newLine(roleMuted, name)
		t.badges, t.words = append(t.badges, b), append(t.words, words)
		t.content.Add(hrow(8, b.content, words))
	}
	return t
}

// show marks the step with this index as current, those before it as done.
func (t *tracker) show(current int) {
	if t.shown == current {
		return
	}
	t.shown = current
	for i, b := range t.badges {
		switch {
		case i < current:
			b.show(stepDone)
			t.words[i].setRole(roleBody)
		case i == current:
			b.show(stepCurrent)
			t.words[i].setRole(roleStrong)
		default:
			b.show(stepNext)
			t.words[i].setRole(roleMuted)
		}
		if i < len(t.lines) && i < current {
			t.lines[i].paint(theme.ColorNameSuccess, colorNone)
		} else if i < len(t.lines) {
			t.lines[i].paint(theme.ColorNameSeparator, colorNone)
		}
	}
	t.content.Refresh()
}

// trackerRow lays out steps (even) and lines (odd).
type trackerRow struct{ width float32 }

const (
	trackerGap   = 12
	trackerLeast = 16 // of a line
)

func (r *trackerRow) steps(objects []fyne.CanvasObject) (width, height float32) {
	for i := 0; i < len(objects); i += 2 {
		least := objects[i].MinSize()
		width += least.Width
		height = fyne.Max(height, least.Height)
	}
	return width, height
}

func (r *trackerRow) stacked(objects []fyne.CanvasObject) bool {
	width, _ := r.steps(objects)
	return r.width > 0 && width+float32(len(objects)/2)*dip(2*trackerGap+trackerLeast) > r.width
}

func (r *trackerRow) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	r.width = size.Width
	used, high := r.steps(objects)
	line := (size.Width-used)/float32(max(len(objects)/2, 1)) - dip(2*trackerGap)
	x, y := float32(0), float32(0)
	for i, o := range objects {
		switch {
		case r.stacked(objects):
			o.Resize(fyne.Size{})
			if i%2 == 0 {
				o.Move(fyne.NewPos(0, y))
				o.Resize(o.MinSize())
				y += high + dip(8)
			}
		case i%2 == 1:
			o.Move(fyne.NewPos(x+dip(trackerGap), high/2-1))
			o.Resize(fyne.NewSize(line, 2))
			x += line + dip(2*trackerGap)
		default:
			o.Move(fyne.NewPos(x, 0))
			o.Resize(fyne.NewSize(o.MinSize().Width, high))
			x += o.MinSize().Width
		}
	}
}

func (r *trackerRow) MinSize(objects []fyne.CanvasObject) fyne.Size {
	_, high := r.steps(objects)
	least := fyne.NewSize(0, high)
	for i := 0; i < len(objects); i += 2 {
		least.Width = fyne.Max(least.Width, objects[i].MinSize().Width)
	}
	if r.stacked(objects) {
		count := float32((len(objects) + 1) / 2)
		least.Height = count*high + (count-1)*dip(8)
	}
	return least
}
