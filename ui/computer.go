package ui

import (
	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// computer is step 2: can this tool wait at the callback's port, and do the
// browsers trust this computer. It is skipped when both are fine.
type computer struct {
	page  *page
	port  *checkRow
	trust *checkRow
	story *fyne.Container
	proof *fold
	print *copyable
	busy  *label

	back, skip, setUp, again, goOn *button
	found                          flow.Computer
}

// computerActions are what the page can ask for.
type computerActions struct {
	back, byHand, setUp, again, goOn func()
	trouble                          func(*flow.Problem) // show a problem's dialog
}

func newComputer(do computerActions) *computer {
	c := &computer{busy: newLabel(roleCaption, "")}
	c.port = newCheckRow(func() { do.trouble(c.found.Port) })
	c.trust = newCheckRow(func() { do.trouble(c.found.Trust) })
	c.print = newCopyable(roleMonoCaption, "")
	c.proof = newHelpFold(say("computer.proof"), say("computer.proofHide"), vcol(4, newLabel(roleCaptionDark, say("computer.proofHow")), c.print))
	c.story = newFlatCard(vcol(12,
		newLabel(roleSubheading, say("computer.story.title")),
		newLabel(roleBody, say("computer.story.why")),
		newLabel(roleBody, say("computer.story.changes")),
		newLabel(roleBody, say("computer.story.same")),
		c.proof.content,
	))
	c.back = newButton(say("button.back"), do.back)
	c.skip = newButton(say("computer.skip"), do.byHand)
	c.again = newPrimary(say("action.try_again"), do.again)
	c.goOn = newPrimary(say("action.go_on"), do.goOn)
	c.setUp = newPrimary(say("computer.setUp"), do.setUp)
	c.page = &page{
		title: say("rail.computer"), step: 1, escape: do.back, status: c.busy,
		content: vcol(16,
			newHead(say("computer.title"), say("computer.intro"), nil),
			newTightCard(vcol(0, c.port.content, newRule(), c.trust.content)),
			c.story),
	}
	return c
}

// show tells what was found, and offers the one next step.
func (c *computer) show(found flow.Computer) {
	c.found = found
	port := ""
	if found.Callback != nil {
		port = flow.CallbackPort(found.Callback)
	}
	if found.Port == nil {
		c.port.show(toneOK, say("computer.port.free", "Port", port), say("computer.ready"), false)
	} else {
		c.port.show(toneProblem, tell("problem."+string(found.Port.Code)+".title", found.Port.Facts), say("computer.problem"), true)
	}
	switch {
	case found.Trust != nil:
		c.trust.show(toneProblem, tell("problem."+string(found.Trust.Code)+".title", found.Trust.Facts), say("computer.problem"), true)
	case found.Report.Trusted():
		c.trust.show(toneOK, say("computer.trust.ready"), say("computer.ready"), false)
	case found.Report.Believed():
		c.trust.show(toneCaution, say("computer.trust.some"), say("computer.oneStep"), false)
	default:
		c.trust.show(toneCaution, say("computer.trust.missing"), say("computer.oneStep"), false)
	}
	c.print.set(found.Report.Fingerprint)
	c.story.Hidden = found.Report.Trusted()
	c.proof.content.Hidden = found.Report.Fingerprint == ""
	next := c.setUp
	switch {
	case found.Port == nil && found.Trust != nil && found.Report.Believed():
		next = c.goOn // one browser's list refused; another browser is ready
	case found.Port != nil || found.Trust != nil || found.Report.Trusted():
		next = c.again
	}
	c.page.buttons = []*button{c.back, c.skip, next}
	c.page.primary = next.press
	c.page.focus = next
}

// working says what is being done and holds the buttons meanwhile.
func (c *computer) working(words string) {
	c.busy.set(words)
	for _, b := range []*button{c.setUp, c.again, c.goOn, c.skip} {
		b.enable(words == "")
	}
}

// checkRow is one check: its sign, what was found, and the state in a word;
// with a problem also the way to its words.
type checkRow struct {
	content *fyne.Container
	sign    *icon
	words   *label
	chip    *chip
	more    *button
}

func newCheckRow(onMore func()) *checkRow {
	r := &checkRow{sign: newIcon(iconClock, toneInfo.color, 24), words: newLabel(roleBody, ""), chip: newChip(toneInfo, "")}
	r.more = newButton(say("computer.whatToDo"), onMore).compact()
	r.content = container.New(rowLeast{40}, hgrow(12, 1, r.sign.content, r.words, r.chip.content, r.more))
	return r
}

func (r *checkRow) show(t tone, words, state string, more bool) {
	r.sign.set(t.icon, t.color)
	r.words.set(words)
	r.chip.set(t, state)
	r.more.Hidden = !more
	r.content.Refresh()
}

// newTightCard is a card for rows that bring their own height.
func newTightCard(content fyne.CanvasObject) *fyne.Container {
	return container.NewStack(newBox(colorNone, theme.ColorNameSeparator), pad(content, 6, 16))
}
