package ui

import (
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// spinner says that something goes on: three dots, of which the next one
// lights up with every second. Fyne's own turns sixty times a second, which
// keeps a processor busy for as long as a person takes to sign in. When the
// computer is set to no animations it is a still clock; the words beside it
// say the same.
type spinner struct {
	content *fyne.Container
	dots    []*box
	lit     int
}

// newSpinner makes a spinner of 28 dip.
func newSpinner() *spinner {
	if !fyne.CurrentApp().Settings().ShowAnimations() {
		return &spinner{content: newIcon(iconClock, theme.ColorNamePrimary, 28).content}
	}
	s := &spinner{lit: -1}
	line := hrow(4)
	for range 3 {
		dot := newBox(theme.ColorNameSeparator, colorNone).rounded(3.5)
		s.dots = append(s.dots, dot)
		line.Add(sized(7, 7, dot))
	}
	s.content = sized(28, 28, pad(line, 10.5, 0))
	s.beat(time.Time{})
	return s
}

// beat lights the dot of this second.
func (s *spinner) beat(now time.Time) {
	if len(s.dots) == 0 {
		return
	}
	lit := now.Second() % len(s.dots)
	if lit == s.lit {
		return
	}
	s.lit = lit
	for i, dot := range s.dots {
		fill := theme.ColorNameSeparator
		if i == lit {
			fill = theme.ColorNamePrimary
		}
		dot.paint(fill, colorNone)
	}
}
