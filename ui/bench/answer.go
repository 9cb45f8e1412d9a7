package main

import (
	"context"
	"fmt"
	"os/exec"
	"regexp"
	"strconv"
)

// answerPackage holds BenchmarkAnswer with the parts accepted (an answer comes
// to the listener until its code is accepted) and bare (one request to a bare
// net/http TLS handler).
const answerPackage = "granthelper/flow/loopback"

var answerLine = regexp.MustCompile(`(?m)^BenchmarkAnswer/(accepted|bare)\S*\s+\d+\s+([0-9.]+) ns/op`)

// answer runs the benchmark and holds one part against the other.
func (b *bench) answer(ctx context.Context) error {
	test := exec.CommandContext(ctx, "go", "test", "-run", "^$", "-bench", "^BenchmarkAnswer$", "-count", "5", "-benchtime", "300x", answerPackage)
	said, err := test.CombinedOutput()
	if err != nil {
		return fmt.Errorf("%w: %s", err, said)
	}
	figures := map[string][]float64{}
	for _, line := range answerLine.FindAllStringSubmatch(string(said), -1) {
		nanoseconds, err := strconv.ParseFloat(line[2], 64)
		if err != nil {
			return err
		}
		figures[line[1]] = append(figures[line[1]], nanoseconds/1e6)
	}
	if len(figures["accepted"]) == 0 || len(figures["bare"]) == 0 {
		return fmt.Errorf("no BenchmarkAnswer/accepted and BenchmarkAnswer/bare in %s", answerPackage)
	}
	b.report.ratio("answer arriving to code accepted", median(figures["accepted"]), median(figures["bare"]), "ms", limitAnswer)
	return nil
}
