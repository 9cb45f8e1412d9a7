package flow

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"net/url"
	"time"
)

// run is an attempt at work. Everything in it belongs to the one goroutine
// that executes main; the outside reaches it by wishes and notices only.
type run struct {
	ctx      context.Context
	config   Config
	attempt  *Attempt
	state    Event
	visit    Visit
	notices  <-chan Notice
	launched chan error
	held     []*Arrival     // answers waiting for the person's word, oldest first
	opened   time.Time      // when the waiting began
	launch   time.Time      // when the browser was last asked; zero when the person took the link
	came     time.Time      // when a browser first came
	asked    bool           // "Do you see the page?" has been said
	hushed   bool           // "Is the page still open?" has been said
	beat     time.Time      // when the two clocks were last compared, by the inner one
	wall     time.Time      // and what the one on the wall said then
	rules    map[string]int // how often each rule of the listener was broken
}

func newRun(ctx context.Context, c Config, a *Attempt) *run {
	if c.Wait == 0 {
		c.Wait = defaultWait
	}
	if c.Log == nil {
		c.Log = slog.New(slog.DiscardHandler)
	}
	if c.Wall == nil {
		c.Wall = time.Now
	}
	now := time.Now()
	return &run{
		ctx: ctx, config: c, attempt: a, launched: make(chan error, 1), rules: map[string]int{}, beat: now, wall: c.Wall(),
		state: Event{Ref: newRef(), Step: Ready, Started: now, Since: now, Request: c.Request, ByHand: c.ByHand},
	}
}

// main is the whole attempt, top to bottom. The last event goes out before the
// listener closes, since the page in the browser may take seconds to fetch its
// verdict and nobody should wait for that.
func (r *run) main() {
	defer close(r.attempt.done)
	defer r.attempt.stop()
	r.publish()
	r.live()
	close(r.attempt.events)
	if r.visit != nil {
		if err := r.visit.Close(); err != nil {
			r.config.Log.Warn("closing the listener", "ref", r.state.Ref, "err", err)
		}
	}
}

// live runs the attempt to a final step, whatever happens in it.
func (r *run) live() {
	defer func() {
		if v := recover(); v != nil {
			r.fail(&Problem{Code: Unexpected, Err: fmt.Errorf("panic: %v", v)})
		}
	}()
	if p := r.prepare(); p != nil {
		if r.ctx.Err() != nil {
			r.finish(Cancelled)
			return
		}
		r.fail(p)
		return
	}
	if r.config.LinkOnly {
		r.atBrowser()
	} else {
		r.openBrowser()
	}
	r.wait()
}

// prepare checks the request and starts to listen.
func (r *run) prepare() *Problem {
	r.step(Checking)
	request := r.config.Request
	details := Details{Address: request.Address, ClientID: request.ClientID, Callback: request.Callback}
	if blocks := Blocked(details.Check(request.Server)); len(blocks) > 0 {
		return &Problem{Code: OddDetails, Facts: Facts{"field": string(blocks[0].Field), "rule": string(blocks[0].Rule)}}
	}
	r.happened(ThisTool, "checked", nil)
	callback, err := parseCallback(request.Callback)
	if err != nil {
		return &Problem{Code: Unexpected, Err: err}
	}
	if !r.config.ByHand {
		if !Loopback(callback.Hostname()) {
			return &Problem{Code: FarCallback, Facts: Facts{"host": callback.Hostname()}}
		}
		r.visit, err = r.config.Listener.Listen(r.ctx, Site{
			Callback: callback, Authorize: request.AuthorizeURL(), ServerName: request.Host(),
			Practice: r.config.Practice, Lifetime: hardStop, Read: request.Server.ReadAnswer,
		})
		if err != nil {
			return asProblem(err)
		}
		r.notices = r.visit.Notices()
		r.happened(ThisTool, "listening", Facts{"callback": request.Callback})
	}
	r.step(Listening)
	return nil
}

// asProblem returns the problem in err's chain, or err as one nobody has words for.
func asProblem(err error) *Problem {
	var p *Problem
	if errors.As(err, &p) {
		return p
	}
	return &Problem{Code: Unexpected, Err: err}
}

// wait is the loop of an attempt that has asked the browser.
func (r *run) wait() {
	timer := time.NewTimer(time.Until(r.nextLook()))
	defer timer.Stop()
	for !r.state.Step.Final() {
		select {
		case <-r.ctx.Done():
			r.finish(Cancelled)
			return
		case n, ok := <-r.notices:
			if !ok {
				r.fail(&Problem{Code: Unexpected, Err: errors.New("the listener ended by itself")})
				return
			}
			r.noticed(n)
		case w := <-r.attempt.wishes:
			w(r)
		case err := <-r.launched:
			r.browserAsked(err)
		case <-timer.C:
			r.look()
		}
		timer.Reset(time.Until(r.nextLook()))
	}
}

// step moves to the next step and tells so. A move the table does not allow is
// a fault of ours and is left undone, loudly in the log.
func (r *run) step(next Step) {
	if !r.state.Step.may(next) {
		r.config.Log.Error("a step out of order", "ref", r.state.Ref, "from", r.state.Step, "to", next)
		return
	}
	r.state.Step, r.state.Since = next, time.Now()
	r.config.Log.Info("step", "ref", r.state.Ref, "step", next)
	r.publish()
}

// finish ends the attempt. Answers still held hear that they were not taken.
func (r *run) finish(last Step) {
	r.state.Banner, r.state.Pressing, r.state.Asking = nil, nil, nil
	for _, held := range r.held {
		held.tell(NotTaken)
	}
	r.held = nil
	r.happened(ThisTool, last.String(), nil)
	r.step(last)
}

func (r *run) fail(p *Problem) {
	p.Step = r.state.Step
	if p.Code == Unexpected {
		p.Facts = Facts{"step": r.state.Step.String(), "ref": r.state.Ref}
	}
	r.state.Problem = p
	r.finish(Failed)
}

// happened adds a line to the timeline; publish tells it.
func (r *run) happened(who Actor, what string, facts Facts) {
	r.state.Timeline = append(r.state.Timeline, Happening{At: time.Now(), Who: who, What: what, Facts: facts})
}

// publish serves the state as it is now, in place of one not yet fetched.
func (r *run) publish() {
	select {
	case <-r.attempt.events:
	default:
	}
	r.attempt.events <- r.state
}

func parseCallback(callback string) (*url.URL, error) { return url.Parse(callback) }
