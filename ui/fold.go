package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// fold is a line in the colour of a link with a chevron; pressing it opens
// what is below and pressing it again closes that. The chevron turns and the
// words change, so the state is never told by the picture alone.
type fold struct {
	content  *fyne.Container // line and body, for use in one place
	head     *press          // the line alone
	body     *fyne.Container // what opens, for use elsewhere
	onToggle func(open bool)

	closed, opened string
	open           bool
	chevron        *icon
	words          *label
}

// newFold makes a fold of normal text size.
func newFold(closed, opened string, body fyne.CanvasObject) *fold {
	return makeFold(roleLink, closed, opened, body)
}

// newHelpFold makes a fold of caption size, for the help of a field.
func newHelpFold(closed, opened string, body fyne.CanvasObject) *fold {
	return makeFold(roleLinkCaption, closed, opened, body)
}

func makeFold(r role, closed, opened string, body fyne.CanvasObject) *fold {
	f := &fold{closed: closed, opened: opened}
	f.chevron = newIcon(iconClosed, theme.ColorNameHyperlink, 14)
	f.words = newLine(r, closed)
	f.head = newPress(pad(hrow(2, f.chevron.content, f.words), 3, 0), f.spoken, f.toggle)
	f.head.radius = 3
	f.body = vcol(0, body)
	f.body.Hide()
	// The head sits in a row of its own so that only the words are pressed.
	f.content = vcol(6, hrow(0, f.head), f.body)
	return f
}

func (f *fold) spoken() string {
	if f.open {
		return say("fold.isOpen", "Words", f.closed)
	}
	return say("fold.isClosed", "Words", f.closed)
}

// toggle opens or closes.
func (f *fold) toggle() { f.show(!f.open) }

// show opens or closes as told.
func (f *fold) show(open bool) {
	if f.open == open {
		return
	}
	f.open = open
	if open {
		f.chevron.set(iconOpened, theme.ColorNameHyperlink)
		f.words.set(f.opened)
		f.body.Show()
	} else {
		f.chevron.set(iconClosed, theme.ColorNameHyperlink)
		f.words.set(f.closed)
		f.body.Hide()
	}
	f.content.Refresh()
	f.head.Refresh()
	if f.onToggle != nil {
		f.onToggle(open)
	}
}
