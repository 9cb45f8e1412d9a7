package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// newForm puts the rows of a form below each other.
func newForm(rows ...fyne.CanvasObject) *fyne.Container { return vcol(10, rows...) }

// formRow puts a name at the left of anything, in line with its first 40 dip.
func formRow(name string, content fyne.CanvasObject) *fyne.Container {
	return container.New(&formLine{}, newLine(roleStrong, name), content)
}

// formBlank is a row without a name, for an option below the field it is
// about.
func formBlank(content fyne.CanvasObject) *fyne.Container {
	return container.New(&formLine{}, newLine(roleStrong, ""), content)
}

// formLine is a row of the form: a name column of 120, a gap of 16, the rest.
// With large text or little room the name goes above.
type formLine struct{ width float32 }

const (
	formName  = 120
	formGap   = 16
	formLeast = 440
)

func (l *formLine) above() bool {
	return factor() >= narrowText || (l.width > 0 && l.width < dip(formLeast))
}

func (l *formLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	name, content := objects[0], objects[1]
	least := name.MinSize()
	if l.above() {
		name.Move(fyne.NewPos(0, 0))
		name.Resize(least)
		top := l.nameHeight(name)
		content.Move(fyne.NewPos(0, top))
		content.Resize(fyne.NewSize(size.Width, size.Height-top))
		return
	}
	left := fyne.Max(dip(formName), least.Width) + dip(formGap)
	name.Move(fyne.NewPos(0, (dip(40)-least.Height)/2))
	name.Resize(least)
	content.Move(fyne.NewPos(left, 0))
	content.Resize(fyne.NewSize(size.Width-left, size.Height))
}

// nameHeight is the room a name above takes; a row without one takes none.
func (l *formLine) nameHeight(name fyne.CanvasObject) float32 {
	if words, ok := name.(*label); ok && words.text == "" {
		return 0
	}
	return name.MinSize().Height + dip(4)
}

func (l *formLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	name, content := objects[0], objects[1]
	least := content.MinSize()
	if l.above() {
		return fyne.NewSize(least.Width, least.Height+l.nameHeight(name))
	}
	left := fyne.Max(dip(formName), name.MinSize().Width) + dip(formGap)
	return fyne.NewSize(left+least.Width, least.Height)
}

// newSecretField makes a field for a secret with the button that shows and
// hides it.
func newSecretField(text fieldText) *field {
	in := newSecretInput()
	in.TextStyle = mono
	toggle := newButton(say("secret.show"), nil).with(theme.VisibilityIcon())
	toggle.OnTapped = func() {
		in.Password = !in.Password
		if in.Password {
			toggle.Text, toggle.Icon = say("secret.show"), theme.VisibilityIcon()
		} else {
			toggle.Text, toggle.Icon = say("secret.hide"), theme.VisibilityOffIcon()
		}
		toggle.Refresh()
		in.Refresh()
	}
	return newField(text, in, sized(148, 0, toggle))
}
