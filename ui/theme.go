package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// lookMode says which of the two sets of colours is used.
type lookMode int

const (
	lookSystem lookMode = iota // what the computer is set to
	lookLight
	lookDark
)

// textSizes are the steps of the text-size setting (UX §6.2).
var textSizes = []float32{1, 1.25, 1.5, 2}

// look is the theme of the window: the colours of UX §6.3 and the sizes of
// UX §6.2 times the text-size factor. Fonts and stock icons are Fyne's.
type look struct {
	mode   lookMode
	factor float32
}

var _ fyne.Theme = look{}

// newLook makes the theme. A factor that is not one of textSizes is taken to
// the nearest one below, and to 1 when there is none.
func newLook(mode lookMode, factor float32) look {
	chosen := textSizes[0]
	for _, size := range textSizes {
		if size <= factor {
			chosen = size
		}
	}
	return look{mode: mode, factor: chosen}
}

// bigger and smaller give the neighbouring text size, or the same at the end.
func (l look) bigger() look {
	for _, size := range textSizes {
		if size > l.factor {
			return newLook(l.mode, size)
		}
	}
	return l
}

func (l look) smaller() look {
	next := l
	for _, size := range textSizes {
		if size < l.factor {
			next = newLook(l.mode, size)
		}
	}
	return next
}

// Color answers our tokens and Fyne's names; the variant the computer asks
// for counts only in lookSystem.
func (l look) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	dark := variant == theme.VariantDark
	switch l.mode {
	case lookLight:
		dark = false
	case lookDark:
		dark = true
	}
	if c, ok := tokenColor(name, dark); ok {
		return c
	}
	return theme.DefaultTheme().Color(name, variant)
}

// Font gives Fyne's bundled fonts.
func (l look) Font(style fyne.TextStyle) fyne.Resource { return theme.DefaultTheme().Font(style) }

// Icon gives Fyne's stock icons; ours are in icons.go.
func (l look) Icon(name fyne.ThemeIconName) fyne.Resource { return theme.DefaultTheme().Icon(name) }

// sizes are in dip at 100 % text.
var sizes = map[fyne.ThemeSizeName]float32{
	theme.SizeNameText:               15,
	theme.SizeNameCaptionText:        13,
	theme.SizeNameSubHeadingText:     18,
	theme.SizeNameHeadingText:        24,
	theme.SizeNamePadding:            6,
	theme.SizeNameInnerPadding:       10,
	theme.SizeNameLineSpacing:        5,
	theme.SizeNameInlineIcon:         22,
	theme.SizeNameInputBorder:        1.5,
	theme.SizeNameInputRadius:        6,
	theme.SizeNameButtonRadius:       6,
	theme.SizeNameMenuRadius:         6,
	theme.SizeNamePopupRadius:        12,
	theme.SizeNameDialogRadius:       12,
	theme.SizeNameScrollBarSmall:     8,
	theme.SizeNameSeparatorThickness: 1,
	sizeMono:                         14,
	sizeMonoCaption:                  12.5,
	sizeCode:                         20,
}

// Size gives a size in dip, larger by the text-size factor. Lines and borders
// keep their thickness.
func (l look) Size(name fyne.ThemeSizeName) float32 {
	size, ok := sizes[name]
	if !ok {
		size = theme.DefaultTheme().Size(name)
	}
	if name == theme.SizeNameSeparatorThickness || name == theme.SizeNameInputBorder {
		return size
	}
	return size * l.factor
}

// factor is the text-size factor in force.
func factor() float32 {
	if l, ok := fyne.CurrentApp().Settings().Theme().(look); ok {
		return l.factor
	}
	return 1
}

// dip takes a measure of the mockups (100 % text) to the size in force. It is
// asked at each layout, so that a change of the setting needs no restart.
func dip(measure float32) float32 { return measure * factor() }

// ink is the colour of a name as the widget is drawn now.
func ink(name fyne.ThemeColorName) color.Color {
	settings := fyne.CurrentApp().Settings()
	return settings.Theme().Color(name, settings.ThemeVariant())
}

// plain is the theme in force without scroll bars: in an input of one line
// they would cover the letters.
type plain struct{}

func (plain) now() fyne.Theme { return fyne.CurrentApp().Settings().Theme() }

// Color hides the shadow that tells of more letters; the cursor does.
func (p plain) Color(name fyne.ThemeColorName, variant fyne.ThemeVariant) color.Color {
	if name == theme.ColorNameShadow {
		name = colorNone
	}
	return p.now().Color(name, variant)
}

func (p plain) Font(style fyne.TextStyle) fyne.Resource    { return p.now().Font(style) }
func (p plain) Icon(name fyne.ThemeIconName) fyne.Resource { return p.now().Icon(name) }

func (p plain) Size(name fyne.ThemeSizeName) float32 {
	if name == theme.SizeNameScrollBar || name == theme.SizeNameScrollBarSmall {
		return 0
	}
	return p.now().Size(name)
}
