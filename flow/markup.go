package flow

import "strings"

// unshown are the elements whose content is not shown.
var unshown = [...]string{"script", "style"}

// tagBegins says which signs behind a < may make it markup.
var tagBegins = func() (is [256]bool) {
	for c := range 256 {
		is[c] = tagLetter(byte(c)) || c == '/' || c == '!' || c == '?'
	}
	return is
}()

// markup reads what begins with the < at i and returns where to go on: behind
// a comment, a tag or an element that is not shown; or behind the < itself, when it is a
// sign like any other. A name with an underscore makes no tag, so that
// "<oauth_invalid_clientid>" and "<parameter_list>" are text.
func (b *plainReader) markup(i int) int {
	if strings.HasPrefix(b.text[i:], "<!--") {
		return b.comment(i)
	}
	name, nameEnd, ok := b.tagName(i)
	if !ok {
		return b.literal(i)
	}
	end := b.greater.from(i)
	if end == len(b.text) || b.less.from(i+1) < end {
		return b.literal(i)
	}
	kind, element := elementOf(b.text[name:nameEnd])
	switch kind {
	case blockElement:
		b.gap = true
	case unshownElement:
		b.gap = true
		if b.text[i+1] != '/' && b.text[end-1] != '/' {
			return b.unshownEnd(end+1, element)
		}
	}
	return end + 1
}

// tagName returns where the name of the tag at i begins and ends, and whether
// it is one.
func (b *plainReader) tagName(i int) (begin, end int, ok bool) {
	begin = i + 1
	if begin < len(b.text) && (b.text[begin] == '/' || b.text[begin] == '!' || b.text[begin] == '?') {
		begin++
	}
	end = begin
	for end < len(b.text) && end-begin <= 20 && tagLetter(b.text[end]) {
		end++
	}
	ok = end > begin && end < len(b.text) && strings.IndexByte(" \t\r\n\f/>?", b.text[end]) >= 0
	return begin, end, ok
}

// elementKind is what an element does to the words around its tags.
type elementKind int

const (
	blockElement   elementKind = iota // parts them
	inlineElement                     // may stand inside one
	unshownElement                    // its content is none
)

// elementOf returns what an element is, and its index in [unshown].
func elementOf(name string) (kind elementKind, index int) {
	var lower [len("strong")]byte // the longest that is known
	if len(name) > len(lower) {
		return blockElement, 0
	}
	for i := range len(name) {
		lower[i] = name[i] | 0x20
	}
	switch string(lower[:len(name)]) {
	case "a", "b", "big", "bdi", "bdo", "code", "em", "font", "i", "kbd", "mark", "nobr", "q", "s", "samp", "small", "span", "strong", "sub", "sup", "tt", "u", "var", "wbr":
		return inlineElement, 0
	case unshown[0]:
		return unshownElement, 0
	case unshown[1]:
		return unshownElement, 1
	}
	return blockElement, 0
}

func tagLetter(c byte) bool {
	return 'a' <= c|0x20 && c|0x20 <= 'z' || '0' <= c && c <= '9' || c == '-' || c == ':'
}

// comment returns the place behind the comment at i.
func (b *plainReader) comment(i int) int {
	if !b.noComment {
		if n := strings.Index(b.text[i+len("<!--"):], "-->"); n >= 0 {
			return i + len("<!--") + n + len("-->")
		}
		b.noComment = true
	}
	return b.literal(i)
}

// literal takes the < at i as a sign like any other.
func (b *plainReader) literal(i int) int {
	b.put('<')
	return i + 1
}

// unshownEnd returns the place of the end tag of an unshown element that began
// before i, or i when it has none.
func (b *plainReader) unshownEnd(i, element int) int {
	for at := i; !b.noEnd[element]; {
		n := strings.Index(b.text[at:], "</")
		if n < 0 {
			b.noEnd[element] = true
			break
		}
		at += n + len("</")
		name := unshown[element]
		if len(b.text)-at >= len(name) && strings.EqualFold(b.text[at:at+len(name)], name) {
			return at - len("</")
		}
	}
	return i
}
