package ui

import (
	"strings"
	"time"

	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// How long a code stays readable after Show, and how long the window says that
// it is in the clipboard, which is how long it stays there.
const (
	codeShown  = 30 * time.Second
	codeCopied = 60 * time.Second
)

// result is step 4 when a code came (UX §3.6). The code is masked until Show
// and masks itself again; its age ticks, and no lifetime is made up for it.
type result struct {
	page    *page
	actions *signInActions

	code      *copyable
	reveal    *button
	copied    *label
	age       *label
	count     *label
	advice    *label
	aged      *icon
	extras    *fyne.Container
	happened  *fyne.Container
	technical *copyable
	status    *label
	story     *fold
	details   *fold

	event  flow.Event
	now    time.Time // of the last show
	shown  time.Time // until when the code is readable
	marked time.Time // until when the window says that it was copied
	ref    string    // of the attempt that is drawn
}

func newResult(a *signInActions) *result {
	r := &result{actions: a, extras: vcol(12), happened: vcol(0), status: newLabel(roleCaption, "")}
	card := r.codeCard()
	r.technical = newCopyable(role{sizeMonoCaption, theme.ColorNameForeground, mono}, "")
	r.story = newFold(say("result.happened"), say("result.happenedHide"), newFlatCard(r.happened))
	r.details = newFold(say("details.show"), say("details.hide"), newFlatCard(r.technical))
	r.story.onToggle = func(bool) { r.changed() }
	r.details.onToggle = func(bool) { r.changed() }
	r.page = &page{
		title: say("result.title"), step: 3,
		content: vcol(16, newResultHead(toneOK, say("result.title"), say("result.line")), r.extras, card, vcol(6, r.story.content, r.details.content)),
		status:  r.status, buttons: []*button{newButton(say("result.again"), a.startAgain)},
		primary: r.onCopy,
	}
	r.extras.Hide()
	return r
}

func (r *result) codeCard() fyne.CanvasObject {
	r.code = newCopyable(roleCode, "")
	r.reveal = newButton(say("result.show"), r.onReveal).with(theme.VisibilityIcon())
	take := newPrimary(say("result.copy"), r.onCopy).with(theme.ContentCopyIcon())
	r.copied = newLabel(roleCaption.in(theme.ColorNameSuccess), say("result.copied"))
	r.copied.Hide()
	r.age, r.count, r.advice = newLine(roleBody, ""), newLine(roleMuted, ""), newLabel(roleCaption, "")
	r.aged = newIcon(iconClock, theme.ColorNamePlaceHolder, 20)
	line := container.New(codeLine{}, r.code, hrow(12, r.reveal, take))
	received := hrow(8, r.aged.content, r.age, gap(12, 0), r.count)
	return newCard(vcol(12, vcol(2, newLabel(roleCaption, say("result.code")), line, r.copied), newRule(), vcol(4, received, r.advice)))
}

// show draws the result, its age, and the code as masked as it should be now.
func (r *result) show(e flow.Event, now time.Time) {
	r.now = now
	if e.Result == nil {
		return
	}
	if e.Ref != r.ref || r.event.Result != e.Result {
		r.begin(e)
	}
	r.event = e
	r.drawCode()
	r.age.set(say("result.age", "Age", clock(now.Sub(e.Result.At))))
	r.drawAdvice(now.Sub(e.Result.At))
	if r.copied.Visible() && !now.Before(r.marked) {
		r.copied.Hide()
		r.changed()
	}
}

// begin draws what does not change while this result is on the page.
func (r *result) begin(e flow.Event) {
	r.event, r.ref = e, e.Ref
	r.shown, r.marked = time.Time{}, time.Time{}
	r.copied.Hide()
	r.count.set(sayCount("result.count", e.Result.Code.Len()))
	r.status.set(say("problem.ref", "Ref", e.Ref))
	if e.Result.Pasted {
		r.status.set(say("result.pastedRef", "Ref", e.Ref))
	}
	r.technical.set(resultDetails(e))
	r.happened.Objects = []fyne.CanvasObject{newTimeline(e.Timeline)}
	r.extras.Objects = nil
	for _, p := range e.Result.Remarks() {
		words := wordsOf(p, e.Ref, e.Since)
		help := newButton(say("waiting.help"), func() { r.actions.help(p) }).compact()
		r.extras.Objects = append(r.extras.Objects, newBanner(words.tone, words.title, words.what, help))
	}
	r.extras.Hidden = len(r.extras.Objects) == 0
	r.changed()
}

// drawCode shows the code only as long as it was asked for.
func (r *result) drawCode() {
	open := r.now.Before(r.shown)
	words, picture := say("result.show"), theme.VisibilityIcon()
	text := maskCode(r.event.Result.Code)
	if open {
		words, picture = say("result.hide"), theme.VisibilityOffIcon()
		text = r.event.Result.Code.Reveal() // asked for by the press of Show
	}
	if r.code.label.Text == text && r.reveal.Text == words {
		return
	}
	r.code.set(text)
	r.reveal.Text, r.reveal.Icon = words, picture
	r.reveal.Refresh()
	r.changed()
}

func (r *result) drawAdvice(age time.Duration) {
	minutes := r.event.Result.CodeAge
	if minutes > 0 && age >= time.Duration(minutes)*time.Minute {
		r.aged.set(iconCaution, theme.ColorNameWarning)
		r.advice.setRole(roleCaption.in(theme.ColorNameWarning))
		r.advice.set(say("result.old", "Minutes", minutes))
		return
	}
	r.aged.set(iconClock, theme.ColorNamePlaceHolder)
	r.advice.setRole(roleCaption)
	r.advice.set(say("result.soon"))
}

func (r *result) onReveal() {
	if r.event.Result == nil {
		return
	}
	if r.now.Before(r.shown) {
		r.shown = time.Time{}
	} else {
		r.shown = r.now.Add(codeShown)
	}
	r.drawCode()
}

func (r *result) onCopy() {
	r.actions.copyCode()
	r.marked = r.now.Add(codeCopied)
	r.copied.Show()
	r.changed()
}

func (r *result) changed() {
	r.page.content.Refresh()
	r.actions.relayout()
}

// maskCode shows the two ends of a code, by which two people can tell whether
// they look at the same one. A short code shows nothing of itself.
func maskCode(code flow.Secret) string {
	const dots = "••••••••••••"
	text := code.Reveal() // eight of its signs at most leave this function
	if len(text) < 20 {
		return dots
	}
	return text[:4] + dots + text[len(text)-4:]
}

// resultDetails is the text behind "Technical details": never the code.
func resultDetails(e flow.Event) string {
	return strings.Join([]string{
		say("evidence.ref", "Ref", e.Ref),
		say("evidence.callback", "Callback", e.Request.Callback),
		say("evidence.time", "Time", moment(e.Result.At)),
		say("evidence.waited", "Time", clock(e.Result.Waited)),
		say("evidence.length", "Count", e.Result.Code.Len()),
		say("evidence.fingerprint", "Fingerprint", e.Result.Code.Fingerprint()),
	}, "\n")
}

// codeLine puts the buttons beside the code, or below it with large text.
type codeLine struct{}

func (codeLine) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	code, buttons := objects[0], objects[1]
	least := buttons.MinSize()
	buttons.Resize(least)
	if factor() >= narrowText {
		buttons.Move(fyne.NewPos(0, heightAt(code, size.Width)+dip(8)))
		code.Move(fyne.NewPos(0, 0))
		return
	}
	height := heightAt(code, size.Width-least.Width-dip(12))
	code.Move(fyne.NewPos(0, (size.Height-height)/2))
	buttons.Move(fyne.NewPos(size.Width-least.Width, (size.Height-least.Height)/2))
}

func (codeLine) MinSize(objects []fyne.CanvasObject) fyne.Size {
	code, buttons := objects[0].MinSize(), objects[1].MinSize()
	if factor() >= narrowText {
		return fyne.NewSize(buttons.Width, code.Height+dip(8)+buttons.Height)
	}
	return fyne.NewSize(buttons.Width, fyne.Max(code.Height, buttons.Height))
}
