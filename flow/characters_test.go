package flow

import (
	"html"
	"regexp"
	"strings"
	"testing"
	"unicode"
)

// The tables of package unicode are too slow for a megabyte; here they say
// whether the short cut is right.
func TestSeen_AgreesWithUnicode(t *testing.T) {
	for r := rune(0); r <= unicode.MaxRune; r++ {
		want := mark
		switch {
		case unicode.IsSpace(r):
			want = space
		case unicode.In(r, unicode.Prepended_Concatenation_Mark): // format characters that can be seen
		case 0x13430 <= r && r <= 0x1343f: // how hieroglyphs stand together
		case unicode.In(r, unicode.Cc, unicode.Cf, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector):
			want = unseen
		case unicode.In(r, unicode.Pi, unicode.Pf) && r < 0x2e00 || strings.ContainsRune("‚„", r):
			want = quote
		}
		if got := seen(r); got != want {
			t.Errorf("%U: %v, want %v", r, got, want)
		}
	}
}

func TestReference_AgreesWithHTML(t *testing.T) {
	for _, text := range []string{"&amp;", "&lt;", "&gt;", "&lowbar;", "&UnderBar;", "&colon;", "&comma;", "&equals;", "&period;", "&#95;", "&#x5f;", "&#X5F;", "&#0000095;", "&#95 ", "&#x5f ", "&", "&&", "&;", "&#", "&#;", "&#xg;", "&unknown;", "& amp;", "&#0;", "&#x110000;", "&#99999999999999999999;"} {
		r, end := reference(text, 0)
		if got, want := string(r)+text[end:], html.UnescapeString(text); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
	for text, want := range map[string]rune{"&amp;#95;": '_', "&amp;amp;amp;lowbar;": '_', "&#38;#x26;#95": '_', "&amp;&amp;": '&', "&amp;amp": '&'} {
		if got, _ := reference(text, 0); got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}

// Every name that can be read means in HTML what it is read as.
func TestNamed_KnowsItsNamesFromHTML(t *testing.T) {
	for _, name := range regexp.MustCompile(`\w+`).FindAllString("amp AMP lt LT gt GT quot QUOT apos ldquo rdquo bdquo lsquo rsquo sbquo laquo raquo nbsp NonBreakingSpace ensp emsp thinsp Tab NewLine shy zwj zwnj lrm rlm ZeroWidthSpace NoBreak lowbar UnderBar colon comma equals period", -1) {
		got, want := named(name), []rune(html.UnescapeString("&"+name+";"))
		if len(want) != 1 || seen(got) != seen(want[0]) && got != '"' || seen(got) == mark && got != want[0] && got != '"' {
			t.Errorf("%s: %q, want %q", name, got, string(want))
		}
	}
	if got := named("eacute"); got != 0 {
		t.Errorf("eacute: %q, want none", got)
	}
}
