package ui

import (
	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/driver/desktop"
)

// combo is a key with the keys held down beside it.
type combo struct {
	key  fyne.KeyName
	held fyne.KeyModifier
}

// The keys of UX §6.6. Control is Command on a Mac.
var (
	keyEnter    = combo{key: fyne.KeyReturn}
	keyEscape   = combo{key: fyne.KeyEscape}
	keyHelp     = combo{key: fyne.KeyF1}
	keyCopyLink = combo{fyne.KeyL, fyne.KeyModifierShortcutDefault}
	keyOpenPage = combo{fyne.KeyO, fyne.KeyModifierShortcutDefault}
	keyError    = combo{fyne.KeyE, fyne.KeyModifierShortcutDefault}
	keyPaste    = combo{fyne.KeyV, fyne.KeyModifierShortcutDefault}
	keyReport   = combo{fyne.KeyR, fyne.KeyModifierShortcutDefault}
)

// keysBigger and keysSmaller change the text size. On most keyboards plus is
// Shift and equals, so every way to type it counts.
var (
	keysBigger = []combo{
		{fyne.KeyPlus, fyne.KeyModifierShortcutDefault},
		{fyne.KeyEqual, fyne.KeyModifierShortcutDefault},
		{fyne.KeyPlus, fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift},
		{fyne.KeyEqual, fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift},
	}
	keysSmaller = []combo{
		{fyne.KeyMinus, fyne.KeyModifierShortcutDefault},
		{fyne.KeyMinus, fyne.KeyModifierShortcutDefault | fyne.KeyModifierShift},
	}
)

// keymap says what each key does on a page or in a question.
type keymap map[combo]func()

// keyboard sends a key to the question on top, else to the page. What neither
// knows goes to the window's own keys, which are there all the time.
type keyboard struct {
	canvas fyne.Canvas
	window keymap
	page   keymap
	stack  []*keymap // questions, the last one on top
	known  map[combo]bool
}

// newKeyboard listens on a canvas.
func newKeyboard(canvas fyne.Canvas, window keymap) *keyboard {
	k := &keyboard{canvas: canvas, window: window, known: map[combo]bool{}}
	canvas.SetOnTypedKey(func(ev *fyne.KeyEvent) { k.press(combo{key: ev.Name}) })
	k.learn(window)
	return k
}

// show puts the keys of a page in place of those of the page before.
func (k *keyboard) show(page keymap) {
	k.page = page
	k.learn(page)
}

// push puts the keys of a question on top; while they are there, the page
// gets none. The function it gives takes them away again, once.
func (k *keyboard) push(question keymap) (pop func()) {
	layer := &question
	k.stack = append(k.stack, layer)
	k.learn(question)
	return func() {
		for i, other := range k.stack {
			if other == layer {
				k.stack = append(k.stack[:i:i], k.stack[i+1:]...)
				return
			}
		}
	}
}

// press does what a key means now.
func (k *keyboard) press(c combo) {
	if c.key == fyne.KeyEnter {
		c.key = fyne.KeyReturn // the one beside the digits
	}
	top := k.page
	if len(k.stack) > 0 {
		top = *k.stack[len(k.stack)-1]
	}
	if act := top[c]; act != nil {
		act()
		return
	}
	if act := k.window[c]; act != nil {
		act()
	}
}

// learn asks the canvas for the keys with a modifier, which come another way
// than plain ones.
func (k *keyboard) learn(keys keymap) {
	for c := range keys {
		if c.held == 0 || k.known[c] {
			continue
		}
		k.known[c] = true
		var shortcut fyne.Shortcut = &desktop.CustomShortcut{KeyName: c.key, Modifier: c.held}
		if c == keyPaste { // Fyne gives this one a name of its own
			shortcut = &fyne.ShortcutPaste{}
		}
		k.canvas.AddShortcut(shortcut, func(fyne.Shortcut) { k.press(c) })
	}
}

// passOn hands a key that a focused widget has no use for to the page: Esc,
// F1 and Enter work wherever the focus is.
func passOn(from fyne.CanvasObject, ev *fyne.KeyEvent) {
	canvas := fyne.CurrentApp().Driver().CanvasForObject(from)
	if canvas == nil {
		return
	}
	if typed := canvas.OnTypedKey(); typed != nil {
		typed(ev)
	}
}

// passOnShortcut does the same for keys with a modifier.
func passOnShortcut(from fyne.CanvasObject, shortcut fyne.Shortcut) {
	canvas, ok := fyne.CurrentApp().Driver().CanvasForObject(from).(fyne.Shortcutable)
	if ok {
		canvas.TypedShortcut(shortcut)
	}
}
