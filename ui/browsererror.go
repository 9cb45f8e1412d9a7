package ui

import (
	"strings"

	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// browserError is the panel "My browser shows an error" (UX §3.5): the server
// tells most problems to the browser only, so the person brings the text here
// or picks the line that is closest. Nothing is done before they agreed to how
// it was read.
type browserError struct {
	content *fyne.Container
	text    *input
	picker  *picker
	actions *signInActions
	request flow.Request // of the attempt, for the facts of a picked line

	echo   *fyne.Container
	words  *label
	sign   *icon
	yes    *button
	no     *button
	byHand func()
	act    func() // what yes does
}

// tellable is a line to pick. Without a code it leads to finishing by hand.
type tellable struct {
	key  string
	code flow.Code
}

// tellables are the lines of the list, in the order of UX §3.5.
var tellables = []tellable{
	{"told.line.none", ""},
	{"told.line.D1", flow.AbsentParameters},
	{"told.line.D2", flow.DuplicatedParameters},
	{"told.line.D3", flow.UnsupportedParameters},
	{"told.line.D4", flow.UnreadableType},
	{"told.line.D5", flow.WrongType},
	{"told.line.D6", flow.UnknownClient},
	{"told.line.D7", flow.CallbackMismatch},
	{"told.line.D8", flow.NoSubscription},
	{"told.line.D9", flow.RequestFailed},
	{"told.line.U25", flow.CannotSignIn},
	{"told.line.U8", flow.NotTrusted},
	{"told.line.U32", flow.ServerUntrusted},
	{"told.line.reach", ""},
	{"told.line.U29", flow.CannotReach},
	{"told.line.U33", flow.NotConnections},
	{"told.line.U30", flow.ProxyBlocked},
	{"told.line.blank", ""},
	{"told.line.U24", flow.UnknownText},
}

func newBrowserError(a *signInActions, onClose, byHand func()) *browserError {
	b := &browserError{actions: a, byHand: byHand}
	b.text = newLargeInput(2)
	b.text.TextStyle = mono
	b.text.SetPlaceHolder(say("told.hint"))
	b.text.OnChanged = b.onText
	paste := newButton(say("told.button"), b.onPaste).with(theme.ContentPasteIcon()).compact()
	var lines []pick
	for _, line := range tellables {
		lines = append(lines, pick{words: say(line.key)})
	}
	b.picker = newPicker(say("told.pick"), lines, b.onPick)
	b.sign = newIcon(iconInfo, theme.ColorNamePrimary, 22)
	b.words = newLabel(roleBody, "")
	b.yes = newPrimary(say("told.yes"), b.onYes)
	b.no = newButton(say("told.no"), b.onNo)
	inside := htop(12, 1, b.sign.content, vcol(10, b.words, wrapRow(12, b.yes, b.no)))
	b.echo = container.NewStack(newBox(colorTintInfo, colorNone), pad(inside, 12, 16))
	b.echo.Hide()
	body := vcol(12,
		vcol(6, hgrow(12, 0, newLabel(roleStrong, say("told.paste")), paste), b.text),
		formRow(say("told.pick"), b.picker.content),
		b.echo, newLabel(roleCaption, say("told.by")))
	b.content, _ = newPanel(say("waiting.error"), onClose, body)
	return b
}

// newPanel is a card with a title and a button that closes it.
func newPanel(title string, onClose func(), body fyne.CanvasObject) (panel *fyne.Container, shut *button) {
	shut = newQuiet(say("waiting.close"), onClose).with(theme.CancelIcon()).compact()
	head := hgrow(6, 1, newIcon(iconOpened, theme.ColorNameForeground, 14).content, newLabel(roleSubheading, title), shut)
	back := newBox(colorNone, theme.ColorNameSeparator)
	return container.NewStack(back, pad(vcol(8, head, body), 12, 20, 16, 20)), shut
}

// clear empties the panel for the next attempt.
func (b *browserError) clear() {
	b.text.SetText("")
	b.picker.set(0)
	b.hush()
}

func (b *browserError) onPaste() {
	b.text.SetText(b.actions.paste())
	b.picker.set(0)
	if b.act != nil {
		focus(b.yes)
	}
}

// onText reads what the box holds now.
func (b *browserError) onText(text string) {
	if strings.TrimSpace(text) == "" {
		b.hush()
		return
	}
	reading := b.actions.readError(text)
	switch {
	case reading.Answer:
		b.ask(say("told.answer"), say("told.take"), func() { b.actions.pasteAddress(text) })
	case reading.Problem == nil:
		b.hush()
	case reading.Problem.Code == flow.UnknownText:
		b.ask(say("told.unknown"), "", nil)
	default:
		b.suggest(reading.Problem)
	}
}

// onPick takes a line of the list.
func (b *browserError) onPick(index int) {
	line := tellables[index]
	switch {
	case index == 0:
		b.hush()
	case line.code == "":
		b.ask(say("told.hand"), say("told.byHand"), b.byHand)
	default:
		facts := flow.Facts{
			"callback": b.request.Callback, "names": "…", "value": "…", "alert": "…", "n": "0",
			"host": b.request.Host(), "path": b.request.Server.AuthorizePath, "status": "…", "reason": "…", "proxy": "…", "port": "…",
		}
		b.suggest(&flow.Problem{Code: line.code, Step: flow.AtBrowser, ByUser: true, Facts: facts})
	}
}

// suggest says how it was read and asks whether that is right.
func (b *browserError) suggest(p *flow.Problem) {
	title := tell(wordKey(p.Code, "title"), wordFacts(p, ""))
	b.ask(say("told.echo", "Title", title), say("told.yes"), func() { b.actions.report(p) })
}

func (b *browserError) ask(words, yes string, act func()) {
	b.act = act
	b.words.set(words)
	b.yes.Hidden, b.no.Hidden = act == nil, act == nil
	if act == nil {
		b.sign.set(iconCaution, theme.ColorNameWarning)
	} else {
		b.sign.set(iconInfo, theme.ColorNamePrimary)
		b.yes.SetText(yes)
	}
	b.echo.Show()
	b.content.Refresh()
	b.actions.relayout()
}

func (b *browserError) hush() {
	b.act = nil
	if b.echo.Visible() {
		b.echo.Hide()
		b.content.Refresh()
		b.actions.relayout()
	}
}

func (b *browserError) onYes() {
	if b.act != nil {
		b.act()
	}
}

// onNo leaves the text where it is and goes to the list.
func (b *browserError) onNo() {
	b.picker.set(0)
	b.hush()
	focus(b.picker.content)
}
