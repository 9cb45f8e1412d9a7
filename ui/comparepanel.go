package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// comparePanel shows two callback URLs one above the other with the first
// difference boxed, a sentence that says it, and the six checks.
type comparePanel struct {
	content *fyne.Container
	paste   *button
	rows    *fyne.Container
	words   *label
	checks  *fyne.Container
	yours   string
	saved   string // as pasted; empty before that
}

// newComparePanel makes the panel; onPaste fetches the saved URL.
func newComparePanel(yours string, onPaste func()) *comparePanel {
	c := &comparePanel{yours: yours}
	c.paste = newButton(say("compare.paste"), onPaste).with(theme.ContentPasteIcon()).compact()
	c.rows, c.words = vcol(4), newLabel(roleBody, "")
	c.checks = container.New(&columns{count: 3, gap: 2})
	head := hgrow(12, 0, newLine(roleStrong, say("compare.title")), c.paste)
	inside := vcol(4, head, c.rows, c.words, c.checks)
	c.content = container.NewStack(newBox(colorSurface, colorNone), pad(inside, 4, 12, 6, 14))
	c.show("")
	return c
}

// show compares with a saved URL; "" means that nothing was pasted yet.
func (c *comparePanel) show(saved string) {
	c.saved = saved
	c.checks.Objects = nil
	if saved == "" {
		c.rows.Objects = []fyne.CanvasObject{
			c.row("compare.yours", newURLLine(c.yours, nil, "")),
			c.row("compare.saved", newLine(roleMuted, say("compare.none"))),
		}
		c.words.set(say("compare.ask"))
		c.content.Refresh()
		return
	}
	result := compareURLs(c.yours, saved)
	c.rows.Objects = []fyne.CanvasObject{
		c.row("compare.yours", markedURL(c.yours, result, result.yours)),
		c.row("compare.saved", markedURL(saved, result, result.saved)),
	}
	c.words.set(result.sentence())
	c.paste.SetText(say("compare.again"))
	for _, check := range result.checks {
		c.checks.Add(checkLine(check))
	}
	c.content.Refresh()
}

// row is one URL in its box.
func (c *comparePanel) row(name string, line fyne.CanvasObject) fyne.CanvasObject {
	edge := newBox(theme.ColorNameInputBackground, theme.ColorNameSeparator).rounded(6)
	title := container.New(fixed{width: 48}, newLine(roleCaptionDark, say(name)))
	return hgrow(8, 1, title, sized(0, 30, container.NewStack(edge, pad(hgrow(0, 0, line), 0, 10))))
}

// markedURL draws an address with the sign that differs in a box, or with a
// box that says where it ends.
func markedURL(address string, c comparison, sign string) fyne.CanvasObject {
	if c.same {
		return newURLLine(address, nil, "")
	}
	words := role{sizeMono, theme.ColorNameWarning, fyne.TextStyle{Monospace: true, Bold: true}}
	mark := signName(sign)
	if sign == "" {
		words = role{theme.SizeNameCaptionText, theme.ColorNameWarning, bold}
		mark = say("compare.ends")
	}
	boxed := container.NewStack(newBox(colorTintWarn, theme.ColorNameWarning).rounded(4), pad(newLine(words, mark), 1, 5))
	return newURLLine(c.common, boxed, strings.TrimPrefix(address, c.common+sign))
}

// checkLine is a named check with its outcome in words and by an icon.
func checkLine(check comparisonCheck) fyne.CanvasObject {
	name := say("compare.check." + check.name)
	if check.same {
		words := newLine(roleCaptionDark, say("compare.isSame", "Name", name))
		return hrow(6, newIcon(iconTick, theme.ColorNameSuccess, 18).content, words)
	}
	strong := role{theme.SizeNameCaptionText, theme.ColorNameForeground, bold}
	words := newLine(strong, say("compare.isDifferent", "Name", name))
	return hrow(6, newIcon(iconProblem, theme.ColorNameError, 18).content, words)
}
