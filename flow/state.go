package flow

// Step is where an attempt stands.
type Step int

// The steps of an attempt, in the order a good one takes them. Done, Denied,
// Failed and Cancelled are final.
const (
	Ready      Step = iota // made, nothing done yet
	Checking               // looking at the details and at this computer
	Listening              // waiting on this computer, browser not yet asked
	AtBrowser              // the person is in the browser, or on the way there
	Confirming             // an answer came that only the person can vouch for
	Done                   // a code came and belongs to this sign-in
	Denied                 // the person at the sign-in page said no
	Failed                 // something stopped it; Event.Problem says what
	Cancelled              // the person stopped it here
)

var stepNames = [...]string{"ready", "checking", "listening", "at browser", "confirming", "done", "denied", "failed", "cancelled"}

// String returns the step's name for logs and reports, in English.
func (s Step) String() string {
	if s < 0 || int(s) >= len(stepNames) {
		return "unknown"
	}
	return stepNames[s]
}

// Final reports whether the attempt is over.
func (s Step) Final() bool { return s >= Done }

// transitions lists where each step may lead. Every step but a final one may
// also end in Failed or Cancelled.
var transitions = map[Step][]Step{
	Ready:      {Checking},
	Checking:   {Listening},
	Listening:  {AtBrowser},
	AtBrowser:  {Confirming, Done, Denied},
	Confirming: {AtBrowser, Done, Denied},
}

// may reports whether an attempt may go from step s to step t.
func (s Step) may(t Step) bool {
	if s.Final() {
		return false
	}
	if t == Failed || t == Cancelled {
		return true
	}
	for _, next := range transitions[s] {
		if next == t {
			return true
		}
	}
	return false
}
