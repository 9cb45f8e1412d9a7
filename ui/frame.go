package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// The window opens at 900 by 640 and goes no smaller than 720 by 560
// (UX §6.1), whatever the text size: what does not fit scrolls or wraps.
var (
	windowSize  = fyne.NewSize(900, 640)
	windowLeast = fyne.NewSize(720, 560)
)

// page is one screen as the frame shows it.
type page struct {
	title   string            // of the window, after the product's name; may be empty
	content fyne.CanvasObject // with its heading; scrolls when too high
	status  fyne.CanvasObject // at the left of the footer; may be nil
	buttons []*button         // at the right of the footer, the primary last
	primary func()            // what Enter does; nil does nothing
	escape  func()            // what Esc does; nil does nothing
	keys    keymap            // further keys of this page
	focus   fyne.Focusable    // has the focus at first; may be nil
	step    int               // of the rail, counted from 0
	bare    bool              // without the rail
}

// keymap gives all keys of the page.
func (p *page) keymap() keymap {
	keys := keymap{keyEnter: p.primary, keyEscape: p.escape}
	for c, act := range p.keys {
		keys[c] = act
	}
	return keys
}

// frame is the window around the screens: the top bar, the rail, the page
// that scrolls and the footer that never does.
type frame struct {
	window  fyne.Window
	content *fyne.Container
	band    *band
	rail    *rail
	keys    *keyboard
	scroll  *container.Scroll
	holder  *fyne.Container
	footer  *fyne.Container
	status  *fyne.Container
	buttons *fyne.Container
	page    *page
}

// newFrame fills a window. The keys are those that work on every page; the
// frame adds the text size.
func newFrame(window fyne.Window, top *band, steps *rail, keys keymap) *frame {
	f := &frame{window: window, band: top, rail: steps, page: &page{bare: true}}
	f.holder = container.New(atMost{width: 720})
	f.scroll = container.NewVScroll(pad(f.holder, 21, 24, 16, 24))
	f.status = container.New(fixed{})
	f.buttons = wrapRight(12)
	f.footer = container.New(&footerBox{status: f.status, buttons: f.buttons},
		newStripe(theme.ColorNameSeparator), newStripe(theme.ColorNameBackground), f.status, f.buttons)
	f.content = container.New(&frameBox{f}, top.content, steps.wide, steps.line, f.scroll, f.footer)
	window.SetPadded(false)
	window.SetContent(f.content)
	window.Resize(windowSize)
	f.keys = newKeyboard(window.Canvas(), f.withTextSize(keys))
	return f
}

func (f *frame) withTextSize(keys keymap) keymap {
	all := keymap{}
	for c, act := range keys {
		all[c] = act
	}
	for _, c := range keysBigger {
		all[c] = func() { resizeText(look.bigger) }
	}
	for _, c := range keysSmaller {
		all[c] = func() { resizeText(look.smaller) }
	}
	return all
}

// resizeText takes the window to a neighbouring text size.
func resizeText(to func(look) look) {
	settings := fyne.CurrentApp().Settings()
	if l, ok := settings.Theme().(look); ok {
		settings.SetTheme(to(l))
	}
}

// show puts a page in the frame. A page shown again keeps where it was
// scrolled to and what has the focus.
func (f *frame) show(p *page) {
	again := f.page == p
	f.page = p
	f.holder.Layout = atMost{width: 720}
	if p.bare {
		f.holder.Layout = atMost{width: 640, middle: true}
	}
	f.holder.Objects = []fyne.CanvasObject{p.content}
	f.status.Objects = nil
	if p.status != nil {
		f.status.Objects = []fyne.CanvasObject{p.status}
	}
	f.buttons.Objects = nil
	for _, b := range p.buttons {
		f.buttons.Objects = append(f.buttons.Objects, b)
	}
	f.keys.show(p.keymap())
	f.rail.show(p.step)
	f.window.SetTitle(windowTitle(p.title))
	if !again {
		f.scroll.ScrollToTop()
	}
	f.content.Refresh()
	if !again {
		f.window.Canvas().Focus(p.focus)
	}
}

// relayout fits the page again after something in it grew or shrank.
func (f *frame) relayout() { f.content.Refresh() }

func windowTitle(page string) string {
	if page == "" {
		return say("app.name")
	}
	return say("app.title", "Page", page)
}
