package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// mode is what the window works with; a presenter must never mistake one for
// the other, so it is always told in words, by an icon and by a stripe.
type mode int

const (
	modeNone mode = iota
	modePractice
	modeReal
)

// band is the top bar: the name, the mode, Help and Settings, and a stripe in
// the colour of the mode.
type band struct {
	content  *fyne.Container
	face     *box
	picture  *icon
	words    *label
	stripe   *box
	help     *button
	settings *button
}

// newBand makes the bar with no mode. A nil function leaves its button away.
func newBand(onHelp, onSettings func()) *band {
	b := &band{face: newBox(colorNone, theme.ColorNameInputBorder).rounded(6), stripe: newStripe(colorNone)}
	b.picture = newIcon(iconServer, theme.ColorNameForeground, 18)
	b.words = newLine(roleCaption, "")
	chip := container.NewStack(b.face, sized(0, 28, pad(hrow(8, b.picture.content, b.words), 0, 12, 0, 12)))
	b.help = newQuiet(say("bar.help"), onHelp).with(theme.HelpIcon()).compact()
	b.settings = newQuiet(say("bar.settings"), onSettings).with(theme.SettingsIcon()).compact()
	b.help.Hidden, b.settings.Hidden = onHelp == nil, onSettings == nil
	grant := newIcon(iconGrant, colorNone, 24)
	line := hgrow(0, 4, grant.content, gap(10, 0), newLine(roleStrong, say("app.name")), gap(24, 0), hrow(0, chip), b.help, b.settings)
	bar := container.NewStack(newStripe(colorSurface), pad(line, 0, 12, 0, 16))
	b.content = container.New(bandBox{}, bar, b.stripe)
	b.show(modeNone, "")
	return b
}

// show sets the mode; host is the name of the real server.
func (b *band) show(m mode, host string) {
	b.picture.content.Show()
	switch m {
	case modePractice:
		b.face.paint(colorPractice, colorNone)
		b.picture.set(iconFlask, colorOnPractice)
		b.words.setRole(roleCaption.in(colorOnPractice))
		b.words.set(say("mode.practice"))
		b.stripe.paint(colorPractice, colorNone)
	case modeReal:
		b.face.paint(theme.ColorNameBackground, theme.ColorNameInputBorder)
		b.picture.set(iconServer, theme.ColorNameForeground)
		b.words.setRole(roleCaptionDark)
		b.words.set(say("mode.real", "Host", host))
		b.stripe.paint(theme.ColorNameInputBorder, colorNone)
	default:
		b.face.paint(theme.ColorNameBackground, theme.ColorNameSeparator)
		b.picture.content.Hide()
		b.words.setRole(roleCaption)
		b.words.set(say("mode.none"))
		b.stripe.paint(theme.ColorNameSeparator, colorNone)
	}
	b.content.Refresh()
}

// bandBox lays the bar 48 high above a stripe of 3, which does not grow with
// the text. Without a mode the stripe is as thin as any line.
type bandBox struct{}

func (bandBox) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	bar, stripe := objects[0], objects[1]
	bar.Resize(fyne.NewSize(size.Width, size.Height-3))
	stripe.Move(fyne.NewPos(0, size.Height-3))
	stripe.Resize(fyne.NewSize(size.Width, 3))
}

func (bandBox) MinSize(objects []fyne.CanvasObject) fyne.Size {
	return fyne.NewSize(objects[0].MinSize().Width, dip(48)+3)
}
