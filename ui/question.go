package ui

import (
	"time"

	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// question asks "Was that you?" (SECURITY 1.4): an answer came that nothing
// ties to the tab that started. Starting again is the safe way, so it has the
// focus and Esc takes it; the question goes by itself when it is answered
// elsewhere.
type question struct {
	frame   *frame
	actions *signInActions

	modal  *modal
	asked  flow.Question
	age    *label
	digits *digitsEntry
	wrong  *label
	yes    *button
}

func newQuestion(f *frame, a *signInActions) *question {
	return &question{frame: f, actions: a}
}

// show opens, changes or closes the question as the attempt wants it now.
func (q *question) show(e flow.Event, now time.Time) {
	if e.Asking == nil {
		q.close()
		return
	}
	asked := *e.Asking
	wrong := asked.Wrong
	asked.Wrong = 0
	if q.modal == nil || asked != q.asked {
		q.close()
		q.asked = asked
		q.open(e)
	}
	q.age.set(ageWords(asked, e.Request.Server, now))
	if q.digits != nil && q.wrong.Hidden == (wrong > 0) {
		q.wrong.Hidden = wrong == 0
		q.modal.fit()
	}
}

func (q *question) close() {
	if q.modal != nil {
		m := q.modal
		q.modal = nil
		m.close()
	}
}

func (q *question) open(e flow.Event) {
	q.digits = nil
	q.age = newLabel(roleCaption, "")
	again := newPrimary(say("question.again"), q.onAgain)
	q.yes = newButton(say("question.yes"), q.onYes)
	m := &modal{tone: toneCaution, title: say("question.title"), kind: say("question.kind"), width: 540, escape: q.onAgain}
	m.body = []fyne.CanvasObject{newLabel(roleBody, questionWords(q.asked))}
	m.focus = again
	if q.asked.Digits {
		m.body = append(m.body, q.digitsPart())
		m.focus = q.digits
	} else {
		why := say("question.why")
		if q.asked.Pasted {
			why = say("question.whyPasted")
		}
		m.body = append(m.body, newLabel(roleBody, why))
	}
	m.body = append(m.body, htop(8, 1, newIcon(iconClock, theme.ColorNamePlaceHolder, 18).content, q.age))
	m.details = questionDetails(q.asked)
	m.ref = say("problem.ref", "Ref", e.Ref)
	m.buttons = []*button{newQuiet(say("question.keep"), q.onKeep), q.yes, again}
	q.modal = m
	m.show(q.frame)
}

func (q *question) digitsPart() fyne.CanvasObject {
	q.digits = newDigitsEntry(func(typed string) { q.yes.enable(len(typed) == digitCount) })
	q.yes.SetText(say("question.match"))
	q.yes.Importance = widget.MediumImportance
	q.yes.enable(false)
	q.wrong = newLabel(roleCaption.in(theme.ColorNameError), say("question.wrong"))
	q.wrong.Hide()
	return vcol(8, newLabel(roleStrong, say("question.digits")), hrow(0, q.digits), q.wrong, newLabel(roleCaption, say("question.none")))
}

// onYes says that it was the person. Digits that turn out wrong leave the
// boxes empty for the next try.
func (q *question) onYes() {
	if q.digits == nil {
		q.actions.confirm("")
		return
	}
	typed := q.digits.typed
	q.digits.set("")
	focus(q.digits)
	q.actions.confirm(typed)
}

func (q *question) onAgain() { q.actions.startAgain() }

func (q *question) onKeep() { q.actions.disown() }

// questionWords is the question itself, as SECURITY 1.4 words it.
func questionWords(asked flow.Question) string {
	switch {
	case asked.Pasted && asked.Refusal:
		return say("question.pastedRefusal")
	case asked.Pasted:
		return say("question.pasted")
	case asked.Level == flow.LevelB && asked.Digits:
		return say("question.several")
	case asked.Level == flow.LevelB && asked.Refusal:
		return say("question.tabRefusal")
	case asked.Level == flow.LevelB:
		return say("question.tab")
	case asked.Refusal:
		return say("question.otherRefusal")
	}
	return say("question.other")
}

// ageWords is the line that ticks: a code does not live long.
func ageWords(asked flow.Question, server flow.Server, now time.Time) string {
	age := clock(now.Sub(asked.At))
	if asked.Refusal || server.CodeMinutes <= 0 {
		return say("question.ageRefusal", "Age", age)
	}
	return sayCount("question.age", server.CodeMinutes, "Age", age)
}

func questionDetails(asked flow.Question) string {
	if asked.Pasted {
		return say("question.details.pasted")
	}
	return say("question.details." + asked.Level.String())
}
