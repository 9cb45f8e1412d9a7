package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// stepState is how far a step of the rail is.
type stepState int

const (
	stepNext stepState = iota
	stepCurrent
	stepDone
)

// rail shows the steps of the flow at the left, with room below a line for
// later entries. In a narrow window or with large text it is one line instead
// (UX §6.1).
type rail struct {
	wide    *fyne.Container
	line    *fyne.Container
	steps   []*railStep
	entries *fyne.Container
	short   *fyne.Container // the entries when the rail is a line
	rule    fyne.CanvasObject
	words   *label
}

// newRail makes a rail of steps by their names; all of them are next.
func newRail(names []string) *rail {
	r := &rail{entries: vcol(4), words: newLine(roleStrong, "")}
	list := vcol(4)
	for i, name := range names {
		step := newRailStep(i+1, name)
		r.steps = append(r.steps, step)
		list.Add(step.content)
	}
	r.rule = pad(newRule(), 8, 12)
	r.rule.Hide()
	back := newStripe(colorSurface)
	edge := container.New(fixed{width: 1}, newStripe(theme.ColorNameSeparator))
	column := pad(vcol(4, list, r.rule, r.entries), 13, 8)
	r.wide = container.New(railBox{}, back, column, edge)
	r.short = hrow(0)
	r.line = container.NewStack(newStripe(colorSurface), pad(hgrow(8, 0, r.words, r.short), 0, 8, 0, 24))
	return r
}

// show marks one step, counted from 0, as current, those before it as done
// and those after it as next.
func (r *rail) show(current int) {
	for i, step := range r.steps {
		switch {
		case i < current:
			step.show(stepDone)
		case i == current:
			step.show(stepCurrent)
		default:
			step.show(stepNext)
		}
	}
	if current >= 0 && current < len(r.steps) {
		r.words.set(say("rail.line", "Number", current+1, "Count", len(r.steps), "Name", r.steps[current].name))
	}
}

// addEntry puts an entry below the line.
func (r *rail) addEntry(source fyne.Resource, words string, tapped func()) {
	content := hgrow(12, 1, newIcon(source, theme.ColorNameForeground, 20).content, newLabel(roleBody, words))
	entry := newPress(sized(0, 44, pad(content, 0, 14)), func() string { return words }, tapped)
	r.entries.Add(entry)
	r.short.Add(newQuiet(words, tapped).with(source).compact())
	r.rule.Show()
}

// railStep is one row of the rail: a bar when current, a circle with the
// number or a tick, and the name.
type railStep struct {
	content fyne.CanvasObject
	name    string
	back    *box
	bar     *box
	circle  *box
	number  *label
	tick    *icon
	words   *label
}

func newRailStep(number int, name string) *railStep {
	s := &railStep{name: name, back: newBox(colorNone, colorNone).rounded(6), bar: newBox(colorNone, colorNone).rounded(2)}
	s.circle = newBox(colorNone, theme.ColorNameInputBorder).rounded(12)
	s.number = newLine(roleCaption, say("rail.number", "Number", number))
	s.tick = newIcon(iconTick, theme.ColorNameForegroundOnSuccess, 16)
	s.words = newLine(roleMuted, name)
	badge := sized(24, 24, container.NewStack(s.circle, container.NewCenter(s.number), container.NewCenter(s.tick.content)))
	bar := pad(sized(4, 28, s.bar), 8, 0)
	line := hgrow(0, 3, bar, gap(8, 0), badge, pad(s.words, 0, 0, 0, 12))
	s.content = sized(0, 44, container.NewStack(s.back, line))
	s.show(stepNext)
	return s
}

func (s *railStep) show(state stepState) {
	s.back.paint(colorNone, colorNone)
	s.bar.paint(colorNone, colorNone)
	s.number.Show()
	s.tick.content.Hide()
	switch state {
	case stepCurrent:
		s.back.paint(colorTintInfo, colorNone)
		s.bar.paint(theme.ColorNamePrimary, colorNone)
		s.circle.paint(theme.ColorNamePrimary, colorNone)
		s.number.setRole(role{theme.SizeNameCaptionText, theme.ColorNameForegroundOnPrimary, bold})
		s.words.setRole(roleStrong)
	case stepDone:
		s.circle.paint(theme.ColorNameSuccess, colorNone)
		s.number.Hide()
		s.tick.content.Show()
		s.words.setRole(roleBody)
	default:
		s.circle.paint(colorNone, theme.ColorNameInputBorder)
		s.number.setRole(roleCaption)
		s.words.setRole(roleMuted)
	}
	s.content.Refresh()
}

// railBox lays out the rail: the surface, the entries from the top, and a
// thin line at the right edge.
type railBox struct{}

func (railBox) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	back, column, edge := objects[0], objects[1], objects[2]
	back.Resize(size)
	column.Resize(fyne.NewSize(size.Width-1, size.Height))
	edge.Move(fyne.NewPos(size.Width-1, 0))
	edge.Resize(fyne.NewSize(1, size.Height))
}

func (railBox) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(dip(208), objects[1].MinSize().Height)
}
