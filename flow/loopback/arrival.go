package loopback

import (
	"time"

	"granthelper/flow"
)

// arrivalLimit is how many answers are held at once.
const arrivalLimit = 16

// seenLately is how long a page that went silent is still waited for at the end.
const seenLately = 5 * time.Second

// proof is what a request's cookie says.
type proof int

const (
	missing proof = iota
	wrong
	right
)

// arrival is one answer on the callback path. Its fields but the first five
// are guarded by the visit's mu.
type arrival struct {
	id     string
	answer flow.Answer
	cookie proof // of the request that brought it
	digits string
	at     time.Time

	seen      time.Time // by the wall, when its page last asked for something; zero when it left
	told      bool      // the level is fixed and the notice sent
	level     flow.Level
	verdict   flow.Verdict
	waiters   int
	delivered bool // a page with the final verdict was made
}

func final(v flow.Verdict) bool { return v >= flow.GotIt }

// hold keeps an answer, not yet bound to any tab. It returns nil when the
// visit is ending.
func (v *visit) hold(answer flow.Answer, cookie proof) *arrival {
	a := &arrival{id: newToken(), answer: answer, cookie: cookie, digits: newDigits(), at: v.now(), seen: time.Now()}
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closing {
		return nil
	}
	if len(v.arrivals) >= arrivalLimit {
		v.dropOne()
	}
	v.arrivals = append(v.arrivals, a)
	return a
}

// took reports whether this very answer was taken: a page that is loaded again
// while the visit ends is not told that nobody wants it.
func (v *visit) took(answer flow.Answer) bool {
	v.mu.Lock()
	defer v.mu.Unlock()
	for _, a := range v.arrivals {
		if (a.verdict == flow.GotIt || a.verdict == flow.SaidNo) && a.answer.Same(answer) {
			return true
		}
	}
	return false
}

// dropOne forgets the arrival that matters least, the oldest of its kind. The
// caller holds mu.
func (v *visit) dropOne() {
	at := 0
	for i, a := range v.arrivals {
		if a.weight() < v.arrivals[at].weight() {
			at = i
		}
	}
	gone := v.arrivals[at]
	if !final(gone.verdict) {
		gone.verdict = flow.NotTaken
	}
	v.arrivals = append(v.arrivals[:at:at], v.arrivals[at+1:]...)
	v.changed()
}

// weight says how much it would matter to lose an arrival. One of the tab that
// started weighs most, and nobody else can make such a one.
func (a *arrival) weight() int {
	switch {
	case final(a.verdict):
		return 0
	case !a.told && a.cookie != right:
		return 1
	case a.told && a.level == flow.LevelC:
		return 2
	case !a.told:
		return 3
	}
	return 3 + int(a.level)
}

// find returns the arrival of that name, or nil. The caller holds mu.
func (v *visit) find(id string) *arrival {
	want := shadowOf(id)
	for _, a := range v.arrivals {
		if shadowOf(a.id) == want {
			return a
		}
	}
	return nil
}

// settle fixes an arrival's level, once, and tells of it. The caller holds mu.
func (v *visit) settle(a *arrival, tab bool) {
	if a.told || v.closing {
		return
	}
	a.told, a.level = true, levelOf(tab, a.cookie, v.tainted)
	v.add(flow.Notice{Kind: flow.AnswerCame, At: a.at, Arrival: &flow.Arrival{
		Answer: a.answer, Level: a.level, Digits: a.digits, At: a.at,
		Reply: func(verdict flow.Verdict) { v.reply(a, verdict) },
	}})
}

// levelOf says how well an answer belongs to the tab that started (SECURITY 1,
// 4). A cookie that is there and wrong next to the right tab value is odd
// enough to ask, and so is anything after a ticket was used twice.
func levelOf(tab bool, cookie proof, tainted bool) flow.Level {
	switch {
	case tab && cookie != wrong && !tainted:
		return flow.LevelA
	case tab || cookie == right:
		return flow.LevelB
	}
	return flow.LevelC
}

// reply takes the app's word on an arrival. The first final word stands.
func (v *visit) reply(a *arrival, verdict flow.Verdict) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if final(a.verdict) || verdict == a.verdict {
		return
	}
	a.verdict = verdict
	v.changed()
}

// owed reports whether some page has yet to show its final verdict: one that
// waits, or one that was there a moment ago. The caller holds mu.
func (v *visit) owed() bool {
	for _, a := range v.arrivals {
		if !a.delivered && (a.waiters > 0 || time.Since(a.seen) < seenLately) {
			return true
		}
	}
	return false
}
