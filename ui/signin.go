package ui

import (
	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// signInActions is what the screens of a sign-in ask the window to do. All of
// them must be set; none of them may block.
type signInActions struct {
	back     func() // to the step before, nothing lost
	openPage func() // start the attempt and open the browser
	copyPage func() // start the attempt without the browser; the link goes to the clipboard

	openAgain   func()
	copyLink    func() // a fresh link; then call waiting.copied
	showLink    func() // a fresh link; then call waiting.showLink
	stopWaiting func()
	moreTime    func()

	paste        func() string                        // the clipboard's text
	readError    func(text string) flow.Reading       // see [flow.Request.ReadError]
	report       func(p *flow.Problem)                // the person saw this in the browser
	pasteAddress func(text string)                    // the person brings the answer
	help         func(p *flow.Problem)                // open the words of this problem
	do           func(a flow.Action, p *flow.Problem) // whatever the screens cannot do by themselves

	confirm    func(digits string)
	disown     func()
	startAgain func()

	copyCode func() // the code of the result, cleared after a minute
	copyText func(text string)
	useSaved func(callback string) // as the callback URL, then start again
	relayout func()                // the page grew or shrank
}

// signIn is step 3 before the browser opens: it says what will happen there.
type signIn struct {
	page  *page
	intro *label
	last  *label
	list  *checkList
	fold  *fold
}

func newSignIn(a *signInActions) *signIn {
	s := &signIn{intro: newLabel(roleMuted, ""), last: newLabel(roleBody, "")}
	head := vcol(2, newLabel(roleHeading, say("signin.title")), s.intro)
	list := vcol(10, numbered(1, newLabel(roleBody, say("signin.step1"))), numbered(2, newLabel(roleBody, say("signin.step2"))), numbered(3, s.last))
	card := newCard(vcol(14, newLabel(roleSubheading, say("signin.in")), list, newRule(), newNoteLine(toneInfo, say("signin.older"))))
	s.list = newCheckList(nil)
	s.fold = newFold(say("signin.checked"), say("signin.checkedHide"), newFlatCard(s.list.content))
	s.fold.onToggle = func(bool) { a.relayout() }
	open := newPrimary(say("signin.open"), a.openPage)
	s.page = &page{
		title: say("signin.title"), content: vcol(16, head, card, s.fold.content), step: 2,
		buttons: []*button{newQuiet(say("signin.back"), a.back), newButton(say("signin.copy"), a.copyPage).with(theme.ContentCopyIcon()), open},
		primary: a.openPage, escape: a.back, focus: open,
	}
	s.show(false, flow.Computer{})
	return s
}

// show says who brings the answer back, the browser or the person by hand, and
// what was looked at.
func (s *signIn) show(byHand bool, found flow.Computer) {
	s.list.show(found)
	s.fold.content.Hidden = len(found.Checks) == 0
	if byHand {
		s.intro.set(say("signin.introHand"))
		s.last.set(say("signin.step3Hand"))
		return
	}
	s.intro.set(say("signin.intro"))
	s.last.set(say("signin.step3"))
}

// numbered puts a circle with a number before a line.
func numbered(number int, line fyne.CanvasObject) fyne.CanvasObject {
	badge := newBadge(number)
	badge.show(stepNext)
	return hgrow(12, 1, badge.content, line)
}
