package flow

import (
	"strings"
	"unicode/utf8"
)

// plain is a text as far as it can be compared: its visible signs
// in a row. Markup, white space and invisible characters are left out, since
// they may stand anywhere in a text that was wrapped, marked up or copied.
type plain struct {
	signs []byte // ASCII; any other visible character is the sign opaque
	gaps  []bool // white space, or a tag that parts words, stands before the sign
}

// opaque stands for a character that no documented text has.
const opaque = 0x7f

// readPlain makes text comparable: plain text, HTML, or HTML escaped once too
// often. It looks at each part of the text a fixed number of times, however
// broken the markup is.
func readPlain(text string) plain {
	b := plainReader{
		plain: plain{make([]byte, len(text)), make([]bool, len(text))}, text: text, lineStart: true,
		less: places{text, '<', -1}, greater: places{text, '>', -1},
	}
	for i := 0; i < len(text); {
		switch roles[text[i]] {
		case ordinary:
			i = b.word(i)
		case parting:
			b.gap = true
			i++
		case breaking:
			b.gap, b.lineStart = true, true
			i++
		case ignored:
			i++
		case opening:
			if i+1 < len(text) && tagBegins[text[i+1]] {
				i = b.markup(i)
			} else {
				b.put('<')
				i++
			}
		case referring:
			i = b.reference(i)
		case quoting:
			b.character('>')
			i++
		case stray:
			b.put(opaque)
			i++
		default:
			r, size := utf8.DecodeRuneInString(text[i:])
			b.character(r)
			i += size
		}
	}
	return plain{b.signs[:b.n], b.gaps[:b.n]}
}

// What a byte of a text may be.
const (
	beyond    = iota // part of a character beyond ASCII
	ordinary         // a sign that means itself wherever it stands
	parting          // a space or a tabulator
	breaking         // the end of a line
	ignored          // a control character
	opening          // <
	referring        // &
	quoting          // >
	stray            // no beginning of a character
)

// roles says what each byte may be, since most can be told by themselves.
var roles = func() (is [256]uint8) {
	for c := range utf8.RuneSelf {
		is[c] = [...]uint8{mark: ordinary, space: parting, unseen: ignored}[seen(rune(c))]
	}
	for c := utf8.RuneSelf; c <= 0xff; c++ {
		if c < 0xc2 || c > 0xf4 { // RFC 3629, section 4
			is[c] = stray
		}
	}
	is['\n'], is['\r'], is['<'], is['&'], is['>'] = breaking, breaking, opening, referring, quoting
	return is
}()

// plainReader fills a plain text from front to back.
type plainReader struct {
	plain
	text          string
	n             int  // signs so far; never more than bytes read
	gap           bool // before the next sign
	lineStart     bool // only white space and > since the line began
	less, greater places
	noEnd         [len(unshown)]bool // no end tag of this element is left
	noComment     bool               // no end of a comment is left
}

func (b *plainReader) put(sign byte) {
	b.signs[b.n], b.gaps[b.n] = sign, b.gap
	b.n++
	b.gap, b.lineStart = false, false
}

// word takes the ordinary signs from i on and returns the place behind them.
func (b *plainReader) word(i int) int {
	end := i + 1
	for end < len(b.text) && roles[b.text[end]] == ordinary {
		end++
	}
	b.gaps[b.n] = b.gap
	b.n += copy(b.signs[b.n:], b.text[i:end])
	b.gap, b.lineStart = false, false
	return end
}

// reference takes what begins with the & at i and returns the place behind it.
func (b *plainReader) reference(i int) int {
	r, end := reference(b.text, i)
	if r == '&' {
		b.put('&')
	} else {
		b.character(r)
	}
	return end
}

// character takes one character that is not the text's own markup.
func (b *plainReader) character(r rune) {
	switch kind := seen(r); {
	case kind == unseen:
	case kind == space, r == '>' && b.lineStart: // the latter quotes a line in a mail
		b.gap = true
		b.lineStart = b.lineStart || r == '\n' || r == '\r'
	case kind == quote:
		b.put('"')
	case r < utf8.RuneSelf:
		b.put(byte(r))
	case '！' <= r && r <= '～': // full-width forms of ASCII, as Chinese and Japanese keyboards give
		b.put(byte(r - '！' + '!'))
	default:
		b.put(opaque)
	}
}

// places finds the places of one sign in a text, each of them once.
type places struct {
	text string
	sign byte
	at   int
}

// from returns the first place at or after i, or the length of the text. The
// places asked for must not go back.
func (s *places) from(i int) int {
	if s.at < i {
		s.at = len(s.text)
		if found := strings.IndexByte(s.text[i:], s.sign); found >= 0 {
			s.at = i + found
		}
	}
	return s.at
}
