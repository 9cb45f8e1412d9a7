package e2e

import (
	"bytes"
	"context"
	"fmt"
	"image"
	"os"
	"os/exec"
	"slices"
	"strconv"
	"strings"
	"sync"
)

// word is one word as it was read from the screen.
type word struct {
	box  image.Rectangle // in screen pixels
	sure float64         // 0 to 100, the reader's own confidence
	text string
}

// readScreen reads a picture in three views (see [views]), enlarged by factor;
// one list of words a view.
func readScreen(ctx context.Context, picture *image.RGBA, factor float64) ([3][]word, error) {
	var out [3][]word
	var failed [3]error
	var all sync.WaitGroup
	for i, view := range views(picture) {
		all.Go(func() {
			out[i], failed[i] = readView(ctx, enlarge(view, factor), factor, picture.Rect.Min)
		})
	}
	all.Wait()
	for _, err := range failed {
		if err != nil {
			return out, err
		}
	}
	return out, nil
}

func readView(ctx context.Context, grey *image.Gray, factor float64, corner image.Point) ([]word, error) {
	var in bytes.Buffer
	fmt.Fprintf(&in, "P5 %d %d 255\n", grey.Rect.Dx(), grey.Rect.Dy())
	in.Write(grey.Pix)
	// 11: sparse text, in no particular order, as words stand in a window.
	read := exec.CommandContext(ctx, "tesseract", "stdin", "stdout", "--dpi", "220", "--psm", "11", "tsv")
	read.Env = append(os.Environ(), "OMP_THREAD_LIMIT=1")
	read.Stdin = &in
	var said bytes.Buffer
	read.Stderr = &said
	table, err := read.Output()
	if err != nil {
		return nil, fmt.Errorf("reading the screen: %w: %s", err, strings.TrimSpace(said.String()))
	}
	return parseWords(string(table), factor, corner), nil
}

// parseWords takes the words out of tesseract's table: level, four numbers of
// its own, left, top, width, height, confidence, text.
func parseWords(table string, factor float64, corner image.Point) []word {
	const wordLevel, leastSure, tallest = "5", 25, 120
	var words []word
	for _, line := range strings.Split(table, "\n") {
		cells := strings.Split(line, "\t")
		if len(cells) < 12 || cells[0] != wordLevel || fold(cells[11]) == "" {
			continue
		}
		var number [5]float64
		for i := range number {
			number[i], _ = strconv.ParseFloat(cells[6+i], 64)
		}
		scaled := func(v float64) int { return int(v/factor + 0.5) }
		box := image.Rect(scaled(number[0]), scaled(number[1]), scaled(number[0]+number[2]), scaled(number[1]+number[3])).Add(corner)
		if number[4] < leastSure || box.Dy() > tallest {
			continue
		}
		words = append(words, word{box: box, sure: number[4], text: strings.TrimSpace(cells[11])})
	}
	return words
}

// lines groups words that stand beside each other with the gaps of a sentence.
func lines(words []word) [][]word {
	middle := func(w word) int { return (w.box.Min.Y + w.box.Max.Y) / 2 }
	words = slices.Clone(words)
	slices.SortFunc(words, func(a, b word) int { return middle(a) - middle(b) })
	var rows [][]word
	for _, w := range words {
		home := slices.IndexFunc(rows, func(row []word) bool {
			first := row[0]
			return 20*abs(middle(w)-middle(first)) < 9*max(first.box.Dy(), w.box.Dy())
		})
		if home < 0 {
			rows = append(rows, []word{w})
			continue
		}
		rows[home] = append(rows[home], w)
	}
	var out [][]word
	for _, row := range rows {
		out = append(out, apart(row)...)
	}
	return out
}

// apart cuts a row where the gap is wider than the letters are high.
func apart(row []word) [][]word {
	slices.SortFunc(row, func(a, b word) int { return a.box.Min.X - b.box.Min.X })
	var out [][]word
	start := 0
	for i := 1; i <= len(row); i++ {
		if i < len(row) {
			before, here := row[i-1].box, row[i].box
			if 10*(here.Min.X-before.Max.X) < 13*max(before.Dy(), here.Dy(), 9) {
				continue
			}
		}
		out = append(out, row[start:i])
		start = i
	}
	return out
}

// merged keeps the surer reading of each place, for telling a person what was seen.
func merged(views [3][]word) []string {
	all := slices.Concat(views[:]...)
	slices.SortStableFunc(all, func(a, b word) int { return int(b.sure - a.sure) })
	var kept []word
	for _, w := range all {
		if !slices.ContainsFunc(kept, func(k word) bool { return covers(k.box, w.box) }) {
			kept = append(kept, w)
		}
	}
	var out []string
	for _, line := range lines(kept) {
		out = append(out, sentence(line))
	}
	return out
}

func covers(a, b image.Rectangle) bool {
	common := a.Intersect(b)
	return 5*common.Dx()*common.Dy() > 2*min(a.Dx()*a.Dy(), b.Dx()*b.Dy())
}

func sentence(line []word) string {
	parts := make([]string, len(line))
	for i, w := range line {
		parts[i] = w.text
	}
	return strings.Join(parts, " ")
}

func abs(v int) int { return max(v, -v) }
