package flow

import (
	"slices"
	"strconv"
	"time"
)

// CheckID names one thing that is looked at before the browser opens.
type CheckID string

// The checks, in the order they are shown in.
const (
	CheckDetails     CheckID = "details"     // the details fit the rules of the form
	CheckCallback    CheckID = "callback"    // the callback leads to this computer
	CheckPort        CheckID = "port"        // its port is free
	CheckFamilies    CheckID = "families"    // on both loopback addresses
	CheckLocalhost   CheckID = "localhost"   // the name localhost is this computer
	CheckCertificate CheckID = "certificate" // the browsers trust this computer
	CheckPractice    CheckID = "practice"    // the practice server runs
	CheckName        CheckID = "name"        // the server's name has an address
	CheckProxy       CheckID = "proxy"       // what stands between
	CheckReach       CheckID = "reach"       // the server answers
	CheckIdentity    CheckID = "identity"    // its certificate is right
	CheckPage        CheckID = "page"        // it has a sign-in page for apps, and nothing against this request
)

// CheckState is how a check came out.
type CheckState string

// The states.
const (
	Pending CheckState = "pending" // still being looked at
	Passed  CheckState = "passed"
	Noted   CheckState = "noted"   // worth knowing; Problem, when set, has more words
	Stopped CheckState = "stopped" // Problem says what
	LeftOut CheckState = "left_out"
)

// Check is one line of what was looked at. Its words' keys are "check.", the
// ID and the state, filled with Facts.
type Check struct {
	ID      CheckID
	State   CheckState
	Facts   Facts
	Problem *Problem
}

// Computer is what was found before a sign-in: can the tool wait where the
// callback leads, do the browsers trust it there, does the server answer.
type Computer struct {
	Request Request
	Report  TrustReport // of the certificate; empty while that is pending or could not be looked at
	Checks  []Check     // in the order of the IDs above; not to be changed
}

// Check returns the line of an ID; one that does not apply is LeftOut.
func (c Computer) Check(id CheckID) Check {
	for _, check := range c.Checks {
		if check.ID == id {
			return check
		}
	}
	return Check{ID: id, State: LeftOut}
}

// Pending lists what is still being looked at.
func (c Computer) Pending() []CheckID {
	var ids []CheckID
	for _, check := range c.Checks {
		if check.State == Pending {
			ids = append(ids, check.ID)
		}
	}
	return ids
}

// First returns the first problem in the order of the lines, or nil. That the
// certificate is simply not set up yet is none.
func (c Computer) First() *Problem {
	for _, check := range c.Checks {
		if check.Problem != nil {
			return check.Problem
		}
	}
	return nil
}

// Ready reports whether everything was looked at and a sign-in can start here
// and end by itself.
func (c Computer) Ready() bool {
	return len(c.Checks) > 0 && c.First() == nil && len(c.Pending()) == 0 && (c.Report.Trusted() || c.far())
}

// CanWait reports whether this tool can wait for the answer, whatever the
// server may have against the sign-in.
func (c Computer) CanWait() bool {
	for _, id := range []CheckID{CheckDetails, CheckCallback, CheckPort, CheckFamilies} {
		if s := c.Check(id).State; s == Stopped || s == Pending {
			return false
		}
	}
	return !c.far()
}

// far reports whether the callback leads to another computer, so that nothing
// can wait here.
func (c Computer) far() bool { return c.Check(CheckPort).State == LeftOut }

// set puts a line into its place; c owns its Checks.
func (c *Computer) set(check Check) {
	for i := range c.Checks {
		if c.Checks[i].ID == check.ID {
			c.Checks[i] = check
		}
	}
}

func (c *Computer) pass(id CheckID, facts Facts) {
	c.set(Check{ID: id, State: Passed, Facts: facts})
}

// stop marks a line with a problem; a mere caution is a note.
func (c *Computer) stop(id CheckID, p *Problem) {
	state := Stopped
	if p.Entry().Kind == KindCaution && p.Code != FarCallback {
		state = Noted
	}
	c.set(Check{ID: id, State: state, Facts: p.Facts, Problem: p})
}

func (c *Computer) leaveOut(ids ...CheckID) {
	for _, id := range ids {
		c.set(Check{ID: id, State: LeftOut})
	}
}

// copied is c with lines of its own, to be handed out.
func (c *Computer) copied() Computer {
	d := *c
	d.Checks = slices.Clone(c.Checks)
	return d
}

// skewLimit is how far two clocks may be apart before it is said (UX 3.8, U13).
const skewLimit = 2 * time.Minute

// clockProblem compares this computer's clock with the server's Date header
// (RFC 9110 6.6.1), or returns nil.
func clockProblem(host string, theirs, ours time.Time) *Problem {
	if theirs.IsZero() {
		return nil
	}
	skew, way := ours.Sub(theirs), "ahead"
	if skew < 0 {
		way = "behind"
	}
	if skew.Abs() <= skewLimit {
		return nil
	}
	return &Problem{Code: ClockWrong, Step: Checking, Facts: Facts{
		"host": host, "way": way, "n": strconv.Itoa(int(skew.Abs().Round(time.Minute).Minutes())),
		"skew": strconv.Itoa(int(skew.Seconds())),
	}}
}
