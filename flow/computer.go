package flow

import (
	"context"
	"net/url"
)

// Computer is what was found about this computer before a sign-in: can the
// tool wait where the callback leads, and do the browsers trust it there.
type Computer struct {
	Callback *url.URL
	Port     *Problem    // nil: the port is free on both loopback addresses
	Report   TrustReport // of the certificate, with Trust nil
	Trust    *Problem    // the certificate could not be looked at, or its setting up was refused
}

// Ready reports whether a sign-in can start here and end by itself.
func (c Computer) Ready() bool { return c.Port == nil && c.Trust == nil && c.Report.Trusted() }

// LookAtComputer checks port and certificate for a callback on this computer.
// It changes nothing and takes as long as the browser stores take to read.
func LookAtComputer(ctx context.Context, callback string, l Listener, t Trust) Computer {
	u, err := parseCallback(callback)
	if err != nil {
		return Computer{Port: &Problem{Code: OddDetails, Step: Checking, Facts: Facts{"field": string(FieldCallback), "rule": "callback_unreadable"}, Err: err}}
	}
	c := Computer{Callback: u}
	if !Loopback(u.Hostname()) {
		c.Port = &Problem{Code: FarCallback, Step: Checking, Facts: Facts{"host": u.Hostname()}}
	} else if err := l.Probe(ctx, u); err != nil {
		c.Port = asProblem(err)
	}
	report, err := t.Check(ctx)
	if err != nil {
		c.Trust = asProblem(err)
	}
	c.Report = report
	return c
}

// InstallTrust makes and installs the certificate and looks again.
func InstallTrust(ctx context.Context, c Computer, t Trust) Computer {
	c.Trust = nil
	report, err := t.Install(ctx)
	if err != nil {
		c.Trust = asProblem(err)
	}
	c.Report = report
	return c
}

func parseCallback(callback string) (*url.URL, error) { return url.Parse(callback) }
