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
	"sync"
	"testing"
	"time"

	"granthelper/flow"
)

func certifyNot(err error) func(context.Context) (tls.Certificate, error) {
	return func(context.Context) (tls.Certificate, error) { return tls.Certificate{}, err }
}

func (o *opened) dial() net.Conn {
	o.t.Helper()
	c, err := net.Dial("tcp", net.JoinHostPort("127.0.0.1", o.place.port))
	if err != nil {
		o.t.Fatal(err)
	}
	o.t.Cleanup(func() { _ = c.Close() })
	return c
}

func TestVisit_IdleAndSlowConnectionsDoNotKeepTheBrowserOut(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	b.start()
	for range 200 {
		o.dial() // says nothing
	}
	for i := range 50 {
		c := tls.Client(o.dial(), trusting())
		part := "GET /callback?co"
		switch i % 3 {
		case 0:
			part = "POST /callback HTTP/1.1\r\nHost: " + o.place.authority + "\r\nContent-Length: 99\r\n\r\narr"
		case 1:
			part = "POST /bind HTTP/1.1\r\nHost: " + o.place.authority + "\r\nContent-Type: " + bindType + "\r\nContent-Length: 99\r\n\r\narr"
		}
		if _, err := c.Write([]byte(part)); err != nil {
			t.Fatal(err)
		}
	}
	deaf := strings.Repeat("GET /callback HTTP/1.1\r\nHost: x\r\n\r\n", 2000)
	for range connLimit { // ask for much and read nothing
		c := tls.Client(o.dial(), trusting())
		if err := c.HandshakeContext(t.Context()); err != nil {
			t.Fatal(err)
		}
		go func() { _, _ = c.Write([]byte(deaf)) }()
	}
	began := time.Now()
	_, a := b.answer("code=good")
	if took := time.Since(began); a.Level != flow.LevelA || took > 2*time.Second {
		t.Errorf("level %v after %v, want A in 2 s", a.Level, took)
	}
	o.inner.conns.mu.Lock()
	defer o.inner.conns.mu.Unlock()
	if n := len(o.inner.conns.all); n > connLimit {
		t.Errorf("%d connections are open, want at most %d", n, connLimit)
	}
}

func TestVisit_WaitingPagesAreNotClosedToMakeRoom(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	b.start()
	id, a := b.answer("code=good")
	shown := make(chan page, 1)
	go func() { shown <- b.visit("/verdict/" + id) }()
	o.awaitWaiters(1)
	for range 2 * connLimit {
		o.dial()
	}
	a.Reply(flow.GotIt)
	if got := (<-shown).title(); got != "Got it" {
		t.Errorf("got page %q", got)
	}
}

// awaitWaiters waits until n requests wait for a verdict.
func (o *opened) awaitWaiters(n int) {
	o.t.Helper()
	limit := time.Now().Add(5 * time.Second)
	for time.Now().Before(limit) {
		o.inner.mu.Lock()
		waiting := 0
		for _, a := range o.inner.arrivals {
			waiting += a.waiters
		}
		o.inner.mu.Unlock()
		if waiting == n {
			return
		}
		time.Sleep(time.Millisecond) // no event tells this from outside
	}
	o.t.Fatalf("%d requests never waited", n)
}

func TestVisit_TenThousandBadRequestsChangeNothing(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	b.start()
	request := strings.Repeat("GET /callback?code=evil HTTP/1.1\r\nHost: evil.example\r\n\r\n", 500)
	var crowd sync.WaitGroup
	for range 4 {
		crowd.Go(func() {
			for range 5 {
				c, err := tls.Dial("tcp", net.JoinHostPort("127.0.0.1", o.place.port), trusting())
				if err != nil {
					t.Error(err)
					return
				}
				go func() { _, _ = c.Write([]byte(request)); _ = c.CloseWrite() }()
				_, _ = io.Copy(io.Discard, c)
				_ = c.Close()
			}
		})
	}
	crowd.Wait()
	id := b.arrive("code=good")
	b.bind(id)
	refused := 0
	for {
		n := <-o.Notices()
		if n.Kind == flow.Refused {
			refused += 1 + n.More
		}
		if n.Kind == flow.AnswerCame {
			if n.Arrival.Level != flow.LevelA || n.Arrival.Answer.Code.Reveal() != "good" {
				t.Errorf("got level %v", n.Arrival.Level)
			}
			break
		}
	}
	if refused != 10_000 {
		t.Errorf("told of %d refused requests, want 10000", refused)
	}
}

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
