package ui

import (
	"granthelper/flow"

	"fyne.io/fyne/v2"
)

// newTimeline lists what happened: the time, who did it, and one sentence.
func newTimeline(lines []flow.Happening) *fyne.Container {
	list := vcol(6)
	for _, h := range lines {
		list.Add(timelineRow(h))
	}
	return list
}

func timelineRow(h flow.Happening) fyne.CanvasObject {
	at := sized(72, 0, newLine(roleMonoCaption, h.At.Local().Format("15:04:05")))
	who := sized(76, 0, newLine(roleCaption, say("actor."+string(h.Who))))
	return htop(8, 2, at, who, newLabel(roleCaptionDark, happeningWords(h)))
}

// happeningWords is the sentence of one line. A problem that a person told of
// is named by its title, not by its code.
func happeningWords(h flow.Happening) string {
	facts := flow.Facts{}
	for name, value := range h.Facts {
		facts[name] = value
	}
	if code, ok := facts["code"]; ok {
		facts["title"] = say(wordKey(flow.Code(code), "title"))
	}
	return tell("timeline."+h.What, facts)
}
