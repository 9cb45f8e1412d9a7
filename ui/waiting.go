package ui

import (
	"fmt"
	"strings"
	"time"

	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// waiting is step 3 while the person is in the browser (UX §3.5). Stop waiting
// is there and enabled whatever else the page shows.
type waiting struct {
	page    *page
	actions *signInActions

	intro       *label
	bannerPlace *fyne.Container
	card        *waitingCard
	browser     *fyne.Container // what to do there, and the three buttons
	trouble     *fyne.Container
	last        *label
	again       *button
	link        *linkPanel
	told        *browserError
	hand        *byHand
	at          *label
	doors       [2]*press // to the two panels
	opener      *press    // the one that gets the focus back

	event   flow.Event
	banner  *flow.Problem
	started bool
}

func newWaiting(a *signInActions) *waiting {
	w := &waiting{actions: a, intro: newLabel(roleMuted, ""), bannerPlace: vcol(0), card: newWaitingCard(a.moreTime)}
	w.link = newLinkPanel()
	w.told = newBrowserError(a, w.closePanels, w.openByHand)
	w.hand = newByHand(a, w.closePanels)
	w.browser = w.browserPart()
	w.doors = [2]*press{newDoor(say("waiting.error"), w.openError), newDoor(say("waiting.hand"), w.openByHand)}
	w.trouble = vcol(6, newLabel(roleStrong, say("waiting.trouble")), wrapRow(32, w.doors[0], w.doors[1]))
	head := vcol(2, newLabel(roleHeading, say("waiting.title")), w.intro)
	stop := newButton(say("waiting.stop"), a.stopWaiting)
	w.at = newLabel(roleCaption, "")
	w.page = &page{
		title: say("waiting.title"), step: 2,
		content: vcol(16, head, w.bannerPlace, w.card.content, w.browser, w.trouble, w.told.content, w.hand.content),
		status:  w.at, buttons: []*button{stop}, escape: w.onEscape,
		keys: keymap{keyCopyLink: a.copyLink, keyOpenPage: a.openAgain, keyError: w.openError, keyPaste: w.onPasteKey},
	}
	w.bannerPlace.Hide()
	w.told.content.Hide()
	w.hand.content.Hide()
	return w
}

func (w *waiting) browserPart() *fyne.Container {
	w.last = newLine(roleBody, "")
	arrow := func() fyne.CanvasObject { return newIcon(iconThen, theme.ColorNamePlaceHolder, 18).content }
	way := wrapRow(8, newLine(roleBody, say("waiting.in1")), arrow(), newLine(roleBody, say("waiting.in2")), arrow(), w.last)
	w.again = newButton(say("waiting.again"), w.actions.openAgain).with(theme.ViewRefreshIcon())
	copying := newButton(say("waiting.copy"), w.actions.copyLink).with(theme.ContentCopyIcon())
	w.link.toggle = newQuiet(say("waiting.show"), w.onShowLink).with(theme.VisibilityIcon())
	buttons := wrapRow(12, w.again, copying, w.link.toggle)
	return vcol(14, vcol(6, newLabel(roleStrong, say("waiting.in")), way), buttons, w.link.content)
}

// show draws the state of the attempt as it is now. It changes only what
// differs, so that a call every second costs next to nothing.
func (w *waiting) show(e flow.Event, now time.Time) {
	fresh := !w.started || w.event.Ref != e.Ref
	w.event, w.started = e, true
	if fresh {
		w.begin(e)
	}
	w.card.show(e, now)
	w.told.request = e.Request
	w.hand.show(e)
	w.showBanner(e)
}

// begin takes away what an attempt before this one left on the page.
func (w *waiting) begin(e flow.Event) {
	w.link.clear()
	w.told.clear()
	w.hand.clear()
	w.closePanels()
	if e.ByHand {
		w.intro.set(say("waiting.introHand"))
		w.last.set(say("waiting.in3Hand"))
		w.at.set(say("waiting.atHand"))
		w.openByHand()
		return
	}
	w.intro.set(say("waiting.intro"))
	w.last.set(say("waiting.in3"))
	w.at.set(say("waiting.at", "URL", e.Request.Callback))
}

// showBanner tells what is worth knowing while the flow goes on. A pasted text
// that is no answer is told beside the box instead.
func (w *waiting) showBanner(e flow.Event) {
	p := e.Banner
	if p != nil && p.Code == flow.NotTheAnswer {
		p = nil
	}
	if p == w.banner {
		return
	}
	w.banner = p
	w.bannerPlace.Objects = nil
	w.bannerPlace.Hidden = p == nil
	if p != nil {
		words := wordsOf(p, e.Ref, e.Since)
		buttons := []fyne.CanvasObject{newButton(say("waiting.help"), func() { w.actions.help(p) }).compact()}
		switch p.Code {
		case flow.StillOpen:
			buttons = []fyne.CanvasObject{
				newButton(say("waiting.again"), w.actions.openAgain).compact(),
				newButton(say("action.browser_error"), w.openError).compact(),
			}
		case flow.NoContact:
			buttons = []fyne.CanvasObject{
				newButton(say("waiting.again"), w.actions.openAgain).compact(),
				newButton(say("waiting.copy"), w.actions.copyLink).compact(),
				newButton(say("action.by_hand"), w.openByHand).compact(),
			}
		}
		w.bannerPlace.Objects = []fyne.CanvasObject{newBanner(words.tone, words.title, words.what, buttons...)}
	}
	w.changed()
}

// openError opens "My browser shows an error", openByHand the box for the
// address; the card shrinks so that the panel has room.
func (w *waiting) openError() { w.open(w.doors[0], w.told.content, w.told.text) }

func (w *waiting) openByHand() { w.open(w.doors[1], w.hand.content, w.hand.text) }

func (w *waiting) open(door *press, panel *fyne.Container, first *input) {
	w.opener = door
	w.told.content.Hidden = panel != w.told.content
	w.hand.content.Hidden = panel != w.hand.content
	byHand := w.event.ByHand && panel == w.hand.content
	w.card.shrink(true)
	w.intro.Hidden = !byHand
	w.browser.Hidden, w.trouble.Hidden = !byHand, true
	w.changed()
	focus(first)
}

// closePanels goes back to the page without a panel; where nothing listens,
// the box for the address always stays.
func (w *waiting) closePanels() {
	if w.event.ByHand && !w.hand.content.Visible() {
		w.openByHand()
		return
	}
	w.told.content.Hide()
	w.hand.content.Hidden = !w.event.ByHand
	w.card.shrink(w.event.ByHand)
	w.intro.Show()
	w.browser.Show()
	w.trouble.Hidden = w.event.ByHand
	w.changed()
	if w.opener != nil && !w.event.ByHand {
		focus(w.opener)
	}
	w.opener = nil
}

// onEscape closes what is open and, when nothing is, stops waiting.
func (w *waiting) onEscape() {
	if w.told.content.Visible() || (w.hand.content.Visible() && !w.event.ByHand) {
		w.closePanels()
		return
	}
	w.actions.stopWaiting()
}

// onPasteKey takes what is in the clipboard for what it looks like: an answer,
// or the text of a page that shows an error.
func (w *waiting) onPasteKey() {
	text := w.actions.paste()
	if strings.TrimSpace(text) == "" || w.actions.readError(text).Answer {
		w.openByHand()
		w.hand.text.SetText(text)
		w.hand.onUse()
		return
	}
	w.openError()
	w.told.text.SetText(text)
}

func (w *waiting) onShowLink() {
	if w.link.content.Visible() {
		w.link.clear()
		w.changed()
		return
	}
	w.actions.showLink()
}

// showLink shows an address that starts this sign-in.
func (w *waiting) showLink(address string) {
	w.link.show(address)
	w.changed()
}

// copied says that a link is in the clipboard now.
func (w *waiting) copied() {
	w.link.copied()
	w.changed()
}

func (w *waiting) changed() {
	w.page.content.Refresh()
	w.actions.relayout()
}

// newDoor is a line in the colour of a link with a chevron that opens a panel
// elsewhere on the page.
func newDoor(words string, tapped func()) *press {
	line := pad(hrow(2, newIcon(iconClosed, theme.ColorNameHyperlink, 14).content, newLine(roleLink, words)), 3, 0)
	door := newPress(line, func() string { return words }, tapped)
	door.radius = 3
	return door
}

// linkPanel shows the start link, or says that it was copied.
type linkPanel struct {
	content *fyne.Container
	toggle  *button
	words   *label
	address *copyable
}

func newLinkPanel() *linkPanel {
	l := &linkPanel{words: newLabel(roleCaptionDark, ""), address: newCopyable(roleMono, "")}
	l.content = newFlatCard(vcol(4, l.words, l.address))
	l.content.Hide()
	return l
}

func (l *linkPanel) show(address string) {
	l.words.set(say("waiting.link"))
	l.address.set(address)
	l.address.Show()
	l.face(true)
}

func (l *linkPanel) copied() {
	l.words.set(say("waiting.copied"))
	l.address.set("")
	l.address.Hide()
	l.face(true)
}

func (l *linkPanel) clear() {
	l.address.set("")
	l.face(false)
}

func (l *linkPanel) face(open bool) {
	l.content.Hidden = !open
	l.toggle.Text, l.toggle.Icon = say("waiting.show"), theme.VisibilityIcon()
	if open {
		l.toggle.Text, l.toggle.Icon = say("waiting.hide"), theme.VisibilityOffIcon()
	}
	l.toggle.Refresh()
}

// clock is a length of time as minutes and seconds, or with hours before.
func clock(d time.Duration) string {
	s := int(max(d, 0) / time.Second)
	if s >= 3600 {
		return fmt.Sprintf("%d:%02d:%02d", s/3600, s/60%60, s%60)
	}
	return fmt.Sprintf("%d:%02d", s/60, s%60)
}
