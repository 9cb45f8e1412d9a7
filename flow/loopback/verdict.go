package loopback

import (
	"net/http"
	"time"

	"granthelper/flow"
)

// verdictPatience is how long a page waits for its verdict before it shows
// that it waits; it stays below the server's write limit.
const verdictPatience = 8 * time.Second

// waiterLimit is how many requests may wait for one arrival's verdict, so that
// all of them together leave connections for others.
const waiterLimit = 2

// pending are the pages that are not final, by name. The name is the last part
// of the address such a page renews itself at, so that the server knows what
// is on the screen and waits until there is something else to show.
var pending = map[string]flow.Verdict{"checking": flow.Undecided, "question": flow.AskInApp, "digits": flow.ShowDigits}

// verdictPages names the page for each verdict.
var verdictPages = map[flow.Verdict]string{
	flow.Undecided: "checking", flow.AskInApp: "question", flow.ShowDigits: "digits",
	flow.GotIt: "got_it", flow.SaidNo: "said_no", flow.Trouble: "trouble",
	flow.NotTaken: "not_taken", flow.AlreadyHere: "already_here", flow.NotWaiting: "not_waiting",
}

// serveVerdict shows what became of an arrival, as soon as there is something
// to show that is not shown yet.
func (v *visit) serveVerdict(w http.ResponseWriter, r *http.Request, e errand) {
	a, verdict := v.await(r, e)
	if a == nil {
		v.pages.write(w, http.StatusGone, "not_waiting", view{})
		return
	}
	name := verdictPages[verdict]
	if !final(verdict) {
		shown := view{Arrival: a.id}
		if verdict == flow.ShowDigits {
			shown.Digits = a.digits
		}
		v.pages.write(w, http.StatusOK, name, shown)
		return
	}
	if verdict != flow.NotTaken && verdict != flow.AlreadyHere && v.cookieOf(r) != missing {
		v.setCookie(w, "", -1) // the sign-in is over
	}
	v.deliver(w, a)
	v.pages.write(w, http.StatusOK, name, view{})
}

// deliver marks an arrival as heard of. At the end it also ends the
// connection, so that nothing the browser asks next can cut this answer short.
func (v *visit) deliver(w http.ResponseWriter, a *arrival) {
	v.mu.Lock()
	defer v.mu.Unlock()
	if v.closing {
		w.Header().Set("Connection", "close")
	}
	a.delivered = true
	v.changed()
}

// await returns the arrival and its verdict as soon as it differs from what is
// shown, or when patience ends. A page that comes here without having bound
// its tab is taken by its cookie alone.
func (v *visit) await(r *http.Request, e errand) (*arrival, flow.Verdict) {
	timer := time.NewTimer(v.patience)
	defer timer.Stop()
	v.mu.Lock()
	defer v.mu.Unlock()
	a := v.find(e.token)
	if a == nil {
		return nil, flow.NotWaiting
	}
	v.see(a)
	v.settle(a, false)
	if a.waiters >= waiterLimit {
		return a, a.verdict
	}
	a.waiters++
	c := connOf(r)
	c.hold(true)
	defer func() { a.waiters--; c.hold(false) }()
	for a.verdict == pending[e.shown] {
		change := v.change
		v.mu.Unlock()
		stop := false
		select {
		case <-change:
		case <-timer.C:
			stop = true
		case <-r.Context().Done():
			stop = true
		}
		v.mu.Lock()
		if r.Context().Err() != nil {
			a.seen = time.Time{} // the tab went away; nobody waits for it at the end
			v.changed()
		}
		if stop {
			break
		}
	}
	return a, a.verdict
}

// see notes that an arrival's page is there. The caller holds mu.
func (v *visit) see(a *arrival) { a.seen = time.Now() }
