package ui

import (
	"strings"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// Sizes of monospace text, smaller than the text beside it because its
// letters are wider (mockups/NOTES, "mono").
const (
	sizeMono        fyne.ThemeSizeName = "mono"
	sizeMonoCaption fyne.ThemeSizeName = "monoCaption"
	sizeCode        fyne.ThemeSizeName = "code"
)

// role is what a text is for; it decides size, weight and colour.
type role struct {
	size  fyne.ThemeSizeName
	color fyne.ThemeColorName
	style fyne.TextStyle
}

var (
	bold = fyne.TextStyle{Bold: true}
	mono = fyne.TextStyle{Monospace: true}

	roleHeading     = role{theme.SizeNameHeadingText, theme.ColorNameForeground, bold}
	roleSubheading  = role{theme.SizeNameSubHeadingText, theme.ColorNameForeground, bold}
	roleStrong      = role{theme.SizeNameText, theme.ColorNameForeground, bold}
	roleBody        = role{theme.SizeNameText, theme.ColorNameForeground, fyne.TextStyle{}}
	roleMuted       = role{theme.SizeNameText, theme.ColorNamePlaceHolder, fyne.TextStyle{}}
	roleCaption     = role{theme.SizeNameCaptionText, theme.ColorNamePlaceHolder, fyne.TextStyle{}}
	roleCaptionDark = role{theme.SizeNameCaptionText, theme.ColorNameForeground, fyne.TextStyle{}}
	roleLink        = role{theme.SizeNameText, theme.ColorNameHyperlink, fyne.TextStyle{}}
	roleLinkCaption = role{theme.SizeNameCaptionText, theme.ColorNameHyperlink, fyne.TextStyle{}}
	roleMono        = role{sizeMono, theme.ColorNameForeground, mono}
	roleMonoCaption = role{sizeMonoCaption, theme.ColorNamePlaceHolder, mono}
	roleCode        = role{sizeCode, theme.ColorNameForeground, mono}
)

// in gives the same role in another colour.
func (r role) in(color fyne.ThemeColorName) role {
	r.color = color
	return r
}

// label is text without the padding of Fyne's own label, so that the measures
// of the mockups hold. A part between double asterisks is bold.
type label struct {
	widget.BaseWidget
	role role
	text string
	rich *widget.RichText
}

// newLabel makes a paragraph: it wraps at the width it is given.
func newLabel(r role, text string) *label {
	l := newLine(r, text)
	l.rich.Wrapping = fyne.TextWrapWord
	return l
}

// newLine makes a text that stays on one line.
func newLine(r role, text string) *label {
	l := &label{role: r, rich: widget.NewRichText()}
	l.ExtendBaseWidget(l)
	l.set(text)
	return l
}

// set changes the words.
func (l *label) set(text string) {
	if l.text == text && len(l.rich.Segments) > 0 {
		return
	}
	l.text = text
	l.rebuild()
}

// setRole changes what the text is for.
func (l *label) setRole(r role) {
	if l.role == r {
		return
	}
	l.role = r
	l.rebuild()
}

func (l *label) rebuild() {
	parts := strings.Split(l.text, "**")
	segments := make([]widget.RichTextSegment, 0, len(parts))
	for i, part := range parts {
		if part == "" && len(parts) > 1 {
			continue
		}
		style := widget.RichTextStyle{ColorName: l.role.color, SizeName: l.role.size, TextStyle: l.role.style, Inline: true}
		style.TextStyle.Bold = style.TextStyle.Bold || i%2 == 1
		segments = append(segments, &widget.TextSegment{Text: part, Style: style})
	}
	if last, ok := segments[len(segments)-1].(*widget.TextSegment); ok {
		last.Style.Inline = false
	}
	l.rich.Segments = segments
	l.rich.Refresh()
}

// CreateRenderer is called by Fyne.
func (l *label) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(trim{}, l.rich))
}

// newCopyable makes a paragraph whose letters can be marked and copied: exact
// server texts, addresses, notes.
func newCopyable(r role, text string) *copyable {
	inner := widget.NewLabel(text)
	inner.Selectable = true
	inner.Wrapping = fyne.TextWrapWord
	inner.SizeName = r.size
	inner.TextStyle = r.style
	if r.color == theme.ColorNamePlaceHolder {
		inner.Importance = widget.LowImportance
	}
	c := &copyable{label: inner}
	c.ExtendBaseWidget(c)
	return c
}

type copyable struct {
	widget.BaseWidget
	label *widget.Label
}

func (c *copyable) set(text string) { c.label.SetText(text) }

// CreateRenderer is called by Fyne.
func (c *copyable) CreateRenderer() fyne.WidgetRenderer {
	return widget.NewSimpleRenderer(container.New(trim{}, c.label))
}
