package main

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
)

// answerPackage holds BenchmarkAnswerAccepted (an answer comes to the listener
// until its code is accepted, which it tells as accepted-ns/op) and
// BenchmarkBareTLS (one request to a bare net/http TLS handler).
const answerPackage = "granthelper/flow/loopback"

// answerLines find the two figures, in nanoseconds.
var answerLines = map[string]*regexp.Regexp{
	"accepted": regexp.MustCompile(`(?m)^BenchmarkAnswerAccepted\S*\s.*?([0-9.]+) accepted-ns/op`),
	"bare":     regexp.MustCompile(`(?m)^BenchmarkBareTLS\S*\s.*?([0-9.]+) ns/op`),
}

// answer runs the benchmark and holds one part against the other.
func (b *bench) answer(ctx context.Context) error {
	test := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", "^(BenchmarkAnswerAccepted|BenchmarkBareTLS)$", "-count", "7", "-benchtime", "300x", answerPackage)
	said, err := test.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, said)
	}
	figures := map[string][]float64{}
	for part, line := range answerLines {
		for _, found := range line.FindAllStringSubmatch(string(said), -1) {
			nanoseconds, err := strconv.ParseFloat(found[1], 64)
			if err != nil {
				return err
			}
			figures[part] = append(figures[part], nanoseconds/1e6)
		}
	}
	if len(figures["accepted"]) == 0 || len(figures["bare"]) == 0 {
		return fmt.Errorf("no figures of BenchmarkAnswerAccepted and BenchmarkBareTLS in %s", answerPackage)
	}
	b.report.ratio("answer arriving to code accepted", median(figures["accepted"]), median(figures["bare"]), "ms", limitAnswer)
	return nil
}
