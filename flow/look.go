package flow

import (
	"context"
	"net/url"
	"strings"
	"sync"
	"time"
)

// Look is what to look at before the browser opens, and with what. It changes
// nothing on this computer and sends nothing secret out of it.
type Look struct {
	Details  Details
	Server   Server
	Listener Listener
	Trust    Trust
	// Network asks about the server. Nil asks nothing, and so does a practice
	// sign-in, whose server is a part of this tool.
	Network Network
	// Ask fetches the sign-in page once, without a person's cookies, so that
	// what the server has against the request is known before anybody signs in.
	Ask bool
	Now func() time.Time // nil is [time.Now]
}

// Run looks at everything at the same time. It calls tell, from one goroutine,
// with what is known so far each time that is more, and returns the last of
// these when nothing is pending any more or ctx ends.
func (l Look) Run(ctx context.Context, tell func(Computer)) Computer {
	if l.Now == nil {
		l.Now = time.Now
	}
	c := &Computer{Request: l.Details.Request(l.Server)}
	news := make(chan func(*Computer))
	var work sync.WaitGroup
	look := looking{Look: l, ctx: ctx, news: news}
	look.begin(c)
	parts := look.parts(c)
	tell(c.copied())
	for _, part := range parts {
		work.Go(part)
	}
	go func() {
		work.Wait()
		close(news)
	}()
	for change := range news {
		change(c)
		tell(c.copied())
	}
	return c.copied()
}

// looking is a look under way. Its parts run side by side and send what they
// found; the lines belong to the goroutine of Run alone.
type looking struct {
	Look
	ctx  context.Context
	news chan<- func(*Computer)
}

// found sends a change, unless nobody waits for it any more.
func (l looking) found(change func(*Computer)) {
	if l.ctx.Err() == nil {
		l.news <- change
	}
}

// begin lists the lines that apply, and fills in those that need no looking.
func (l looking) begin(c *Computer) {
	ids := []CheckID{CheckDetails, CheckCallback, CheckPort, CheckFamilies, CheckLocalhost, CheckCertificate}
	switch {
	case l.Details.Practice:
		ids = append(ids, CheckPractice)
	case l.Network != nil:
		ids = append(ids, CheckName, CheckProxy, CheckReach, CheckIdentity, CheckPage)
	}
	for _, id := range ids {
		c.Checks = append(c.Checks, Check{ID: id, State: Pending})
	}
	c.pass(CheckPractice, nil)
	blocks := Blocked(l.Details.Check(l.Server))
	if len(blocks) == 0 {
		c.pass(CheckDetails, nil)
		return
	}
	c.stop(CheckDetails, &Problem{Code: OddDetails, Step: Checking, Facts: Facts{"field": string(blocks[0].Field), "rule": string(blocks[0].Rule)}})
}

// parts are what is looked at side by side.
func (l looking) parts(c *Computer) []func() {
	callback, err := parseCallback(l.Details.Callback)
	if c.Check(CheckDetails).State == Stopped || err != nil {
		for _, id := range c.Pending() {
			c.leaveOut(id)
		}
		return nil
	}
	var parts []func()
	if host := callback.Hostname(); Loopback(host) {
		c.pass(CheckCallback, nil)
		parts = append(parts, func() { l.port(callback) }, func() { l.localhost(host) }, l.certificate)
	} else {
		c.stop(CheckCallback, &Problem{Code: FarCallback, Step: Checking, Facts: Facts{"host": host}})
		c.leaveOut(CheckPort, CheckFamilies, CheckLocalhost, CheckCertificate)
	}
	if !l.Details.Practice && l.Network != nil {
		request := c.Request // the lines belong to Run's goroutine
		parts = append(parts, func() { l.server(request) })
	}
	return parts
}

func (l looking) port(callback *url.URL) {
	facts := Facts{"port": CallbackPort(callback)}
	both, err := l.Listener.Probe(l.ctx, callback)
	l.found(func(c *Computer) {
		switch {
		case err != nil:
			c.stop(CheckPort, asProblem(err))
			c.leaveOut(CheckFamilies)
		case both:
			c.pass(CheckPort, facts)
			c.pass(CheckFamilies, nil)
		default:
			c.pass(CheckPort, facts)
			c.set(Check{ID: CheckFamilies, State: Noted})
		}
	})
}

