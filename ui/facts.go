package ui

import (
	"granthelper/flow"

	"fyne.io/fyne/v2"
)

// tell gives the words of a key filled with facts from flow.
func tell(key string, facts flow.Facts) string {
	var list []any
	for name, value := range facts {
		list = append(list, name, value)
	}
	return say(key, list...)
}

// focus moves the keyboard focus to something that is shown.
func focus[T interface {
	fyne.CanvasObject
	fyne.Focusable
}](to T) {
	if canvas := fyne.CurrentApp().Driver().CanvasForObject(to); canvas != nil {
		canvas.Focus(to)
	}
}
