package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// tone is a kind of message: the colours and the icon that go with it. Its
// words tell the kind too, since colour alone tells nothing.
type tone struct {
	tint  fyne.ThemeColorName
	color fyne.ThemeColorName
	icon  fyne.Resource
}

var (
	toneInfo    = tone{colorTintInfo, theme.ColorNamePrimary, iconInfo}
	toneOK      = tone{colorTintOK, theme.ColorNameSuccess, iconDone}
	toneCaution = tone{colorTintWarn, theme.ColorNameWarning, iconCaution}
	toneProblem = tone{colorTintError, theme.ColorNameError, iconProblem}
	toneChoice  = tone{colorTintInfo, theme.ColorNamePrimary, iconHand}
)

// newCard frames content with a thin line. It is not widget.Card, whose
// content screen readers on a Mac do not find (fyne issue 6491).
func newCard(content fyne.CanvasObject) *fyne.Container {
	back := newBox(colorNone, theme.ColorNameSeparator)
	return container.NewStack(back, pad(content, 20))
}

// newFlatCard lays content on the surface colour, without a line.
func newFlatCard(content fyne.CanvasObject) *fyne.Container {
	return container.NewStack(newBox(colorSurface, colorNone), pad(content, 16, 20))
}

// newTinted lays content on the tint of a tone, framed in its colour.
func newTinted(t tone, content fyne.CanvasObject) *fyne.Container {
	return container.NewStack(newBox(t.tint, t.color), pad(content, 12, 16))
}

// newBanner tells something while the flow goes on: icon, bold title, text,
// and buttons below. The text may be empty.
func newBanner(t tone, title, text string, buttons ...fyne.CanvasObject) *fyne.Container {
	lines := vcol(4, newLabel(roleStrong, title))
	if text != "" {
		lines.Add(newLabel(roleBody, text))
	}
	if len(buttons) > 0 {
		lines.Add(gap(0, 4))
		lines.Add(wrapRow(12, buttons...))
	}
	return newTinted(t, htop(12, 1, newIcon(t.icon, t.color, 22).content, lines))
}

// chip is a word on a small tinted field: the state of a check.
type chip struct {
	content *fyne.Container
	back    *box
	words   *label
}

// newChip makes a chip 24 high.
func newChip(t tone, words string) *chip {
	c := &chip{back: newBox(t.tint, colorNone).rounded(6), words: newLine(roleCaption, words)}
	c.content = container.NewStack(c.back, container.New(fixed{height: 24}, pad(container.NewCenter(c.words), 0, 8)))
	c.set(t, words)
	return c
}

// newStrongChip makes a chip filled with the primary colour.
func newStrongChip(words string) *chip {
	c := newChip(toneInfo, words)
	c.back.paint(theme.ColorNamePrimary, colorNone)
	c.words.setRole(roleCaption.in(theme.ColorNameForegroundOnPrimary))
	return c
}

// set changes tone and words.
func (c *chip) set(t tone, words string) {
	c.back.paint(t.tint, colorNone)
	c.words.setRole(roleCaption.in(t.color))
	c.words.set(words)
}

// newNoteLine is an icon with a sentence beside it.
func newNoteLine(t tone, text string) *fyne.Container {
	return htop(8, 1, newIcon(t.icon, t.color, 20).content, newLabel(roleBody, text))
}

// newSteps is the numbered list under "What to do now".
func newSteps(steps []string) *fyne.Container {
	list := vcol(4)
	for i, step := range steps {
		number := container.New(fixed{width: 18}, newLine(roleBody, say("list.number", "Number", i+1)))
		list.Add(htop(8, 1, number, newLabel(roleBody, step)))
	}
	return list
}

// newRule is a thin line across.
func newRule() fyne.CanvasObject {
	return container.New(fixed{height: 1}, newStripe(theme.ColorNameSeparator))
}

// newHead is the heading of a page with a sentence below, and something at
// the right end of the heading's line, which may be nil.
func newHead(title, intro string, side fyne.CanvasObject) *fyne.Container {
	var heading fyne.CanvasObject = newLabel(roleHeading, title)
	if side != nil {
		heading = container.New(headLine{}, heading, side)
	}
	if intro == "" {
		return vcol(2, heading)
	}
	return vcol(2, heading, newLabel(roleMuted, intro))
}

// headLine puts a quiet button at the right end of a heading. The button may
// be higher than the line: it reaches into the room above and below, and its
// words end at the edge.
type headLine struct{}

func (headLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	heading, side := objects[0], objects[1]
	least := side.MinSize()
	left := size.Width - least.Width + dip(16)
	heightAt(heading, left-dip(12))
	side.Resize(least)
	side.Move(fyne.NewPos(left, (heading.Size().Height-least.Height)/2))
}

func (headLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	heading, side := objects[0].MinSize(), objects[1].MinSize()
	return fyne.NewSize(heading.Width+side.Width, heading.Height)
}

// newResultHead heads a result: a tile in the colours of its tone, the title,
// and one sentence.
func newResultHead(t tone, title, line string) *fyne.Container {
	words := vcol(0, newLabel(roleHeading, title), newLabel(roleMuted, line))
	return htop(16, 1, newTile(t.icon, t.tint, t.color), words)
}
