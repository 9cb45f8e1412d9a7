package ui

import (
	"time"

	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// waitingCard says how long it has been, how far the sign-in is and until when
// the tool waits; small, it is one line above an open panel.
type waitingCard struct {
	content *fyne.Container
	large   *fyne.Container
	small   *fyne.Container
	spinner *spinner
	tracker *tracker

	title, titleSmall     *label
	elapsed, elapsedSmall *label
	until, untilSmall     *label
}

func newWaitingCard(moreTime func()) *waitingCard {
	c := &waitingCard{spinner: newSpinner()}
	c.tracker = newTracker(say("waiting.opened"), say("waiting.signin"), say("waiting.choose"))
	c.title, c.titleSmall = newLabel(roleSubheading, ""), newLabel(roleStrong, "")
	bigMono := role{theme.SizeNameSubHeadingText, theme.ColorNameForeground, mono}
	c.elapsed, c.elapsedSmall = newLine(bigMono, ""), newLine(roleMono, "")
	c.until, c.untilSmall = newLabel(roleBody, ""), newLine(roleCaption, "")
	more := newButton(say("waiting.more"), moreTime).compact()
	line := hgrow(12, 1, c.spinner.content, c.title, c.elapsed)
	c.large = newCard(vcol(14, line, c.tracker.content, newRule(), hgrow(12, 0, c.until, more)))
	back := newBox(colorNone, theme.ColorNameSeparator)
	still := newIcon(iconClock, theme.ColorNamePrimary, 24)
	c.small = container.NewStack(back, container.New(rowLeast{50}, pad(hgrow(12, 1, still.content, c.titleSmall, c.untilSmall, c.elapsedSmall), 6, 16)))
	c.small.Hide()
	c.content = container.NewStack(c.large, c.small)
	return c
}

// shrink makes one line of the card, or the whole card again.
func (c *waitingCard) shrink(small bool) {
	c.large.Hidden, c.small.Hidden = small, !small
	c.content.Refresh()
}

func (c *waitingCard) show(e flow.Event, now time.Time) {
	title := say("waiting.wait")
	switch {
	case e.ByHand:
		title = say("waiting.waitHand")
	case e.Step < flow.AtBrowser:
		title = say("waiting.start")
	}
	c.title.set(title)
	c.titleSmall.set(title)
	elapsed := ""
	if !e.Started.IsZero() {
		elapsed = clock(now.Sub(e.Started))
	}
	c.elapsed.set(elapsed)
	c.spinner.beat(now)
	c.elapsedSmall.set(elapsed)
	if e.Deadline.IsZero() {
		c.until.set("")
		c.untilSmall.set("")
	} else {
		at := e.Deadline.Local().Format("15:04")
		c.until.set(say("waiting.until", "Time", at))
		c.untilSmall.set(say("waiting.untilShort", "Time", at))
	}
	c.tracker.show(progress(e))
}

// progress is how far the sign-in is, as far as this tool can see: it never
// sees the sign-in page itself.
func progress(e flow.Event) int {
	switch {
	case e.Step >= flow.Confirming:
		return 3
	case e.Contact:
		return 1
	}
	return 0
}
