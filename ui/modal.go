package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// modal is a question on top of the window, for when the flow has stopped
// (UX §3.9): an icon and a title, the kind and who can fix it, what happened
// and why, the steps, the technical details behind a fold, and the buttons
// with the primary last.
//
// Esc does what escape says, Enter presses the button that has the focus, and
// closing gives the focus back to what had it before. A body too high for the
// window scrolls; title and buttons stay.
type modal struct {
	tone    tone
	title   string
	kind    string // one line: the kind in words, and who can fix it
	body    []fyne.CanvasObject
	details string // behind the fold; empty leaves the fold away
	ref     string // beside the fold; may be empty
	opened  bool   // the fold is open from the start
	buttons []*button
	focus   fyne.Focusable // at first; nil means the last button
	escape  func()         // nil means close
	width   float32        // 540 unless told otherwise
	closed  func()         // told after it has gone; may be nil

	frame  *frame
	veil   *veil
	popKey func()
	before fyne.Focusable
	scroll *container.Scroll
}

// closing makes a button that closes the question and then acts.
func (m *modal) closing(words string, then func()) *button {
	return newButton(words, func() {
		m.close()
		if then != nil {
			then()
		}
	})
}

// show opens the question over a frame.
func (m *modal) show(f *frame) {
	m.frame = f
	if m.width == 0 {
		m.width = 540
	}
	canvas := f.window.Canvas()
	m.before = canvas.Focused()
	m.veil = newVeil(m.build())
	canvas.Overlays().Add(m.veil)
	m.popKey = f.keys.push(keymap{keyEnter: m.onEnter, keyEscape: m.onEscape})
	if m.focus == nil && len(m.buttons) > 0 {
		m.focus = m.buttons[len(m.buttons)-1]
	}
	if m.focus != nil {
		canvas.Focus(m.focus)
	}
}

// close takes the question away. Closing twice does nothing.
func (m *modal) close() {
	if m.veil == nil {
		return
	}
	m.popKey()
	m.frame.window.Canvas().Overlays().Remove(m.veil)
	m.veil = nil
	if m.before != nil {
		m.frame.window.Canvas().Focus(m.before)
	}
	if m.closed != nil {
		m.closed()
	}
}

// fit gives the question the size its content needs now. Call it after the
// content has changed.
func (m *modal) fit() {
	if m.veil != nil {
		m.veil.Refresh()
	}
}

// onEnter comes only when nothing has the focus, which a click beside the
// buttons does: it gives the focus back rather than deciding something.
func (m *modal) onEnter() {
	if m.focus != nil {
		m.frame.window.Canvas().Focus(m.focus)
	}
}

func (m *modal) onEscape() {
	if m.escape != nil {
		m.escape()
		return
	}
	m.close()
}

func (m *modal) build() fyne.CanvasObject {
	words := vcol(2, newLabel(roleSubheading, m.title), newLabel(roleCaption, m.kind))
	head := htop(12, 1, newIcon(m.tone.icon, m.tone.color, 32).content, words)
	body := vcol(12, m.body...)
	if m.details != "" || m.ref != "" {
		body.Add(m.evidence())
	}
	m.scroll = container.NewVScroll(pad(body, 0, 6, 0, 0))
	foot := wrapRight(12)
	for _, b := range m.buttons {
		foot.Add(b)
	}
	return container.New(&modalBox{modal: m}, head, m.scroll, foot)
}

// evidence is the line with the fold and the ref, and what the fold opens.
func (m *modal) evidence() fyne.CanvasObject {
	ref := newLine(roleMonoCaption, m.ref)
	if m.details == "" {
		return hgrow(0, 0, gap(0, 0), ref)
	}
	facts := newCopyable(role{sizeMonoCaption, theme.ColorNameForeground, mono}, m.details)
	details := newFold(say("details.show"), say("details.hide"), pad(newFlatCard(facts), 8, 0, 0, 0))
	details.show(m.opened)
	details.onToggle = func(bool) { m.fit() }
	return vcol(0, hgrow(12, 1, details.head, gap(0, 0), ref), details.body)
}
