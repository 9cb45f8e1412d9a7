package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// spinner says that something goes on. When the computer is set to no
// animations it is a still clock; the words beside it say the same.
type spinner struct {
	content  *fyne.Container
	activity *widget.Activity
}

// newSpinner makes a spinner of 28 dip that turns from the start.
func newSpinner() *spinner {
	if !fyne.CurrentApp().Settings().ShowAnimations() {
		return &spinner{content: newIcon(iconClock, theme.ColorNamePrimary, 28).content}
	}
	s := &spinner{activity: widget.NewActivity()}
	s.activity.Start()
	s.content = sized(28, 28, s.activity)
	return s
}

// stop ends the turning; a page calls it when it goes.
func (s *spinner) stop() {
	if s.activity != nil {
		s.activity.Stop()
	}
}
