package flow

import (
	"strconv"
	"time"
)

// What the clock alone changes in an attempt that waits (UX 3.5). Silence is
// never an end before the hour: the person is asked (WCAG 2.2.1).

// nextLook is when the clock alone changes something.
func (r *run) nextLook() time.Time {
	next := r.state.Started.Add(hardStop)
	earlier := func(t time.Time, due bool) {
		if due && t.Before(next) {
			next = t
		}
	}
	earlier(r.beat.Add(beatEvery), true)
	earlier(r.launch.Add(contactTime), r.lonely())
	earlier(r.opened.Add(quietAfter), !r.hushed)
	earlier(r.state.Deadline, !r.overdue())
	return next
}

// lonely reports whether no browser came although one was asked, and the
// person has not been told.
func (r *run) lonely() bool {
	return !r.asked && !r.launch.IsZero() && !r.state.Contact && !r.state.ByHand && r.state.Step == AtBrowser
}

// overdue reports whether the person has been asked to go on waiting or not.
func (r *run) overdue() bool {
	return r.state.Pressing != nil && (r.state.Pressing.Code == NoAnswerInTime || r.state.Pressing.Code == Slept)
}

// look does what is due by the clock.
func (r *run) look() {
	now := time.Now()
	if !now.Before(r.state.Started.Add(hardStop)) {
		r.fail(r.late(now))
		return
	}
	changed := r.compareClocks(now)
	if r.lonely() && !now.Before(r.launch.Add(contactTime)) {
		r.asked, changed = true, true
		if r.state.Banner == nil && r.state.Pressing == nil {
			r.state.Banner = &Problem{Code: NoContact, Step: AtBrowser}
		}
		r.happened(ThisTool, "no_contact", nil)
	}
	if !r.hushed && !now.Before(r.opened.Add(quietAfter)) {
		r.hushed, changed = true, true
		if b := r.state.Banner; r.state.Step == AtBrowser && (b == nil || b.Code == NoContact) {
			r.state.Banner = &Problem{Code: StillOpen, Step: AtBrowser}
		}
	}
	if !r.overdue() && !now.Before(r.state.Deadline) {
		r.state.Pressing, changed = r.late(now), true
		r.happened(ThisTool, "overdue", r.state.Pressing.Facts)
	}
	if changed {
		r.publish()
	}
}

// late is the problem of a wait that is over, with what came instead of an
// answer.
func (r *run) late(now time.Time) *Problem {
	facts := Facts{"n": strconv.Itoa(int(now.Sub(r.opened).Minutes()))}
	if r.state.Ignored > 0 {
		facts["ignored"], facts["rules"] = strconv.Itoa(r.state.Ignored), listRules(r.rules)
	}
	return &Problem{Code: NoAnswerInTime, Step: r.state.Step, Facts: facts}
}

// compareClocks notices that this computer slept. Go's timers run by a clock
// that stands still meanwhile (CLOCK_MONOTONIC), so they would let an attempt
// of yesterday go on as if nothing were; the clock on the wall knows better.
func (r *run) compareClocks(now time.Time) (slept bool) {
	if now.Before(r.beat.Add(beatEvery)) {
		return false
	}
	wall := r.config.Wall()
	away := wall.Round(0).Sub(r.wall.Round(0)) - now.Sub(r.beat)
	r.beat, r.wall = now, wall
	if away < sleptAfter {
		return false
	}
	facts := Facts{"n": strconv.Itoa(int(away.Minutes()))}
	r.state.Pressing = &Problem{Code: Slept, Step: r.state.Step, Facts: facts}
	r.happened(ThisTool, "slept", facts)
	return true
}
