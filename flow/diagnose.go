package flow

import (
	"strconv"
	"strings"
	"unicode/utf8"
)

// Reading is what was understood of text that a person copied from their
// browser. Nothing is done with it before they agreed.
type Reading struct {
	Problem *Problem // what the text tells, or UnknownText; nil with Answer
	Answer  bool     // the text is the address of an answer: offer to take it
}

// readLimit is how much of a text is looked at, in bytes. Longer ones are
// pasted by mistake.
const readLimit = 1 << 20

// ReadError recognises the documented errors of the guide's authorize and
// token steps in text copied from a browser: anywhere in it, in upper or lower
// case, with markup around and inside, broken over lines. Of several, the
// longest text decides. An address is looked at before: it can be the answer,
// one that can't be used, one that went elsewhere, or the sign-in page's own.
// A text that matches nothing is UnknownText.
//
// Only the first megabyte is looked at. The facts hold no markup and no code.
func (r Request) ReadError(text string) Reading {
	text = text[:min(len(text), readLimit)]
	answer, p := r.ReadPasted(text)
	switch {
	case p == nil && answer.Problem == nil:
		return Reading{Answer: true}
	case p == nil:
		p = answer.Problem.tamed()
	default:
		p = r.readAddress(text)
	}
	if p == nil {
		p = r.readPhrases(readPlain(text))
	}
	if p == nil {
		p = &Problem{Code: UnknownText, Facts: Facts{"n": strconv.Itoa(characters(strings.TrimSpace(text)))}}
	}
	p.Step, p.ByUser = AtBrowser, true
	return Reading{Problem: p}
}

// readPhrases returns what the longest documented text means, or nil. A text
// that comes several times is read where its list is there, since a page may
// have it as a heading and as a whole.
func (r Request) readPhrases(p plain) *Problem {
	tree := phraseTree()
	best, bestN, list := -1, 0, noList
	for k := 0; k < len(p.signs); {
		if !tree.begins[p.signs[k]] {
			k++
			continue
		}
		found, n := tree.longest(p.signs[k:])
		switch {
		case n == 0:
			k++
			continue
		case n > bestN:
			best, bestN, list = found, n, p.listAfter(found, k+n)
		case found == best && list == noList:
			list = p.listAfter(found, k+n)
		}
		k += n
	}
	if best < 0 {
		return nil
	}
	facts := Facts{"callback": r.Callback}
	if name := phrases[best].list; name != "" {
		facts[name] = list
	}
	return &Problem{Code: phrases[best].code, Facts: facts}
}

// listAfter reads the list of a phrase that ends before the sign k.
func (p plain) listAfter(index, k int) string {
	phrase := phrases[index]
	switch {
	case phrase.list == "":
		return noList
	case strings.HasSuffix(phrase.text, "="):
		return p.list(k, valueSigns)
	case k < len(p.signs) && p.signs[k] == ':':
		return p.list(k+1, nameSigns)
	}
	return noList
}

// characters counts the characters of a text that need not be whole.
func characters(text string) (n int) {
	for i := range len(text) {
		if utf8.RuneStart(text[i]) {
			n++
		}
	}
	return n
}
