package outbound

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"io"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"granthelper/flow"
)

func greetProblem(t *testing.T, n *Network, address string) *flow.Problem {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), 2*time.Second)
	defer cancel()
	g, err := n.Greet(ctx, address)
	if err == nil {
		t.Fatalf("%s was greeted: %+v", address, g)
	}
	return problemOf(t, err)
}

func TestGreet_VerifiedServer(t *testing.T) {
	a := newAuthority(t, "Example CA")
	address := serve(t, a.issue(t, nil), func(http.ResponseWriter, *http.Request) { t.Error("a request was sent") })
	g, err := (&Network{Roots: a.pool}).Greet(t.Context(), address)
	if err != nil || g.Issuer != "Example CA" || g.Proxy != "" || time.Until(g.Until) > time.Hour {
		t.Errorf("got %+v, %v", g, err)
	}
}

func TestGreet_UntrustedCertificates(t *testing.T) {
	a, stranger := newAuthority(t, "Example CA"), newAuthority(t, "Zscaler Root CA")
	for reason, certificate := range map[string]tls.Certificate{
		"expired": a.issue(t, func(c *x509.Certificate) {
			c.NotBefore, c.NotAfter = time.Now().Add(-2*time.Hour), time.Now().Add(-time.Hour)
		}),
		"not_yet": a.issue(t, func(c *x509.Certificate) {
			c.NotBefore, c.NotAfter = time.Now().Add(time.Hour), time.Now().Add(2*time.Hour)
		}),
		"wrong_name":     a.issue(t, func(c *x509.Certificate) { c.DNSNames = []string{"other.example"} }),
		"unknown_issuer": stranger.issue(t, nil),
		"other":          a.issue(t, func(c *x509.Certificate) { c.ExtKeyUsage = []x509.ExtKeyUsage{x509.ExtKeyUsageClientAuth} }),
	} {
		n := &Network{Roots: a.pool}
		address := serve(t, certificate, func(http.ResponseWriter, *http.Request) { t.Errorf("%s: a request was sent", reason) })
		want := "Example CA"
		if reason == "unknown_issuer" {
			want = "Zscaler Root CA"
		}
		if p := greetProblem(t, n, address); p.Code != flow.ServerUntrusted || p.Facts["reason"] != reason || p.Facts["issuer"] != want || p.Facts["host"] != "localhost" {
			t.Errorf("%s: got %v %v", reason, p, p.Facts)
		}
		if _, err := n.Ask(t.Context(), address); problemOf(t, err).Code != flow.ServerUntrusted {
			t.Errorf("%s: Ask gave %v", reason, err)
		}
	}
}

func TestGreet_NobodyAnswers(t *testing.T) {
	silent := listen(t, each(func(c net.Conn) { _, _ = io.Copy(io.Discard, c) }))
	reset := listen(t, each(func(c net.Conn) { _ = c.(*net.TCPConn).SetLinger(0) }))
	for port, reason := range map[string]string{closedPort(t): "refused", silent: "timeout", reset: "reset"} {
		if p := greetProblem(t, &Network{}, "https://localhost:"+port); p.Code != flow.CannotReach || p.Facts["reason"] != reason || p.Facts["port"] != port || p.Facts["host"] != "localhost" {
			t.Errorf("want %s, got %v %v", reason, p, p.Facts)
		}
	}
	n := &Network{Resolver: nameServer(t, map[string]string{"apps.na.collabserv.com": "127.0.0.1"}, false)}
	if p := greetProblem(t, n, "https://apps.na.collabserv.com:"+closedPort(t)); p.Code != flow.ServiceClosed {
		t.Errorf("a closed service: got %v %v", p, p.Facts)
	}
}

func TestGreet_ForeignPage(t *testing.T) {
	hotel := listen(t, func(l net.Listener) {
		_ = http.Serve(l, http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) {
			w.WriteHeader(http.StatusNetworkAuthenticationRequired)
			_, _ = io.WriteString(w, "<html><title>Welcome &amp; enjoy\u202e</title>")
		}))
	})
	if p := greetProblem(t, &Network{}, "https://localhost:"+hotel); p.Code != flow.ForeignPage || p.Facts["title"] != "Welcome & enjoy" || p.Facts["status"] != "511" {
		// net/http answers a TLS hello with 400; the page comes with the second visit
		t.Errorf("got %v %v", p, p.Facts)
	}
	garbage := listen(t, each(func(c net.Conn) {
		_, _ = io.WriteString(c, "220 mail.example ESMTP\r\n")
		_, _ = io.Copy(io.Discard, c)
	}))
	if p := greetProblem(t, &Network{}, "https://localhost:"+garbage); p.Code != flow.ForeignPage || p.Facts["title"] != "" {
		t.Errorf("garbage: got %v %v", p, p.Facts)
	}
}

func TestGreet_GoesThroughTheProxy(t *testing.T) {
	a := newAuthority(t, "Example CA")
	address := serve(t, a.issue(t, nil), func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "here") })
	p := &proxy{leads: strings.TrimPrefix(address, "https://")}
	n := &Network{Roots: a.pool, Proxy: "localhost:" + listen(t, each(p.serve))}
	g, err := n.Greet(t.Context(), "https://apps.example.com")
	if err != nil || g.Proxy != n.Proxy || g.Issuer != "Example CA" {
		t.Fatalf("got %+v, %v", g, err)
	}
	if page, err := n.Ask(t.Context(), "https://apps.example.com/x"); err != nil || page.Text != "here" {
		t.Errorf("Ask: %+v, %v", page, err)
	}
	if _, err := n.Greet(t.Context(), address); err != nil {
		t.Errorf("this computer itself: %v", err)
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	if len(p.asked) != 2 || p.asked[0] != "apps.example.com:443" {
		t.Errorf("the proxy was asked for %q, want the server twice and never this computer", p.asked)
	}
}

func TestGreet_ProxyWantsASignIn(t *testing.T) {
	for status, want := range map[int]string{407: "407", 403: "403"} {
		p := &proxy{refuses: status}
		n := &Network{Proxy: "localhost:" + listen(t, each(p.serve))}
		if got := greetProblem(t, n, "https://apps.example.com"); got.Code != flow.ProxyBlocked || got.Facts["status"] != want || got.Facts["proxy"] != n.Proxy || got.Facts["host"] != "apps.example.com" {
			t.Errorf("%d: got %v %v", status, got, got.Facts)
		}
	}
	n := &Network{Proxy: "localhost:" + closedPort(t)}
	if got := greetProblem(t, n, "https://apps.example.com"); got.Code != flow.ProxyBlocked || got.Facts["status"] != "" || got.Err == nil {
		t.Errorf("a proxy that is down: got %v %v", got, got.Facts)
	}
	silent := listen(t, each(func(c net.Conn) { _, _ = io.Copy(io.Discard, c) }))
	if got := greetProblem(t, &Network{Proxy: "localhost:" + silent}, "https://apps.example.com"); got.Code != flow.ProxyBlocked {
		t.Errorf("a mute proxy: got %v", got)
	}
}
