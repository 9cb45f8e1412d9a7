package e2e

import (
	"image"
	"slices"
	"strings"
	"unicode"
)

// Spot is a place on the screen where a phrase was seen.
type Spot struct {
	Box   image.Rectangle // in screen pixels
	Text  string          // as it was read, misreadings included
	score float64
}

// match finds a phrase in what was read. Case, punctuation and spaces do not
// count; letters that look alike count as the same; one letter in six may be
// misread. Of places that fit equally well, the lowest wins: a button stands
// under the sentence that speaks of it.
func match(phrase string, views [3][]word) (Spot, bool) {
	want := fold(phrase)
	if want == "" {
		return Spot{}, false
	}
	var spots []Spot
	for _, view := range views {
		for _, line := range lines(view) {
			spots = append(spots, matchLine(want, line)...)
		}
	}
	if len(spots) == 0 {
		return Spot{}, false
	}
	best := slices.MaxFunc(spots, func(a, b Spot) int { return int(1000 * (a.score - b.score)) })
	for _, s := range spots {
		if s.score > best.score-0.04 && s.Box.Min.Y > best.Box.Max.Y {
			best = s
		}
	}
	return best, true
}

func matchLine(want string, line []word) []Spot {
	var spots []Spot
	whole := fold(sentence(line))
	for i := range line {
		got, box := "", image.Rectangle{}
		for j := i; j < len(line) && len(got) <= len(want)+len(want)/6; j++ {
			got += fold(line[j].text)
			box = box.Union(line[j].box)
			score := likeness(want, got)
			if score == 0 {
				continue
			}
			// The less stands beside it, the surer it is a label or a button. An
			// icon may be read as a letter, so a little beside it does no harm.
			score += 0.1 * float64(len(got)) / float64(len(whole))
			spots = append(spots, Spot{Box: box, Text: sentence(line[i : j+1]), score: score})
		}
	}
	return spots
}

// likeness is 1 for the same, 0 for something else.
func likeness(want, got string) float64 {
	switch {
	case want == got:
		return 1
	case lookalike.Replace(want) == lookalike.Replace(got):
		return 0.97
	}
	wrong := distance([]rune(lookalike.Replace(want)), []rune(lookalike.Replace(got)))
	if wrong > len([]rune(want))/6 {
		return 0
	}
	return 0.95 - float64(wrong)/float64(len(want))
}

// lookalike makes one of the signs that are mixed up in small letters.
var lookalike = strings.NewReplacer("0", "o", "1", "i", "l", "i", "|", "i", "rn", "m", "vv", "w")

// fold keeps letters and digits, in small letters.
func fold(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) || r == '|' {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// distance counts the letters to change, add or leave out (Levenshtein).
func distance(a, b []rune) int {
	row := make([]int, len(b)+1)
	for j := range row {
		row[j] = j
	}
	for i, x := range a {
		corner := row[0]
		row[0] = i + 1
		for j, y := range b {
			change := corner
			if x != y {
				change++
			}
			corner = row[j+1]
			row[j+1] = min(change, row[j]+1, row[j+1]+1)
		}
	}
	return row[len(b)]
}
