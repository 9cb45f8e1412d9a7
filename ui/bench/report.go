package main

import (
	"errors"
	"fmt"
	"slices"
	"time"
)

// report prints figures as they come and remembers what is missing.
type report struct {
	notMet   int
	unknowns []error
}

// ratio prints one figure against the measure it is held to.
func (r *report) ratio(what string, ours, theirs float64, unit string, limit float64) {
	share := ours / theirs
	fmt.Printf("%-44s %9.2f %-3s against %9.2f %-3s  %5.2fx  (at most %.1fx)  %s\n",
		what, ours, unit, theirs, unit, share, limit, r.verdict(share <= limit))
}

// span prints one length of time against a fixed limit.
func (r *report) span(what string, took, limit time.Duration) {
	fmt.Printf("%-44s %9.2f ms %32s (at most %v)  %s\n",
		what, float64(took.Microseconds())/1000, "", limit, r.verdict(took <= limit))
}

func (r *report) verdict(met bool) string {
	if met {
		return "met"
	}
	r.notMet++
	return "NOT MET"
}

// missing says what could not be measured, and why.
func (r *report) missing(part string, err error) {
	fmt.Printf("%-44s NOT MEASURED: %v\n", part, err)
	r.unknowns = append(r.unknowns, fmt.Errorf("%s: %w", part, err))
}

// close says how it went as a whole.
func (r *report) close() error {
	fmt.Printf("\n%d not met, %d not measured\n", r.notMet, len(r.unknowns))
	return errors.Join(r.unknowns...)
}

// median of an odd or even number of figures; 0 of none.
func median(figures []float64) float64 {
	if len(figures) == 0 {
		return 0
	}
	sorted := slices.Sorted(slices.Values(figures))
	middle := len(sorted) / 2
	if len(sorted)%2 == 1 {
		return sorted[middle]
	}
	return (sorted[middle-1] + sorted[middle]) / 2
}
