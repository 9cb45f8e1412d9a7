package flow

import "time"

// openBrowser asks the system for its browser, by a fresh link. The answer of
// the launcher comes later, in browserAsked: some block as long as the browser
// runs.
func (r *run) openBrowser() {
	r.launch, r.asked = time.Now(), false
	r.state.Banner, r.state.Pressing = nil, nil
	address := r.link()
	go func() {
		err := r.config.OpenBrowser(r.ctx, address)
		select {
		case r.launched <- err:
		case <-r.attempt.done:
		}
	}()
	r.happened(ThisTool, "browser_asked", nil)
	r.atBrowser()
}

// atBrowser begins the wait for the person, or goes on with it.
func (r *run) atBrowser() {
	if r.state.Step != Listening {
		r.publish()
		return
	}
	r.opened = time.Now()
	r.state.Deadline = r.opened.Add(r.config.Wait)
	r.step(AtBrowser)
}

// browserAsked hears what became of opening the browser.
func (r *run) browserAsked(err error) {
	if err == nil || r.state.Contact || r.ctx.Err() != nil {
		return
	}
	r.state.Pressing = &Problem{Code: NoBrowser, Step: AtBrowser, Err: err}
	r.happened(ThisTool, "browser_missing", nil)
	r.publish()
}

// link is a fresh address that starts this sign-in.
func (r *run) link() string {
	if r.visit == nil {
		return r.config.Request.AuthorizeURL()
	}
	return r.visit.StartURL()
}

func (r *run) moreTime() {
	r.state.Deadline = time.Now().Add(r.config.Wait)
	if stop := r.state.Started.Add(hardStop); r.state.Deadline.After(stop) {
		r.state.Deadline = stop
	}
	if r.overdue() {
		r.state.Pressing = nil
	}
	r.happened(Person, "more_time", nil)
	r.publish()
}

// pasted takes an address that the person copied by hand. It has no page and
// no tab, so the person is asked like at level B (SECURITY 1.4).
func (r *run) pasted(text string) {
	answer, problem := r.config.Request.ReadPasted(text)
	if problem == nil {
		problem = answer.Problem
	}
	if problem != nil {
		r.state.Banner = problem
		r.publish()
		return
	}
	if r.config.Strict {
		r.ignored("strict", 1)
		r.happened(ThisTool, "refused_strict", nil)
		r.publish()
		return
	}
	r.happened(Person, "pasted", nil)
	for _, held := range r.held {
		held.tell(NotTaken)
	}
	r.held = []*Arrival{{Answer: answer, Level: LevelC, Pasted: true, At: time.Now()}}
	r.ask()
}

// reported ends the attempt with what the person saw in the browser.
func (r *run) reported(p *Problem) {
	p.ByUser = true
	r.happened(Person, "reported", Facts{"code": string(p.Code)})
	if p.Code == AccessDenied {
		r.finish(Denied)
		return
	}
	r.fail(p)
}
