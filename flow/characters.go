package flow

import (
	"strings"
	"unicode/utf8"
)

// reference reads the character reference at the & at i, and returns its
// character and the place behind it. One that was escaped again, such as
// &amp;#95;, is read to its end. An & that begins none is returned as it is.
func reference(text string, i int) (r rune, end int) {
	r, end = '&', i+1
	if end == len(text) || text[end] != '#' && !letterOrDigit(text[end]) {
		return r, end
	}
	for r == '&' {
		inner, after := afterAnd(text[end:])
		if after == 0 {
			break
		}
		r, end = inner, end+after
	}
	return r, end
}

// afterAnd reads what follows an &: #95; or #x5f; or lowbar;. It returns how many
// bytes that are, 0 when it is no reference.
func afterAnd(s string) (r rune, n int) {
	if strings.HasPrefix(s, "#") {
		return numbered(s)
	}
	for n < len(s) && n <= len("ZeroWidthSpace") && letterOrDigit(s[n]) {
		n++
	}
	if n == 0 || n >= len(s) || s[n] != ';' {
		return 0, 0
	}
	if r = named(s[:n]); r == 0 {
		return 0, 0
	}
	return r, n + 1
}

// numbered reads #95; or #x5f;. As in a browser, the semicolon may be missing.
func numbered(s string) (r rune, n int) {
	base := rune(10)
	n = 1
	if n < len(s) && s[n]|0x20 == 'x' {
		base, n = 16, 2
	}
	first := n
	for ; n < len(s); n++ {
		digit := digitOf(s[n])
		if digit >= base {
			break
		}
		r = min(r*base+digit, utf8.MaxRune+1)
	}
	if n == first {
		return 0, 0
	}
	if n < len(s) && s[n] == ';' {
		n++
	}
	if r == 0 || r > utf8.MaxRune {
		r = utf8.RuneError
	}
	return r, n
}

// digitOf returns the value of a digit, or 16 when c is none.
func digitOf(c byte) rune {
	switch {
	case '0' <= c && c <= '9':
		return rune(c - '0')
	case 'a' <= c|0x20 && c|0x20 <= 'f':
		return rune(c|0x20-'a') + 10
	}
	return 16
}

// named returns the character of a name that can stand in or around a
// documented text, or 0. All kinds of spaces are one, and all signs that
// cannot be seen.
func named(name string) rune {
	switch name {
	case "amp", "AMP":
		return '&'
	case "lt", "LT":
		return '<'
	case "gt", "GT":
		return '>'
	case "quot", "QUOT", "apos", "ldquo", "rdquo", "bdquo", "lsquo", "rsquo", "sbquo", "laquo", "raquo":
		return '"'
	case "nbsp", "NonBreakingSpace", "ensp", "emsp", "thinsp", "Tab", "NewLine":
		return ' '
	case "shy", "zwj", "zwnj", "lrm", "rlm", "ZeroWidthSpace", "NoBreak":
		return '\u00ad'
	case "lowbar", "UnderBar":
		return '_'
	case "colon":
		return ':'
	case "comma":
		return ','
	case "equals":
		return '='
	case "period":
		return '.'
	}
	return 0
}

func letterOrDigit(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9'
}

// sight says what can be seen of a character.
type sight int

const (
	mark   sight = iota // something
	quote               // a typographic quotation mark
	space               // a space between words
	unseen              // nothing: control, format and zero-width characters
)

// seen says what can be seen of r. It is the same as what the tables of
// package unicode say, and many times faster; a test compares the two.
func seen(r rune) sight {
	switch {
	case r < utf8.RuneSelf:
		return seenASCII(r)
	case 0x3165 <= r && r < 0xfe00, r == utf8.RuneError: // most of the world's letters, and what is none
		return mark
	case '‘' <= r && r <= '‟', r == '«', r == '»', r == '‹', r == '›':
		return quote
	case r == 0x85, r == 0xa0, r == 0x1680, r == 0x2028, r == 0x2029, r == 0x202f, r == 0x205f, r == 0x3000, 0x2000 <= r && r <= 0x200a:
		return space
	case invisible(r):
		return unseen
	}
	return mark
}

// invisible reports whether nothing is seen of a character beyond ASCII that
// is no space.
func invisible(r rune) bool {
	switch {
	case r < 0xa0, r == 0xad, r == 0x34f, r == 0x61c, r == 0x115f, r == 0x1160, r == 0x17b4, r == 0x17b5, r == 0x3164, r == 0xfeff, r == 0xffa0:
		return true
	case 0x180b <= r && r <= 0x180f, 0x200b <= r && r <= 0x200f, 0x202a <= r && r <= 0x202e, 0x2060 <= r && r <= 0x206f:
		return true
	case 0xfe00 <= r && r <= 0xfe0f, 0xfff0 <= r && r <= 0xfffb, 0x1bca0 <= r && r <= 0x1bca3, 0x1d173 <= r && r <= 0x1d17a, 0xe0000 <= r && r <= 0xe0fff:
		return true
	}
	return false
}

func seenASCII(r rune) sight {
	switch {
	case r == ' ', '\t' <= r && r <= '\r':
		return space
	case r < ' ', r == 0x7f:
		return unseen
	}
	return mark
}
