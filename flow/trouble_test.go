package flow_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"granthelper/flow"
	"granthelper/flow/cert"
	"granthelper/flow/outbound"
	"granthelper/flow/practice"
)

// Troubles that take more than one part of the tool to bring about, each for
// real: over TLS, on loopback, by the clock.

// awaits follows an attempt until it says something, ten seconds and a little
// at the most.
func awaits(t *testing.T, a *flow.Attempt, what string, said func(flow.Event) bool) flow.Event {
	t.Helper()
	limit := time.After(15 * time.Second)
	for {
		select {
		case e, open := <-a.Events():
			if !open {
				t.Fatalf("the attempt ended before %s", what)
			}
			if said(e) {
				return e
			}
		case <-limit:
			t.Fatalf("waited 15 s for %s", what)
		}
	}
}

// A browser that does not know the certificate is noticed within three seconds,
// and forgiven when it comes back trusting.
func TestTrouble_RefusedCertificate(t *testing.T) {
	s := newStage(t)
	came := make(chan string, 1)
	a := flow.Start(t.Context(), flow.Config{Request: s.request, Listener: s.listen, OpenBrowser: func(_ context.Context, address string) error {
		came <- address
		return nil
	}})
	address := <-came
	strict := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: x509.NewCertPool()}}}
	began := time.Now()
	if _, err := strict.Get(address); err == nil {
		t.Fatal("a browser without the certificate got a page")
	}
	e := awaits(t, a, "the refusal", func(e flow.Event) bool { return e.Pressing != nil })
	if took := time.Since(began); e.Pressing.Code != flow.NotTrusted || took > 3*time.Second || e.Step != flow.AtBrowser {
		t.Errorf("%v after %v at %v, want U8 within three seconds and still waiting", e.Pressing, took, e.Step)
	}
	s.newPerson().get(address)
	awaits(t, a, "a browser that trusts", func(e flow.Event) bool { return e.Pressing == nil && e.Contact })
	a.Cancel()
	<-a.Done()
}

func TestTrouble_BrowserThatNeverComes(t *testing.T) {
	s := newStage(t)
	began := time.Now()
	a := flow.Start(t.Context(), flow.Config{Request: s.request, Listener: s.listen, OpenBrowser: func(context.Context, string) error { return nil }})
	e := awaits(t, a, "the question", func(e flow.Event) bool { return e.Banner != nil })
	if took := time.Since(began); e.Banner.Code != flow.NoContact || took < 10*time.Second || took > 13*time.Second {
		t.Errorf("%v after %v, want U51 after ten seconds", e.Banner, took)
	}
	a.Cancel()
	<-a.Done()
}

func TestTrouble_NobodyIsAsked(t *testing.T) {
	s := newStage(t)
	e := s.end(s.start(nil, func(p *person) {
		p.signIn("robin")
		p.comeBack()
	}))
	remarks := []flow.Code{}
	for _, p := range e.Result.Remarks() {
		remarks = append(remarks, p.Code)
	}
	if len(remarks) != 1 || remarks[0] != flow.NoQuestion {
		t.Errorf("remarks %v on a code after %v, want U22", remarks, e.Result.AfterContact)
	}
}

// lookAtServer looks at a server of the test through the real network.
func lookAtServer(t *testing.T, s *stage, answer http.HandlerFunc, now func() time.Time) flow.Computer {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	certificate, err := s.listen.Certificate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	server := &http.Server{Handler: answer, ReadHeaderTimeout: time.Minute}
	go func() {
		_ = server.Serve(tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{certificate}}))
	}()
	t.Cleanup(func() { _ = server.Close() })
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return flow.Look{
		Details:  flow.Details{Address: "https://localhost:" + port, ClientID: s.request.ClientID, Callback: s.request.Callback},
		Server:   flow.ConnectionsCloud,
		Listener: s.listen, Trust: cert.Open(t.TempDir()), Network: &outbound.Network{Roots: s.roots}, Ask: true, Now: now,
	}.Run(t.Context(), func(flow.Computer) {})
}

func TestTrouble_WhatTheServerSaysBeforeSignIn(t *testing.T) {
	s := newStage(t)
	for _, row := range []struct {
		status int
		text   string
		want   flow.Code
	}{
		{400, "oauth_unsupported_parameters: state", flow.UnsupportedParameters},
		{401, "oauth_invalid_clientid", flow.UnknownClient},
		{404, "<h1>Not Found</h1>", flow.NotConnections},
		{429, "", flow.ServerBusy},
		{500, "oauth_request_failed", flow.RequestFailed},
		{503, "", flow.ServerBusy},
	} {
		var asked string
		found := lookAtServer(t, s, func(w http.ResponseWriter, r *http.Request) {
			asked = r.URL.Path
			w.WriteHeader(row.status)
			_, _ = w.Write([]byte(row.text))
		}, nil)
		if p := found.First(); p == nil || p.Code != row.want || p.ByUser || found.Check(flow.CheckPage).Problem != p {
			t.Errorf("%d %q: got %v, want %v", row.status, row.text, p, row.want)
		}
		if asked != flow.ConnectionsCloud.AuthorizePath {
			t.Errorf("asked for %q", asked)
		}
	}
}

func TestTrouble_ClockOfTheServer(t *testing.T) {
	fine := func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusOK) }
	s := newStage(t)
	ahead := func() time.Time { return time.Now().Add(14 * time.Minute) }
	p := lookAtServer(t, s, fine, ahead).First()
	if p == nil || p.Code != flow.ClockWrong || p.Facts["n"] != "14" || p.Facts["way"] != "ahead" {
		t.Errorf("a clock 14 minutes ahead: %v", p)
	}
	if p := lookAtServer(t, s, fine, nil).First(); p != nil {
		t.Errorf("a clock that is right: %v", p)
	}
}

func TestTrouble_CertificateOfThisComputerEnded(t *testing.T) {
	s := newStage(t)
	home := cert.Open(t.TempDir())
	if _, err := home.Certificate(t.Context()); err != nil {
		t.Fatal(err)
	}
	found := flow.Look{
		Details: flow.Details{Practice: true, ClientID: s.request.ClientID, Callback: s.request.Callback}, Server: flow.ConnectionsCloud,
		Listener: s.listen, Trust: home, Now: func() time.Time { return time.Now().AddDate(1, 0, 1) },
	}.Run(t.Context(), func(flow.Computer) {})
	if p := found.First(); p == nil || p.Code != flow.CertificateEnded || len(p.Facts["date"]) != len(time.DateOnly) {
		t.Errorf("a year and a day later: %v", p)
	}
}

func TestTrouble_PracticeServerCannotStart(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = l.Close() }()
	home := cert.Open(t.TempDir())
	room := &practice.Room{Config: practice.Config{Addr: strings.Replace(l.Addr().String(), "127.0.0.1", "localhost", 1)}, Certificate: home.Certificate}
	if server, err := room.Server(t.Context()); err == nil {
		t.Errorf("the practice server started on a port that is taken: %s", server.URL())
	}
}
