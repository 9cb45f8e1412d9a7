package ui

import (
	"unicode/utf8"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// field is one line of a form: its name at the left, the input, at most one
// button beside it, and below it the problem if there is one, a line of help
// and a fold that says where to find the value.
//
// The page checks the value in onLeave and on its primary action, never while
// it is typed, and tells the field what came out: problem, hint or clear.
type field struct {
	content *fyne.Container // for a form made by newForm
	input   *input
	name    string
	onLeave func()
	onFix   func()

	help    string // the line below when there is nothing else to say
	limit   int    // of characters, counted in the line below; 0 counts none
	side    fyne.CanvasObject
	fix     *button
	caption *label
	fold    *fold
	alert   *fyne.Container
	sign    *icon
	words   *label
}

// fieldText holds the words of a field. Help, Where and Found may be empty;
// Where is the fold's line, Hide its line when open and Found what opens.
type fieldText struct{ name, help, where, hide, found string }

// newField makes a field around an input; side, which may be nil, stands at
// the input's right end.
func newField(text fieldText, in *input, side fyne.CanvasObject) *field {
	f := &field{input: in, name: text.name, help: text.help, side: side}
	f.caption = newLabel(roleCaption, text.help)
	f.sign = newIcon(iconProblem, theme.ColorNameError, 18)
	f.words = newLabel(roleCaption.in(theme.ColorNameError), "")
	f.alert = htop(6, 1, f.sign.content, f.words)
	f.alert.Hide()
	f.fix = newButton("", f.onFixPressed)
	f.fix.Hide()
	in.onLeave = func() {
		if f.onLeave != nil {
			f.onLeave()
		}
	}
	in.OnChanged = func(string) { f.count() }
	f.content = formRow(text.name, f.below(text))
	f.count()
	return f
}

// below builds what stands under the name's line: input with its button,
// problem, help with fold, and the opened help.
func (f *field) below(text fieldText) *fyne.Container {
	line := hgrow(8, 0, container.NewThemeOverride(f.input, plain{}), f.fix)
	if f.side != nil {
		line.Add(f.side)
	}
	lines := vcol(3, line, f.alert)
	if text.where == "" {
		lines.Add(f.caption)
		return lines
	}
	f.fold = newHelpFold(text.where, text.hide, pad(newLabel(roleCaptionDark, text.found), 2, 0, 4, 0))
	f.fold.onToggle = func(bool) { lines.Refresh() }
	lines.Add(hgrow(12, 0, f.caption, f.fold.head))
	lines.Add(f.fold.body)
	return lines
}

func (f *field) onFixPressed() {
	if f.onFix != nil {
		f.onFix()
	}
}

// problem shows what must change before the page goes on. A fix, if there is
// one, stands beside the input in place of the side object.
func (f *field) problem(words, fixWords string, fix func()) {
	f.input.mark(true)
	f.tell(toneProblem, words)
	f.offer(fixWords, fix)
}

// hint shows something to look at; the page goes on all the same.
func (f *field) hint(t tone, words, fixWords string, fix func()) {
	f.input.mark(false)
	f.tell(t, words)
	f.offer(fixWords, fix)
}

// clear takes problem, hint and fix away.
func (f *field) clear() {
	f.input.mark(false)
	f.alert.Hide()
	f.offer("", nil)
}

// bad tells whether a problem is shown.
func (f *field) bad() bool { return f.input.bad }

func (f *field) tell(t tone, words string) {
	f.sign.set(t.icon, t.color)
	f.words.setRole(roleCaption.in(t.color))
	f.words.set(words)
	f.alert.Show()
}

func (f *field) offer(words string, fix func()) {
	f.onFix = fix
	f.fix.Hidden = fix == nil
	if f.side != nil && fix != nil {
		f.side.Hide()
	} else if f.side != nil {
		f.side.Show()
	}
	if fix != nil {
		f.fix.SetText(words)
	}
	f.content.Refresh()
}

// text gives what is typed, setText replaces it.
func (f *field) text() string { return f.input.Text }

func (f *field) setText(text string) { f.input.SetText(text) }

// show puts the field into its form or takes it out.
func (f *field) show(on bool) {
	if on {
		f.content.Show()
		return
	}
	f.content.Hide()
}

// limited counts characters against a limit in place of the help line.
func (f *field) limited(limit int) *field {
	f.limit = limit
	f.count()
	return f
}

func (f *field) count() {
	if f.limit > 0 {
		f.caption.set(say("field.count", "Count", utf8.RuneCountInString(f.input.Text), "Limit", f.limit))
	}
}
