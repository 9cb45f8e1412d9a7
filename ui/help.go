package ui

import "fyne.io/fyne/v2"

// newHelp is the question behind Help: what the tool is, and every key.
func newHelp(version string) *modal {
	keys := vcol(2)
	for _, name := range []string{"tab", "enter", "escape", "help", "copyLink", "openPage", "error", "paste", "bigger", "smaller"} {
		keys.Add(hrow(12, sized(132, 0, newLine(roleMonoCaption, say("key."+name))), newLine(roleCaptionDark, say("key."+name+".does"))))
	}
	m := &modal{
		width: 600,
		tone:  toneInfo, title: say("help.title"), kind: say("help.version", "Version", version),
		body: []fyne.CanvasObject{
			newLabel(roleBody, say("help.what")),
			newLabel(roleBody, say("help.standIn")),
			newLabel(roleBody, say("help.screenReader")),
			newLabel(roleStrong, say("help.keys")), keys,
		},
	}
	m.buttons = []*button{m.closing(say("action.close"), nil)}
	return m
}
