package ui

import (
	"fmt"
	"image/color"
	"math"
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/theme"
)

// contrast is the ratio of WCAG 2 between two opaque colours.
func contrast(a, b color.NRGBA) float64 {
	light := func(c color.NRGBA) float64 {
		part := func(v uint8) float64 {
			s := float64(v) / 255
			if s <= 0.04045 {
				return s / 12.92
			}
			return math.Pow((s+0.055)/1.055, 2.4)
		}
		return 0.2126*part(c.R) + 0.7152*part(c.G) + 0.0722*part(c.B)
	}
	x, y := light(a)+0.05, light(b)+0.05
	return math.Max(x, y) / math.Min(x, y)
}

// over gives what is seen of a colour that lets the one below shine through.
func over(top, below color.NRGBA) color.NRGBA {
	mix := func(t, b uint8) uint8 {
		a := float64(top.A) / 255
		return uint8(math.Round(float64(t)*a + float64(b)*(1-a)))
	}
	return color.NRGBA{R: mix(top.R, below.R), G: mix(top.G, below.G), B: mix(top.B, below.B), A: 255}
}

const (
	fg       = theme.ColorNameForeground
	muted    = theme.ColorNamePlaceHolder
	page0    = theme.ColorNameBackground
	overlay  = theme.ColorNameOverlayBackground
	inputBG  = theme.ColorNameInputBackground
	buttonBG = theme.ColorNameButton
)

// The table of UX §6.3: what each pair needs, and the ratios computed there.
var contrasts = []struct {
	top, below  fyne.ThemeColorName
	need        float64
	light, dark float64
}{
	{fg, page0, 4.5, 15.65, 16.13},
	{fg, colorSurface, 4.5, 14.33, 14.50},
	{fg, overlay, 4.5, 15.65, 13.80},
	{fg, inputBG, 4.5, 15.65, 16.74},
	{fg, buttonBG, 4.5, 12.71, 10.72},
	{muted, page0, 4.5, 6.34, 9.28},
	{muted, colorSurface, 4.5, 5.81, 8.34},
	{muted, overlay, 4.5, 6.34, 7.94},
	{muted, inputBG, 4.5, 6.34, 9.63},
	{theme.ColorNameHyperlink, page0, 4.5, 7.54, 9.66},
	{theme.ColorNameHyperlink, overlay, 4.5, 7.54, 8.26},
	{theme.ColorNameForegroundOnPrimary, theme.ColorNamePrimary, 4.5, 6.59, 8.31},
	{theme.ColorNameForegroundOnError, theme.ColorNameError, 4.5, 6.54, 8.35},
	{theme.ColorNameForegroundOnWarning, theme.ColorNameWarning, 4.5, 6.80, 10.34},
	{theme.ColorNameForegroundOnSuccess, theme.ColorNameSuccess, 4.5, 6.53, 9.37},
	{colorOnPractice, colorPractice, 4.5, 7.02, 9.32},
	{theme.ColorNameError, page0, 4.5, 6.54, 8.72},
	{theme.ColorNameError, overlay, 4.5, 6.54, 7.46},
	{theme.ColorNameError, colorTintError, 4.5, 5.72, 7.50},
	{theme.ColorNameWarning, page0, 4.5, 6.80, 11.15},
	{theme.ColorNameWarning, colorTintWarn, 4.5, 6.24, 8.89},
	{theme.ColorNameSuccess, page0, 4.5, 6.53, 10.58},
	{theme.ColorNameSuccess, colorTintOK, 4.5, 5.80, 8.48},
	{theme.ColorNamePrimary, page0, 4.5, 6.59, 8.52},
	{theme.ColorNamePrimary, colorTintInfo, 4.5, 5.75, 6.93},
	{colorPractice, colorTintPractice, 4.5, 5.99, 8.20},
	{fg, colorTintError, 4.5, 13.69, 13.88},
	{fg, colorTintWarn, 4.5, 14.36, 12.85},
	{fg, colorTintOK, 4.5, 13.90, 12.93},
	{fg, colorTintInfo, 4.5, 13.65, 13.13},
	{fg, colorTintPractice, 4.5, 13.34, 13.50},
	{theme.ColorNameInputBorder, page0, 3, 4.28, 5.51},
	{theme.ColorNameInputBorder, colorSurface, 3, 3.92, 4.95},
	{theme.ColorNameInputBorder, overlay, 3, 4.28, 4.71},
	{theme.ColorNameInputBorder, inputBG, 3, 4.28, 5.72},
	{colorFocusRing, page0, 3, 6.59, 8.52},
	{colorFocusRing, colorSurface, 3, 6.03, 7.66},
	{colorFocusRing, overlay, 3, 6.59, 7.29},
	{colorFocusRing, buttonBG, 3, 5.35, 5.66},
	{theme.ColorNamePrimary, page0, 3, 6.59, 8.52},
	{theme.ColorNameDisabled, page0, 3, 4.66, 5.95},
	{theme.ColorNameDisabled, theme.ColorNameDisabledButton, 3, 4.11, 4.63},
	// Pairs of the kit that UX's table does not list; 0 means not given there.
	{theme.ColorNameHyperlink, colorSurface, 4.5, 0, 0},
	{muted, colorTintInfo, 4.5, 0, 0},
	{theme.ColorNameScrollBar, page0, 3, 0, 0},
}

