package ui

import (
	"image/color"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The colours that Fyne has no name for (UX §6.3). The theme answers them
// like its own, so a part may ask for them wherever it asks for a colour.
const (
	colorPractice     fyne.ThemeColorName = "practice"
	colorOnPractice   fyne.ThemeColorName = "onPractice"
	colorFocusRing    fyne.ThemeColorName = "focusRing"
	colorTintError    fyne.ThemeColorName = "tintError"
	colorTintWarn     fyne.ThemeColorName = "tintWarn"
	colorTintOK       fyne.ThemeColorName = "tintOK"
	colorTintInfo     fyne.ThemeColorName = "tintInfo"
	colorTintPractice fyne.ThemeColorName = "tintPractice"
	colorScrim        fyne.ThemeColorName = "scrim" // over the window under a question
	colorNone         fyne.ThemeColorName = "none"
)

// colorSurface is the fill of the rail, the top bar and flat cards.
const colorSurface = theme.ColorNameHeaderBackground

// pair is one token: its colour in the light and in the dark look.
type pair struct{ light, dark uint32 }

// tokens holds every colour as 0xRRGGBB. UX §6.3 gives them; a test computes
// the contrast of all pairs that meet on the screen.
var tokens = map[fyne.ThemeColorName]pair{
	theme.ColorNameBackground:          {0xFFFFFF, 0x14181F},
	colorSurface:                       {0xF3F5F8, 0x1C222B},
	theme.ColorNameOverlayBackground:   {0xFFFFFF, 0x20262F},
	theme.ColorNameMenuBackground:      {0xFFFFFF, 0x20262F},
	theme.ColorNameForeground:          {0x1B2430, 0xF1F4F8},
	theme.ColorNamePlaceHolder:         {0x566072, 0xB3BCC9},
	theme.ColorNameInputBackground:     {0xFFFFFF, 0x10141A},
	theme.ColorNameInputBorder:         {0x707B8C, 0x8590A1},
	theme.ColorNameButton:              {0xE3E8EF, 0x2F3846},
	theme.ColorNamePrimary:             {0x1257C4, 0x8AB4FF},
	theme.ColorNameForegroundOnPrimary: {0xFFFFFF, 0x0B1A33},
	theme.ColorNameHyperlink:           {0x0B4FB3, 0x9CC0FF},
	theme.ColorNameError:               {0xB3261E, 0xFF9A92},
	theme.ColorNameForegroundOnError:   {0xFFFFFF, 0x3B0A07},
	theme.ColorNameWarning:             {0x8A4B00, 0xFFC266},
	theme.ColorNameForegroundOnWarning: {0xFFFFFF, 0x2E1B00},
	theme.ColorNameSuccess:             {0x146C2E, 0x7FDB97},
	theme.ColorNameForegroundOnSuccess: {0xFFFFFF, 0x06290F},
	colorPractice:                      {0x6A3FB5, 0xCDB4FF},
	colorOnPractice:                    {0xFFFFFF, 0x22104A},
	theme.ColorNameDisabled:            {0x6B7585, 0x8C96A5},
	theme.ColorNameDisabledButton:      {0xEEF1F5, 0x262D38},
	colorFocusRing:                     {0x1257C4, 0x8AB4FF},
	colorTintError:                     {0xFDECEA, 0x3A1D1B},
	colorTintWarn:                      {0xFFF4E0, 0x36290F},
	colorTintOK:                        {0xE7F5EA, 0x15301D},
	colorTintInfo:                      {0xE8F0FD, 0x16294A},
	colorTintPractice:                  {0xF1EAFB, 0x2C2145},
	theme.ColorNameSeparator:           {0xC5CCD6, 0x3A4452},
	theme.ColorNameScrollBar:           {0x707B8C, 0x8590A1},
	theme.ColorNameScrollBarBackground: {0xF3F5F8, 0x1C222B},
	theme.ColorNameInnerWindowBorder:   {0xF3F5F8, 0x1C222B},
	theme.ColorNameShadow:              {0x141A24, 0x000000},
	colorScrim:                         {0x141A24, 0x05070A},
	theme.ColorNameHover:               {0x1B2430, 0xF1F4F8},
	theme.ColorNamePressed:             {0x1B2430, 0xF1F4F8},
	theme.ColorNameFocus:               {0x1257C4, 0x8AB4FF},
	theme.ColorNameSelection:           {0x1257C4, 0x8AB4FF},
}

// veils are the tokens that let what is under them shine through, with their
// share of cover in the light and in the dark look, 0 to 255.
var veils = map[fyne.ThemeColorName][2]uint8{
	colorScrim:               {0x70, 0xA0},
	theme.ColorNameShadow:    {0x30, 0x60},
	theme.ColorNameHover:     {0x12, 0x14},
	theme.ColorNamePressed:   {0x22, 0x24},
	theme.ColorNameFocus:     {0x66, 0x66},
	theme.ColorNameSelection: {0x48, 0x60},
}

// tokenColor gives the colour of a name, or false when the name is not ours.
func tokenColor(name fyne.ThemeColorName, dark bool) (color.NRGBA, bool) {
	if name == colorNone {
		return color.NRGBA{}, true
	}
	both, ok := tokens[name]
	if !ok {
		return color.NRGBA{}, false
	}
	rgb, side := both.light, 0
	if dark {
		rgb, side = both.dark, 1
	}
	cover := uint8(0xFF)
	if veil, ok := veils[name]; ok {
		cover = veil[side]
	}
	return color.NRGBA{R: uint8(rgb >> 16), G: uint8(rgb >> 8), B: uint8(rgb), A: cover}, true
}
