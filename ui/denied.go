package ui

import (
	"time"

	"granthelper/flow"

	"fyne.io/fyne/v2/theme"
)

// denied is step 4 when the person at the sign-in page said no (UX §3.7): a
// choice, told calmly, and never a problem.
type denied struct {
	page    *page
	actions *signInActions

	ref       *label
	technical *copyable
	wanted    *option
	status    *label
	details   *fold
	shown     string // the attempt that is drawn
}

func newDenied(a *signInActions) *denied {
	d := &denied{actions: a, status: newLabel(roleCaption, say("denied.status"))}
	words := wordsOf(&flow.Problem{Code: flow.AccessDenied}, "", time.Time{})
	d.ref = newLine(roleMonoCaption, "")
	d.technical = newCopyable(role{sizeMonoCaption, theme.ColorNameForeground, mono}, "")
	d.wanted = newOption(say("denied.wanted"), say("denied.wantedHelp"), d.onWanted)
	d.details = newFold(say("details.show"), say("details.hide"), pad(newFlatCard(d.technical), 8, 0, 0, 0))
	d.details.onToggle = func(bool) { d.changed() }
	done := newPrimary(say("denied.done"), func() { a.do(flow.FinishDone, nil) })
	d.page = &page{
		title: words.title, step: 3,
		content: vcol(20,
			newResultHead(words.tone, words.title, say("denied.kind")),
			vcol(0, newLabel(roleBody, words.what), newLabel(roleBody, words.why)),
			vcol(6, newLabel(roleStrong, say("problem.todo")), newSteps(words.steps)),
			newFlatCard(d.wanted.content),
			vcol(0, hgrow(12, 1, d.details.head, gap(0, 0), d.ref), d.details.body)),
		status: d.status, buttons: []*button{newButton(say("denied.again"), func() { a.do(flow.AskAgain, nil) }), done},
		primary: done.OnTapped, focus: done,
	}
	return d
}

// show draws the refusal of an attempt; the clock does not matter here.
func (d *denied) show(e flow.Event, _ time.Time) {
	if d.shown == e.Ref {
		return
	}
	d.shown = e.Ref
	words := wordsOf(&flow.Problem{Code: flow.AccessDenied, Step: e.Step}, e.Ref, e.Since)
	d.ref.set(say("problem.ref", "Ref", words.ref))
	d.technical.set(words.technical)
	d.wanted.check.SetChecked(false)
	d.status.set(say("denied.status"))
	d.changed()
}

func (d *denied) onWanted(yes bool) {
	d.status.set(say("denied.status"))
	if yes {
		d.status.set(say("denied.passed"))
	}
}

func (d *denied) changed() {
	d.page.content.Refresh()
	d.actions.relayout()
}