func TestLook_ContrastOfEveryPair(t *testing.T) {
	for _, row := range contrasts {
		for dark, want := range map[bool]float64{false: row.light, true: row.dark} {
			t.Run(fmt.Sprintf("%s on %s dark=%v", row.top, row.below, dark), func(t *testing.T) {
				top, ok1 := tokenColor(row.top, dark)
				below, ok2 := tokenColor(row.below, dark)
				if !ok1 || !ok2 || top.A != 255 || below.A != 255 {
					t.Fatalf("not two opaque tokens: %v %v", top, below)
				}
				got := contrast(top, below)
				if got < row.need {
					t.Errorf("contrast %.2f, need %.1f", got, row.need)
				}
				if want != 0 && math.Abs(got-want) > 0.06 {
					t.Errorf("contrast %.2f, UX computes %.2f: a colour differs from its token", got, want)
				}
			})
		}
	}
}

// Text stays readable while its button is focused, hovered over, or marked.
func TestLook_ContrastUnderVeils(t *testing.T) {
	for _, dark := range []bool{false, true} {
		for _, veil := range []fyne.ThemeColorName{theme.ColorNameFocus, theme.ColorNameHover, theme.ColorNameSelection} {
			for below, text := range map[fyne.ThemeColorName]fyne.ThemeColorName{
				buttonBG: fg, inputBG: fg, theme.ColorNamePrimary: theme.ColorNameForegroundOnPrimary,
			} {
				tint, _ := tokenColor(veil, dark)
				back, _ := tokenColor(below, dark)
				ink, _ := tokenColor(text, dark)
				if got := contrast(ink, over(tint, back)); got < 4.5 {
					t.Errorf("%s on %s under %s, dark=%v: contrast %.2f, need 4.5", text, below, veil, dark, got)
				}
			}
		}
	}
}

func TestLook_ModeWinsOverTheComputer(t *testing.T) {
	test.NewTempApp(t)
	white, black := color.NRGBA{0xFF, 0xFF, 0xFF, 0xFF}, color.NRGBA{0x14, 0x18, 0x1F, 0xFF}
	for _, row := range []struct {
		mode    lookMode
		variant fyne.ThemeVariant
		want    color.NRGBA
	}{
		{lookSystem, theme.VariantLight, white},
		{lookSystem, theme.VariantDark, black},
		{lookLight, theme.VariantDark, white},
		{lookDark, theme.VariantLight, black},
	} {
		if got := newLook(row.mode, 1).Color(page0, row.variant); got != row.want {
			t.Errorf("mode %d, computer %d: background %v, want %v", row.mode, row.variant, got, row.want)
		}
	}
}

func TestLook_AnswersEveryColourOfFyne(t *testing.T) {
	test.NewTempApp(t)
	test.AssertAllColorNamesDefined(t, newLook(lookLight, 1), "light")
	test.AssertAllColorNamesDefined(t, newLook(lookDark, 1), "dark")
}

func TestLook_TextSizeMultipliesAllButLines(t *testing.T) {
	test.NewTempApp(t)
	one, two := newLook(lookLight, 1), newLook(lookLight, 2)
	for _, name := range []fyne.ThemeSizeName{theme.SizeNameText, theme.SizeNamePadding, theme.SizeNameInlineIcon, sizeMono} {
		if got, want := two.Size(name), 2*one.Size(name); got != want {
			t.Errorf("%s at 200 %%: %v, want %v", name, got, want)
		}
	}
	if got := two.Size(theme.SizeNameInputBorder); got != 1.5 {
		t.Errorf("border at 200 %%: %v, want 1.5", got)
	}
	if got := newLook(lookLight, 1.3).factor; got != 1.25 {
		t.Errorf("factor for 1.3: %v, want the step below, 1.25", got)
	}
	if got := one.bigger().bigger().bigger().bigger().factor; got != 2 {
		t.Errorf("biggest: %v, want 2", got)
	}
	if got := two.smaller().smaller().smaller().smaller().factor; got != 1 {
		t.Errorf("smallest: %v, want 1", got)
	}
}
