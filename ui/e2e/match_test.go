package e2e

import (
	"image"
	"strings"
	"testing"
)

// page sets words as a reader would give them: 8 pixels a letter, 16 high, rows 30 apart.
func page(rows ...string) [3][]word {
	var words []word
	for y, row := range rows {
		x := 0
		for _, text := range strings.Fields(row) {
			words = append(words, word{box: image.Rect(x, 30*y, x+8*len(text), 30*y+16), sure: 90, text: text})
			x += 8*len(text) + 6
		}
	}
	return [3][]word{words}
}

func TestMatch_FindsWhatAPersonWouldTakeItFor(t *testing.T) {
	tests := []struct {
		name, phrase string
		rows         []string
		row          int // where it must be found; -1: nowhere
	}{
		{"as it stands", "Copy code", []string{"Show", "Copy code"}, 1},
		{"case and punctuation do not count", "dont allow", []string{"Don’t allow"}, 0},
		{"letters that look alike", "Alex Rivera", []string{"A1ex R|vera"}, 0},
		{"one letter in six", "Check and continue", []string{"Cheok and continua"}, 0},
		{"the button under the sentence", "Copy code", []string{"Press Copy code soon.", "Copy code"}, 1},
		{"the lower of two buttons", "Set it up", []string{"Set it up", "Back", "Set it up"}, 2},
		{"a button with an icon", "Paste", []string{"8 Paste", "1. Paste what the page says"}, 0},
		{"exact before nearly", "Grant access", []string{"Grant access", "Grant accees"}, 0},
		{"another word", "Paste", []string{"Taste", "Past"}, -1},
		{"only half of it", "Open sign-in page", []string{"Open"}, -1},
		{"nothing to look for", "…", []string{"…"}, -1},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			spot, found := match(test.phrase, page(test.rows...))
			if found != (test.row >= 0) {
				t.Fatalf("found = %v (%q), want row %d", found, spot.Text, test.row)
			}
			if found && spot.Box.Min.Y != 30*test.row {
				t.Errorf("found %q at height %d, want row %d", spot.Text, spot.Box.Min.Y, test.row)
			}
		})
	}
}

func TestLines_WideGapsSeparate(t *testing.T) {
	words := []word{
		{box: image.Rect(0, 0, 40, 16), text: "Copy"},
		{box: image.Rect(46, 1, 80, 17), text: "link"},
		{box: image.Rect(140, 0, 180, 16), text: "Show"},
		{box: image.Rect(0, 40, 40, 56), text: "Stop"},
	}
	var got []string
	for _, line := range lines(words) {
		got = append(got, sentence(line))
	}
	if want := "Copy link|Show|Stop"; strings.Join(got, "|") != want {
		t.Errorf("lines = %q, want %q", got, want)
	}
}
