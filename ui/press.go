package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/driver/desktop"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// press makes any content something to press: by a click, or by Enter or
// Space when it has the focus, which a ring shows. Folds, choices, entries of
// the rail and pickers are made of it.
type press struct {
	widget.DisableableWidget
	content  fyne.CanvasObject
	onTapped func()
	onKey    func(fyne.KeyName) bool // takes other keys first; true when used
	name     func() string           // what a screen reader says
	radius   float32
	hovered  bool
	focused  bool
}

var (
	_ fyne.Focusable    = (*press)(nil)
	_ fyne.Tappable     = (*press)(nil)
	_ fyne.Accessible   = (*press)(nil)
	_ desktop.Hoverable = (*press)(nil)
)

// newPress makes the content pressable. The name is asked each time, because
// it may tell a state.
func newPress(content fyne.CanvasObject, name func() string, tapped func()) *press {
	p := &press{content: content, name: name, onTapped: tapped, radius: 6}
	p.ExtendBaseWidget(p)
	return p
}

// AccessibilityLabel is what a screen reader says.
func (p *press) AccessibilityLabel() string { return p.name() }

// AccessibilityRole tells a screen reader that this can be pressed.
func (p *press) AccessibilityRole() fyne.AccessibleRole { return fyne.AccessibleRoleButton }

// Tapped is called by Fyne on a click.
func (p *press) Tapped(*fyne.PointEvent) {
	if !p.Disabled() && p.onTapped != nil {
		p.onTapped()
	}
}

// Cursor shows the hand over what can be pressed.
func (p *press) Cursor() desktop.Cursor {
	if p.Disabled() {
		return desktop.DefaultCursor
	}
	return desktop.PointerCursor
}

// MouseIn, MouseMoved and MouseOut are called by Fyne.
func (p *press) MouseIn(*desktop.MouseEvent) { p.hover(true) }

// MouseMoved is called by Fyne.
func (p *press) MouseMoved(*desktop.MouseEvent) {}

// MouseOut is called by Fyne.
func (p *press) MouseOut() { p.hover(false) }

func (p *press) hover(on bool) {
	p.hovered = on
	p.Refresh()
}

// FocusGained and FocusLost are called by Fyne.
func (p *press) FocusGained() { p.focus(true) }

// FocusLost is called by Fyne.
func (p *press) FocusLost() { p.focus(false) }

func (p *press) focus(on bool) {
	p.focused = on
	p.Refresh()
}

// TypedRune is called by Fyne; letters mean nothing here.
func (p *press) TypedRune(rune) {}

// TypedKey presses on Enter and Space and hands every other key on.
func (p *press) TypedKey(ev *fyne.KeyEvent) {
	if p.onKey != nil && p.onKey(ev.Name) {
		return
	}
	switch ev.Name {
	case fyne.KeySpace, fyne.KeyReturn, fyne.KeyEnter:
		p.Tapped(nil)
	default:
		passOn(p, ev)
	}
}

// CreateRenderer is called by Fyne.
func (p *press) CreateRenderer() fyne.WidgetRenderer {
	r := &pressRenderer{press: p, back: canvas.NewRectangle(color.Transparent), ring: canvas.NewRectangle(color.Transparent)}
	r.paint()
	return r
}

type pressRenderer struct {
	press      *press
	back, ring *canvas.Rectangle
}

func (r *pressRenderer) Layout(size fyne.Size) {
	r.back.Resize(size)
	r.press.content.Resize(size)
	placeRing(r.ring, size)
}

func (r *pressRenderer) MinSize() fyne.Size { return r.press.content.MinSize() }

func (r *pressRenderer) Objects() []fyne.CanvasObject {
	return []fyne.CanvasObject{r.press.content, r.back, r.ring}
}

func (r *pressRenderer) Destroy() {}

func (r *pressRenderer) Refresh() {
	r.paint()
	r.press.content.Refresh()
}

func (r *pressRenderer) paint() {
	fill := colorNone
	if r.press.hovered && !r.press.Disabled() {
		fill = theme.ColorNameHover
	}
	r.back.FillColor = ink(fill)
	r.back.CornerRadius = dip(r.press.radius)
	r.back.Refresh()
	paintRing(r.ring, r.press.focused, r.press.radius)
}