// localhost looks whether the name leads back here. Browsers do not ask (RFC
// 6761 6.3), but other programs between them and us may.
func (l looking) localhost(host string) {
	if l.Network == nil || !strings.EqualFold(host, "localhost") {
		l.found(func(c *Computer) { c.leaveOut(CheckLocalhost) })
		return
	}
	addresses, err := l.Network.Lookup(l.ctx, "localhost")
	l.found(func(c *Computer) {
		var away []string
		for _, a := range addresses {
			if !a.Unmap().IsLoopback() {
				away = append(away, a.String())
			}
		}
		if err == nil && len(away) == 0 && len(addresses) > 0 {
			c.pass(CheckLocalhost, nil)
			return
		}
		c.stop(CheckLocalhost, &Problem{Code: LocalhostMoved, Step: Checking, Facts: Facts{"addr": strings.Join(away, ", ")}, Err: err})
	})
}

func (l looking) certificate() {
	report, err := l.Trust.Check(l.ctx)
	l.found(func(c *Computer) { c.trust(report, err, l.Now()) })
}

// trust takes in what was found about the certificate.
func (c *Computer) trust(report TrustReport, err error, now time.Time) {
	c.Report = report
	switch {
	case err != nil:
		c.stop(CheckCertificate, asProblem(err))
	case report.Exists && !report.Expires.IsZero() && now.After(report.Expires):
		c.stop(CheckCertificate, &Problem{Code: CertificateEnded, Step: Checking, Facts: Facts{"date": report.Expires.Format(time.DateOnly)}})
	case report.Trusted():
		c.pass(CheckCertificate, nil)
	default:
		c.set(Check{ID: CheckCertificate, State: Noted})
	}
}

// InstallTrust makes and installs the certificate, and brings what it found
// into c.
func InstallTrust(ctx context.Context, c Computer, t Trust) Computer {
	report, err := t.Install(ctx)
	c = c.copied()
	c.trust(report, err, time.Now())
	return c
}

// server asks for the name and for the server itself at the same time: behind
// a proxy the name may be known to the proxy only.
func (l looking) server(r Request) {
	facts := Facts{"host": r.Host()}
	var lookup error
	var asked sync.WaitGroup
	asked.Go(func() { _, lookup = l.Network.Lookup(l.ctx, r.Host()) })
	greeting, err := l.Network.Greet(l.ctx, r.Address)
	asked.Wait()
	if err == nil {
		lookup = nil
	}
	l.found(func(c *Computer) { c.greeted(greeting, facts, lookup, err) })
	if err != nil {
		return
	}
	if !l.Ask {
		l.found(func(c *Computer) { c.leaveOut(CheckPage) })
		return
	}
	page, fault := l.Network.Ask(l.ctx, r.AuthorizeURL())
	p := JudgePage(r, page)
	if fault != nil {
		p = asProblem(fault)
	}
	if p == nil {
		p = clockProblem(r.Host(), page.Date, l.Now())
	}
	l.found(func(c *Computer) {
		if p != nil {
			c.stop(CheckPage, p)
			return
		}
		c.pass(CheckPage, facts)
	})
}

// greeted sorts what the first contact with the server told into its lines.
func (c *Computer) greeted(g Greeting, facts Facts, lookup, err error) {
	p := asProblemOrNil(err)
	if p != nil && lookup != nil && p.Code != ProxyBlocked {
		c.stop(CheckName, asProblem(lookup))
		c.leaveOut(CheckProxy, CheckReach, CheckIdentity, CheckPage)
		return
	}
	if lookup != nil {
		c.leaveOut(CheckName)
	} else {
		c.pass(CheckName, facts)
	}
	if p != nil && p.Code == ProxyBlocked {
		c.stop(CheckProxy, p)
		c.leaveOut(CheckReach, CheckIdentity, CheckPage)
		return
	}
	c.pass(CheckProxy, nil)
	if g.Proxy != "" {
		c.set(Check{ID: CheckProxy, State: Noted, Facts: Facts{"proxy": g.Proxy}})
	}
	switch {
	case p == nil:
		c.pass(CheckReach, facts)
		c.pass(CheckIdentity, facts.with("issuer", g.Issuer))
	case p.Code == ServerUntrusted:
		c.pass(CheckReach, facts)
		c.stop(CheckIdentity, p)
		c.leaveOut(CheckPage)
	default:
		c.stop(CheckReach, p)
		c.leaveOut(CheckIdentity, CheckPage)
	}
}

func asProblemOrNil(err error) *Problem {
	if err == nil {
		return nil
	}
	return asProblem(err)
}
