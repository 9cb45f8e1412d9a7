package ui

import "fyne.io/fyne/v2/theme"

// welcome is the first page ever shown: three ways to begin.
type welcome struct{ page *page }

// newWelcome makes the page; each function is one way to begin.
func newWelcome(onPractise, onTest, onHelp func()) *welcome {
	ways := newChoices(
		choice{
			icon: iconFlask, title: say("welcome.practise.title"), text: say("welcome.practise.text"),
			chip: say("welcome.practise.chip"), fill: colorPractice, ink: colorOnPractice, chosen: onPractise,
		},
		choice{icon: theme.LoginIcon(), title: say("welcome.test.title"), text: say("welcome.test.text"), chosen: onTest},
		choice{icon: iconHeadset, title: say("welcome.help.title"), text: say("welcome.help.text"), chosen: onHelp},
	)
	grant := newIcon(iconGrant, colorNone, 64)
	words := vcol(4, newLabel(roleHeading, say("welcome.title")), newLabel(roleMuted, say("welcome.intro")))
	head := hgrow(16, 1, grant.content, words)
	return &welcome{page: &page{
		bare: true, focus: ways.first(),
		content: pad(vcol(20, head, vcol(12, newLabel(roleStrong, say("welcome.question")), ways.content)), 16, 0),
	}}
}
