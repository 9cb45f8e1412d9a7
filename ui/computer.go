package ui

import (
	"strings"

	"granthelper/flow"

	"fyne.io/fyne/v2"
)

// computer is step 2: can this tool wait where the callback leads, do the
// browsers trust this computer, does the server answer. It is skipped when all
// of it is fine.
type computer struct {
	page  *page
	list  *checkList
	story *fyne.Container
	proof *fold
	print *copyable
	busy  *label

	back, skip, setUp, again, goOn *button
}

// computerActions are what the page can ask for.
type computerActions struct {
	back, byHand, setUp, again, goOn func()
	trouble                          func(*flow.Problem) // show a problem's dialog
}

func newComputer(do computerActions) *computer {
	c := &computer{busy: newLabel(roleCaption, ""), list: newCheckList(do.trouble)}
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
	c.goOn = newButton(say("computer.goOn"), do.goOn)
	c.setUp = newPrimary(say("computer.setUp"), do.setUp)
	c.page = &page{
		title: say("rail.computer"), step: 1, escape: do.back, status: c.busy,
		content: vcol(16, newHead(say("computer.title"), say("computer.intro"), nil), c.list.content, c.story),
	}
	return c
}

// show tells what was found so far, and offers the one next step.
func (c *computer) show(found flow.Computer) {
	c.list.show(found)
	certificate := found.Check(flow.CheckCertificate)
	missing := certificate.State == flow.Noted && certificate.Problem == nil
	c.print.set(found.Report.Fingerprint)
	c.story.Hidden = !missing
	c.proof.content.Hidden = found.Report.Fingerprint == ""
	switch {
	case missing && found.CanWait():
		c.offer(c.setUp, c.back, c.skip)
	case found.CanWait() && (found.Report.Believed() || certificate.State == flow.LeftOut):
		c.offer(c.again, c.back, c.goOn) // the server is in the way, or one browser's list of several
	default:
		c.offer(c.again, c.back, c.skip)
	}
}

func (c *computer) offer(next *button, others ...*button) {
	c.page.buttons = append(others, next)
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

// slow names what is still waited for, and lets the person go on without it.
func (c *computer) slow(found flow.Computer) {
	var names []string
	for _, id := range found.Pending() {
		names = append(names, say("check."+string(id)))
	}
	c.busy.set(say("computer.slow", "Names", strings.Join(names, ", ")))
	c.skip.enable(true)
	c.goOn.enable(found.CanWait())
	c.offer(c.goOn, c.back, c.skip)
}
