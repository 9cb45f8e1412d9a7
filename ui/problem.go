package ui

import (
	"strings"
	"time"

	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// problemDialog shows one problem on top of the window (UX §3.9): what
// happened, why, what to do, who can do it, and a first button that does the
// first step. Comparing, notes and details are done in it; every other action
// closes it and is handed to the window.
type problemDialog struct {
	frame   *frame
	actions *signInActions
	helping bool // technical details are open from the start

	modal   *modal
	shown   *flow.Problem
	event   flow.Event
	words   problemWords
	note    string
	panel   *comparePanel
	primary *button
}

func newProblemDialog(f *frame, a *signInActions) *problemDialog {
	return &problemDialog{frame: f, actions: a}
}

// show follows an attempt: a problem that ended it or that presses is opened
// once, and closed again when the attempt has got over it.
func (d *problemDialog) show(e flow.Event, now time.Time) {
	p := e.Problem
	if p == nil {
		p = e.Pressing
	}
	if p == d.shown {
		return
	}
	d.close()
	d.shown = p
	if p != nil {
		d.open(p, e, now)
	}
}

// open shows a problem at once. Outside an attempt the event may be empty but
// for its request, which the notes and the comparison are made from.
func (d *problemDialog) open(p *flow.Problem, e flow.Event, now time.Time) {
	d.close()
	d.shown, d.event, d.panel, d.note = p, e, nil, ""
	d.words = wordsOf(p, e.Ref, now)
	if e.Step.Final() && d.words.primary == flow.KeepWaiting {
		d.words.primary, d.words.another = flow.StartAgain, flow.CopyDetails // the hour is over: nothing waits any more
	}
	m := &modal{tone: d.words.tone, title: d.words.title, kind: d.words.who, details: d.words.technical, width: 600}
	m.opened = d.helping
	m.ref = say("problem.ref", "Ref", d.words.ref)
	m.body = d.body(p, e, now)
	if d.panel != nil {
		m.width = 680 // so that the comparison fits without scrolling
	}
	d.modal = m
	d.primary = newPrimary("", nil)
	if another := d.words.another; another != flow.CloseWords && d.words.primary != flow.CloseWords {
		m.buttons = append(m.buttons, newQuiet(say("action.close"), d.close))
	}
	m.buttons = append(m.buttons, newButton(say("action."+string(d.words.another)), func() { d.act(d.words.another) }), d.primary)
	d.setPrimary()
	m.show(d.frame)
}

// close takes the dialog away.
func (d *problemDialog) close() {
	if d.modal != nil {
		m := d.modal
		d.modal = nil
		m.close()
	}
}

// body builds the text between the head and the buttons.
func (d *problemDialog) body(p *flow.Problem, e flow.Event, now time.Time) []fyne.CanvasObject {
	text := vcol(0, newLabel(roleBody, d.words.what), newLabel(roleBody, d.words.why))
	todo := vcol(4, newLabel(roleStrong, say("problem.todo")), newSteps(d.words.steps))
	body := []fyne.CanvasObject{text, todo}
	if title, note := noteFor(p, e.Request, d.words.ref, now); note != "" {
		d.note = note
		heading := newLabel(role{theme.SizeNameCaptionText, theme.ColorNameForeground, bold}, title)
		card := newFlatCard(vcol(2, heading, newCopyable(roleCaptionDark, note)))
		body = append(body, card)
	}
	if d.words.primary == flow.CompareTwo {
		d.panel = newComparePanel(e.Request.Callback, d.onPaste)
		d.panel.content.Hide()
		return []fyne.CanvasObject{vcol(6, text, todo, d.panel.content)}
	}
	return body
}

// setPrimary gives the first button the words and the deed of this moment.
func (d *problemDialog) setPrimary() {
	action := d.words.primary
	words, tapped, picture := say("action."+string(action)), func() { d.act(action) }, fyne.Resource(nil)
	if d.panel != nil && d.panel.content.Visible() {
		switch d.panel.saved {
		case "":
			words, tapped, picture = say("compare.paste"), d.onPaste, theme.ContentPasteIcon()
		case d.panel.yours:
			words, tapped = say("action.start_again"), func() { d.act(flow.StartAgain) }
		default:
			words, tapped = say("compare.use"), d.onUseSaved
		}
	} else if copies(action) {
		picture = theme.ContentCopyIcon()
	}
	d.primary.Text, d.primary.OnTapped, d.primary.Icon = words, tapped, picture
	d.primary.Refresh()
}

func copies(a flow.Action) bool {
	return a == flow.NoteForAdmin || a == flow.NoteForOwner || a == flow.CopyDetails || a == flow.CopyLink
}

// act does an action of the catalogue.
func (d *problemDialog) act(action flow.Action) {
	switch action {
	case flow.CompareTwo:
		d.onCompare()
	case flow.NoteForAdmin, flow.NoteForOwner:
		d.copy(d.note, action)
	case flow.CopyDetails:
		d.copy(d.details(), action)
	case flow.CloseWords:
		d.close()
	default:
		d.close()
		d.actions.do(action, d.shown)
	}
}

// copy hands a text to the clipboard and says so on the button that did it.
func (d *problemDialog) copy(text string, action flow.Action) {
	d.actions.copyText(text)
	words := say("action." + string(action))
	for _, b := range d.modal.buttons {
		if b.Text == words {
			b.Text, b.Icon = say("problem.copied"), theme.ConfirmIcon()
			b.Refresh()
		}
	}
	d.modal.fit()
}

// details is what "Copy details" copies: the words as well as the evidence,
// so that a helper needs no second message.
func (d *problemDialog) details() string {
	lines := []string{d.words.title, d.words.what, d.words.why, "", d.words.technical}
	if d.event.Request.Callback != "" {
		lines = append(lines, say("evidence.callback", "Callback", d.event.Request.Callback))
	}
	if d.panel != nil && d.panel.saved != "" {
		lines = append(lines, say("evidence.saved", "Saved", flow.Sanitize(d.panel.saved)))
	}
	return strings.Join(lines, "\n")
}

// onCompare opens the comparison below the steps.
func (d *problemDialog) onCompare() {
	d.panel.content.Show()
	d.compared()
}

// onPaste takes the saved URL from the clipboard. White space around it came
// with the copying.
func (d *problemDialog) onPaste() {
	d.panel.show(strings.TrimSpace(d.actions.paste()))
	d.compared()
}

func (d *problemDialog) compared() {
	d.panel.paste.Hidden = d.panel.saved == "" // then the first button pastes
	d.setPrimary()
	d.modal.fit()
	focus(d.primary)
}

func (d *problemDialog) onUseSaved() {
	saved := d.panel.saved
	d.close()
	d.actions.useSaved(saved)
}
