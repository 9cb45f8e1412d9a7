package loopback

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"granthelper/flow"
)

func TestVisit_TellsPlainHTTPAndAnswersIt(t *testing.T) {
	o := open(t)
	resp, err := http.Get("http://127.0.0.1:" + o.place.port + "/callback?code=abc")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = resp.Body.Close() }()
	body, err := io.ReadAll(resp.Body)
	if err != nil || resp.StatusCode != http.StatusBadRequest || !strings.Contains(string(body), "This address needs https") {
		t.Errorf("got %d, %v, %.300s", resp.StatusCode, err, body)
	}
	checkHeaders(t, "plain", resp.Header)
	if n := o.await(flow.PlainHTTP); strings.Contains(n.Detail, "abc") {
		t.Errorf("got detail %q", n.Detail)
	}
	o.none(flow.AnswerCame)
}

func TestVisit_TellsWhenABrowserDoesNotTrustIt(t *testing.T) {
	o := open(t)
	for name, config := range map[string]*tls.Config{
		"TLS 1.3": {RootCAs: x509.NewCertPool(), ServerName: "localhost"},
		"TLS 1.2": {RootCAs: x509.NewCertPool(), ServerName: "localhost", MaxVersion: tls.VersionTLS12},
	} {
		began := time.Now()
		if _, err := tls.Dial("tcp", net.JoinHostPort("127.0.0.1", o.place.port), config); err == nil {
			t.Fatal("a client without roots trusted us")
		}
		n := o.await(flow.Distrusted)
		if took := time.Since(began); took > 2*time.Second || !strings.HasPrefix(n.Detail, "alert 4") {
			t.Errorf("%s: %q after %v", name, n.Detail, took)
		}
	}
}

func TestVisit_TellsWhenABrowserHangsUpAtTheCertificate(t *testing.T) {
	o := open(t)
	raw := o.dial()
	hangUp := &tls.Config{ServerName: "localhost", InsecureSkipVerify: true, VerifyPeerCertificate: func([][]byte, [][]*x509.Certificate) error {
		_ = raw.Close()
		return errors.New("hang up")
	}}
	if err := tls.Client(raw, hangUp).HandshakeContext(t.Context()); err == nil {
		t.Fatal("the handshake went through")
	}
	if n := o.await(flow.Distrusted); n.Detail != "closed at the certificate" {
		t.Errorf("got detail %q", n.Detail)
	}
}

func TestVisit_EmptyAndOddConnectionsAreHarmless(t *testing.T) {
	o := open(t)
	_ = o.dial().Close()
	odd := o.dial()
	_, _ = odd.Write([]byte{0x05, 0x01, 0x00}) // a SOCKS client
	_, _ = io.Copy(io.Discard, odd)
	empty, err := tls.Dial("tcp", net.JoinHostPort("127.0.0.1", o.place.port), trusting())
	if err != nil {
		t.Fatal(err)
	}
	_ = empty.Close()
	select {
	case n := <-o.Notices():
		t.Errorf("told of kind %d: %s", n.Kind, n.Detail)
	case <-time.After(50 * time.Millisecond):
	}
	b := newBrowser(o)
	b.start()
	o.await(flow.Contact)
}

func TestVisit_SpeaksModernTLSAndPlainOldHTTPOnly(t *testing.T) {
	o := open(t)
	address := net.JoinHostPort("::1", o.place.port)
	old := trusting()
	old.MinVersion, old.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
	if c, err := tls.Dial("tcp", address, old); err == nil {
		_ = c.Close()
		t.Error("TLS 1.1 was accepted")
	}
	if n := o.await(flow.Refused); n.Detail != "no common TLS version" {
		t.Errorf("got detail %q", n.Detail)
	}
	both := trusting()
	both.NextProtos = []string{"h2", "http/1.1"}
	c, err := tls.Dial("tcp", address, both)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = c.Close() }()
	if got := c.ConnectionState().NegotiatedProtocol; got != "http/1.1" {
		t.Errorf("agreed on %q, want http/1.1", got)
	}
	s := o.inner.server
	if s.ReadHeaderTimeout != 5*time.Second || s.ReadTimeout != 5*time.Second || s.WriteTimeout != 10*time.Second || s.IdleTimeout != 5*time.Second {
		t.Errorf("limits: %v %v %v %v", s.ReadHeaderTimeout, s.ReadTimeout, s.WriteTimeout, s.IdleTimeout)
	}
}

func TestJudge_ReadsTheEndOfAHandshake(t *testing.T) {
	alert := func(op string, n uint8) error {
		type number uint8
		return &net.OpError{Op: op, Err: alertError(number(n))}
	}
	for _, tt := range []struct {
		name  string
		err   error
		shown bool
		want  outcome
	}{
		{"unknown authority", alert("remote error", 48), true, refusedUs},
		{"unknown certificate", alert("remote error", 46), true, refusedUs},
		{"alert that cannot be read", alert("local error", 20), true, refusedUs},
		{"end of file", io.EOF, true, refusedUs},
		{"user left", alert("remote error", 90), true, harmless},
		{"no common version", alert("local error", 70), false, noCommon},
		{"left before anything", io.EOF, false, harmless},
		{"too slow", context.DeadlineExceeded, true, harmless},
	} {
		if got := judge(tt.err, tt.shown); got.kind != tt.want {
			t.Errorf("%s: got %d (%s), want %d", tt.name, got.kind, got.detail, tt.want)
		}
	}
}

// alertError has the form of the error that package crypto/tls keeps to itself.
type alertError uint8

func (alertError) Error() string { return "an alert" }
