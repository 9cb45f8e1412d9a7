package ui

import (
	"strings"

	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// byHand is the panel that takes the address the browser ended at. It works
// without port, certificate and listener.
type byHand struct {
	content *fyne.Container
	text    *input
	example *label
	alert   *fyne.Container
	words   *label
	actions *signInActions
	told    *flow.Problem // the one beside the box
	shut    *button
}

func newByHand(a *signInActions, onClose func()) *byHand {
	h := &byHand{actions: a, example: newLabel(roleCaption, ""), words: newLabel(roleCaption.in(theme.ColorNameError), "")}
	h.text = newLargeInput(2)
	h.text.TextStyle = mono
	h.text.SetPlaceHolder(say("hand.hint"))
	h.text.OnChanged = func(string) { h.clearAlert() }
	h.alert = htop(6, 1, newIcon(iconProblem, theme.ColorNameError, 18).content, h.words)
	h.alert.Hide()
	paste := newButton(say("hand.paste"), h.onPaste).with(theme.ContentPasteIcon())
	use := newPrimary(say("hand.use"), h.onUse)
	body := vcol(10, newLabel(roleBody, say("hand.how")), vcol(4, h.text, h.alert, h.example), wrapRow(12, paste, use))
	h.content, h.shut = newPanel(say("hand.title"), onClose, body)
	return h
}

// show tells beside the box when what was pasted is no answer.
func (h *byHand) show(e flow.Event) {
	h.shut.Hidden = e.ByHand // there is nothing else to go back to
	server := e.Request.Server
	h.example.set(say("hand.example", "Callback", e.Request.Callback, "Refusal", server.ErrorParam+"="+server.DeniedValue))
	p := e.Banner
	if p == nil || p.Code != flow.NotTheAnswer || p == h.told {
		return
	}
	h.told = p
	h.say(say("hand.not", "Callback", e.Request.Callback))
}

func (h *byHand) clear() {
	h.text.SetText("")
	h.clearAlert()
}

func (h *byHand) onPaste() { h.text.SetText(h.actions.paste()) }

func (h *byHand) onUse() {
	if strings.TrimSpace(h.text.Text) == "" {
		h.say(say("hand.empty"))
		return
	}
	h.actions.pasteAddress(h.text.Text)
}

func (h *byHand) say(words string) {
	h.words.set(words)
	h.text.mark(true)
	h.alert.Show()
	h.content.Refresh()
	h.actions.relayout()
}

func (h *byHand) clearAlert() {
	if h.alert.Visible() {
		h.text.mark(false)
		h.alert.Hide()
		h.content.Refresh()
		h.actions.relayout()
	}
}
