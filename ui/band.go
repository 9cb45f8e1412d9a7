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

	back *box
	mark *fyne.Container
	name *label
	chip *fyne.Container
	mode mode
}

// newBand makes the bar with no mode. A nil function leaves its button away.
func newBand(onHelp, onSettings func()) *band {
	b := &band{face: newBox(colorNone, theme.ColorNameInputBorder).rounded(6), stripe: newStripe(colorNone)}
	b.back = newStripe(colorSurface)
	b.mark = newIcon(iconGrant, colorNone, 24).content
	b.name = newLine(roleStrong, say("app.name"))
	b.picture = newIcon(iconServer, theme.ColorNameForeground, 18)
	b.words = newLine(roleCaption, "")
	b.chip = container.NewStack(b.face, sized(0, 28, pad(hrow(8, b.picture.content, b.words), 0, 12)))
	b.help = newQuiet(say("bar.help"), onHelp).with(theme.HelpIcon()).compact()
	b.settings = newQuiet(say("bar.settings"), onSettings).with(theme.SettingsIcon()).compact()
	b.help.Hidden, b.settings.Hidden = onHelp == nil, onSettings == nil
	b.content = container.New(&bandBox{band: b}, b.back, b.mark, b.name, b.chip, b.help, b.settings, b.stripe)
	b.show(modeNone, "")
	return b
}

// show sets the mode; host is the name of the real server.
func (b *band) show(m mode, host string) {
	b.mode = m
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
