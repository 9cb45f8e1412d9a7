package flow

import (
	"strconv"
	"strings"
	"time"
)

// Event is the whole state of an attempt at one moment.
type Event struct {
	Ref      string // for people to quote: CG- and four characters
	Step     Step
	Started  time.Time
	Since    time.Time // when Step was reached
	Deadline time.Time // how long it waits before asking whether to go on; zero before waiting
	Request  Request
	ByHand   bool        // nothing listens; the answer will be pasted
	Contact  bool        // a browser came to this computer and trusted it
	Banner   *Problem    // something worth knowing while it goes on
	Pressing *Problem    // something that needs a choice although the attempt still waits; a new pointer each time it comes up
	Problem  *Problem    // why it failed; with Failed only
	Asking   *Question   // with Confirming only
	Result   *Result     // with Done only
	Ignored  int         // requests that broke the rules and changed nothing
	Timeline []Happening // in order; shared, not to be changed
}

// Question is what only the person can answer: was that you?
type Question struct {
	Level   Level
	Digits  bool // the browser page shows three digits to be typed here
	Pasted  bool // the address was pasted by hand
	Refusal bool // the answer is a refusal, not a code
	Wrong   int  // wrong tries at the digits so far
	At      time.Time
}

// Result is a code that came and belongs to this sign-in.
type Result struct {
	Code   Secret
	At     time.Time
	Extras []string // names of parameters the guide does not list
	Pasted bool
	Waited time.Duration // from opening the page to the answer
	// AfterContact is the time from the browser's first visit to the answer;
	// zero when it is not known.
	AfterContact time.Duration
	CodeAge      int // minutes a code may live at this kind of server
}

// Remarks are what is worth knowing about a code although it can be used.
func (r Result) Remarks() []*Problem {
	var remarks []*Problem
	if len(r.Extras) > 0 {
		remarks = append(remarks, &Problem{Code: ExtraNames, Step: Done, Facts: Facts{"names": strings.Join(r.Extras, ", ")}})
	}
	if r.AfterContact > 0 && r.AfterContact < tooFast {
		remarks = append(remarks, &Problem{Code: NoQuestion, Step: Done, Facts: Facts{"ms": strconv.FormatInt(r.AfterContact.Milliseconds(), 10)}})
	}
	return remarks
}

// Actor is who did what a line of the timeline tells.
type Actor string

// The actors of a timeline.
const (
	ThisTool   Actor = "tool"
	Browser    Actor = "browser"
	ServerSide Actor = "server"
	Person     Actor = "person"
)

// Happening is one line of the timeline; the sentence's key is "timeline." and
// What, filled with Facts. Told by the person or seen by this tool: Who says it.
type Happening struct {
	At    time.Time
	Who   Actor
	What  string
	Facts Facts
}
