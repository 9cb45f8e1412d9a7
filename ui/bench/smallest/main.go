// Command smallest is the smallest window Fyne can show: what Grant Helper is
// measured against. Its size is that of Grant Helper's window, since the time
// to paint grows with it; its one line of words makes it load a font.
package main

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/app"
	"fyne.io/fyne/v2/widget"
)

func main() {
	window := app.NewWithID("org.granthelper.smallest").NewWindow("Smallest")
	window.SetContent(widget.NewLabel("The smallest window there is"))
	window.Resize(fyne.NewSize(900, 640))
	window.ShowAndRun()
}
