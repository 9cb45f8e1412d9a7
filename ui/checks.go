package ui

import (
	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// checkList shows every check with its result: what needs a person in tall
// rows on top, all else in short lines below.
type checkList struct {
	content *fyne.Container
	tall    *fyne.Container // rows, with rules between them
	short   *fyne.Container // lines, in two columns
	card    *fyne.Container
	rows    map[flow.CheckID]*checkRow
	lines   map[flow.CheckID]*shortCheck
	trouble func(*flow.Problem) // shows a problem's dialog; nil: no tall rows
	found   flow.Computer
}

func newCheckList(trouble func(*flow.Problem)) *checkList {
	l := &checkList{
		tall: vcol(0), short: container.NewGridWithColumns(2), trouble: trouble,
		rows: map[flow.CheckID]*checkRow{}, lines: map[flow.CheckID]*shortCheck{},
	}
	l.card = newTightCard(l.tall)
	l.content = vcol(12, l.card, l.short)
	return l
}

// stands reports whether a line is one of the tall rows: port and certificate,
// which this computer has to have ready, and whatever has more to say.
func (l *checkList) stands(check flow.Check) bool {
	if l.trouble == nil {
		return false
	}
	return check.Problem != nil || check.ID == flow.CheckCertificate ||
		(check.ID == flow.CheckPort && check.State != flow.LeftOut)
}

// show draws what was found so far.
func (l *checkList) show(found flow.Computer) {
	l.found = found
	l.tall.Objects, l.short.Objects = nil, nil
	for _, check := range found.Checks {
		if !l.stands(check) {
			l.short.Objects = append(l.short.Objects, l.line(check))
			continue
		}
		if len(l.tall.Objects) > 0 {
			l.tall.Objects = append(l.tall.Objects, newRule())
		}
		l.tall.Objects = append(l.tall.Objects, l.row(check))
	}
	l.card.Hidden = len(l.tall.Objects) == 0
	l.content.Refresh()
}

// checkWords says how a check came out. A problem speaks by its title.
func checkWords(check flow.Check) string {
	name := say("check." + string(check.ID))
	switch {
	case check.Problem != nil:
		return say("check.problem", "Name", name, "Title", tell(wordKey(check.Problem.Code, "title"), check.Problem.Facts))
	case check.State == flow.Pending:
		return say("check.pending", "Name", name)
	case check.State == flow.LeftOut:
		return say("check.leftOut", "Name", name)
	case check.State == flow.Noted:
		return tell("check."+string(check.ID)+".noted", check.Facts)
	}
	return tell("check."+string(check.ID)+".passed", check.Facts)
}

// checkTone is the colour and the sign of a check's state.
func checkTone(check flow.Check) tone {
	switch check.State {
	case flow.Passed:
		return toneOK
	case flow.Stopped:
		return kindTones[check.Problem.Entry().Kind]
	case flow.Noted:
		if check.Problem != nil || check.ID == flow.CheckCertificate {
			return toneCaution
		}
		return toneInfo
	}
	return tone{colorSurface, theme.ColorNamePlaceHolder, iconClock}
}

func (l *checkList) line(check flow.Check) fyne.CanvasObject {
	line, made := l.lines[check.ID]
	if !made {
		line = newShortCheck()
		l.lines[check.ID] = line
	}
	t := checkTone(check)
	if check.State == flow.LeftOut {
		t.icon = iconInfo
	}
	line.sign.set(t.icon, t.color)
	line.words.set(checkWords(check))
	return line.content
}

func (l *checkList) row(check flow.Check) fyne.CanvasObject {
	row, made := l.rows[check.ID]
	if !made {
		row = newCheckRow(func() { l.trouble(l.found.Check(check.ID).Problem) })
		l.rows[check.ID] = row
	}
	words, state := checkWords(check), say("computer.problem")
	switch check.State {
	case flow.Pending:
		state = say("computer.looking")
	case flow.Passed:
		state = say("computer.ready")
	case flow.Noted:
		state = say("computer.oneStep")
	}
	if check.ID == flow.CheckCertificate && check.State == flow.Noted && check.Problem == nil && l.found.Report.Believed() {
		words = say("computer.trust.some")
	}
	row.show(checkTone(check), words, state, check.Problem != nil)
	return row.content
}

// shortCheck is one check in one short line.
type shortCheck struct {
	content *fyne.Container
	sign    *icon
	words   *label
}

func newShortCheck() *shortCheck {
	l := &shortCheck{sign: newIcon(iconClock, theme.ColorNamePlaceHolder, 16), words: newLabel(roleCaption, "")}
	l.content = htop(8, 1, pad(l.sign.content, 1, 0), l.words)
	return l
}

// checkRow is one check: its sign, what was found, and the state in a word;
// with a problem also the way to its words.
type checkRow struct {
	content *fyne.Container
	sign    *icon
	words   *label
	chip    *chip
	more    *button
}

func newCheckRow(onMore func()) *checkRow {
	r := &checkRow{sign: newIcon(iconClock, toneInfo.color, 24), words: newLabel(roleBody, ""), chip: newChip(toneInfo, "")}
	r.more = newButton(say("computer.whatToDo"), onMore).compact()
	r.content = container.New(rowLeast{40}, hgrow(12, 1, r.sign.content, r.words, r.chip.content, r.more))
	return r
}

func (r *checkRow) show(t tone, words, state string, more bool) {
	r.sign.set(t.icon, t.color)
	r.words.set(words)
	r.chip.set(t, state)
	r.more.Hidden = !more
	r.content.Refresh()
}

// newTightCard is a card for rows that bring their own height.
func newTightCard(content fyne.CanvasObject) *fyne.Container {
	return container.NewStack(newBox(colorNone, theme.ColorNameSeparator), pad(content, 6, 16))
}
