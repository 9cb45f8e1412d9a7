package ui

import (
	"fmt"
	"strings"
	"unicode"
)

// comparison is how two callback URLs differ, for "Compare the two" (UX §3.9):
// the server wants them the same in every letter.
type comparison struct {
	same   bool
	at     int    // the first sign that differs, counted from 1
	common string // what stands before it
	yours  string // the sign there, "" when the URL ends before it
	saved  string
	checks [6]comparisonCheck
}

// comparisonCheck is one named check; its words are at "compare.check." and
// the name.
type comparisonCheck struct {
	name string
	same bool
}

// compareURLs compares two addresses sign by sign. It parses nothing, since
// either may be damaged.
func compareURLs(yours, saved string) comparison {
	a, b := []rune(yours), []rune(saved)
	at := 0
	for at < len(a) && at < len(b) && a[at] == b[at] {
		at++
	}
	c := comparison{same: yours == saved, at: at + 1, common: string(a[:at])}
	if at < len(a) {
		c.yours = string(a[at])
	}
	if at < len(b) {
		c.saved = string(b[at])
	}
	c.checks = compareParts(cutURL(yours), cutURL(saved))
	return c
}

// urlParts are the parts the checks look at, each as it is written.
type urlParts struct{ scheme, host, port, path, hidden string }

// cutURL takes an address apart. Hidden signs are put aside, so that one of
// them is not reported as a difference of everything.
func cutURL(address string) urlParts {
	var p urlParts
	address = strings.Map(func(r rune) rune {
		if hiddenSign(r) {
			p.hidden += string(r)
			return -1
		}
		return r
	}, address)
	rest := address
	if before, after, ok := strings.Cut(address, "://"); ok {
		p.scheme, rest = before, after
	}
	p.host = rest
	if i := strings.IndexAny(rest, "/?#"); i >= 0 {
		p.host, p.path = rest[:i], rest[i:]
	}
	if i := strings.LastIndexByte(p.host, ':'); i > strings.LastIndexByte(p.host, ']') {
		p.host, p.port = p.host[:i], p.host[i+1:]
	}
	return p
}

func compareParts(a, b urlParts) [6]comparisonCheck {
	aPath, aSlash := cutSlash(a.path)
	bPath, bSlash := cutSlash(b.path)
	letters := sameLetters(a.scheme, b.scheme) && sameLetters(a.host, b.host) && sameLetters(aPath, bPath)
	return [6]comparisonCheck{
		{"scheme", strings.EqualFold(a.scheme, b.scheme)},
		{"host", strings.EqualFold(a.host, b.host)},
		{"port", a.port == b.port},
		{"letters", letters},
		{"slash", aSlash == bSlash},
		{"hidden", a.hidden == b.hidden},
	}
}

// cutSlash takes the last slash off the path and tells whether there was one;
// what follows a question mark stays where it is.
func cutSlash(path string) (rest string, had bool) {
	tail := ""
	if i := strings.IndexAny(path, "?#"); i >= 0 {
		path, tail = path[:i], path[i:]
	}
	rest, had = strings.CutSuffix(path, "/")
	return rest + tail, had
}

// sameLetters is false only when upper and lower case are all that differs:
// any other difference has a check of its own.
func sameLetters(a, b string) bool { return a == b || !strings.EqualFold(a, b) }

// hiddenSign tells whether a sign leaves no mark on the screen.
func hiddenSign(r rune) bool { return unicode.IsSpace(r) || !unicode.IsGraphic(r) }

// signName is a sign as a sentence can quote it.
func signName(sign string) string {
	for _, r := range sign {
		switch {
		case r == ' ':
			return say("compare.space")
		case hiddenSign(r):
			return say("compare.hidden", "Sign", fmt.Sprintf("U+%04X", r))
		}
	}
	return sign
}

// sentence tells the first difference in words.
func (c comparison) sentence() string {
	yours, saved := signName(c.yours), signName(c.saved)
	switch {
	case c.same:
		return say("compare.same")
	case c.saved == "":
		return say("compare.savedEnds", "At", c.at, "Yours", yours)
	case c.yours == "":
		return say("compare.yoursEnds", "At", c.at, "Saved", saved)
	}
	return say("compare.differ", "At", c.at, "Yours", yours, "Saved", saved)
}
