package loopback

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"net"
	"net/url"
	"sync"
	"testing"
	"time"

	"granthelper/flow"
)

// What the tests stand on: a certificate, a free port, an opened visit, and a
// client that does what a browser does with our pages.

var testCertificate = sync.OnceValue(func() tls.Certificate {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(time.Now().UnixNano()), Subject: pkix.Name{CommonName: "Grant Helper test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(24 * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true, DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		panic(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key, Leaf: leaf}
})

func trusting() *tls.Config {
	roots := x509.NewCertPool()
	roots.AddCert(testCertificate().Leaf)
	return &tls.Config{RootCAs: roots, ServerName: "localhost"}
}

func freePort(t testing.TB) string {
	t.Helper()
	for range 50 {
		four, err := net.Listen("tcp4", "127.0.0.1:0")
		if err != nil {
			t.Fatal(err)
		}
		_, port, _ := net.SplitHostPort(four.Addr().String())
		six, err := net.Listen("tcp6", "[::1]:"+port)
		_ = four.Close()
		if err == nil {
			_ = six.Close()
			return port
		}
	}
	t.Fatal("no port is free on both families")
	return ""
}

// opened is a visit under test.
type opened struct {
	flow.Visit
	t      testing.TB
	inner  *visit
	place  place
	server string // where the start page leads
}

func certify(context.Context) (tls.Certificate, error) { return testCertificate(), nil }

func testSite(t testing.TB, callback string) flow.Site {
	t.Helper()
	u, err := url.Parse(callback)
	if err != nil {
		t.Fatal(err)
	}
	return flow.Site{
		Callback: u, Authorize: "https://apps.example.com/manage/oauth2/authorize?response_type=code&client_id=a%20b&callback_uri=https%3A%2F%2Flocalhost",
		ServerName: "apps.example.com", Lifetime: time.Hour, Read: flow.ConnectionsCloud.ReadAnswer,
	}
}

// open opens a visit at https://localhost:PORT/callback, changed as asked.
func open(t testing.TB, change ...func(*Listener, *flow.Site)) *opened {
	t.Helper()
	site := testSite(t, "https://localhost:"+freePort(t)+"/callback")
	l := &Listener{Certificate: certify}
	for _, f := range change {
		f(l, &site)
	}
	v, err := l.Listen(t.Context(), site)
	if err != nil {
		t.Fatalf("Listen: %v", err)
	}
	inner := v.(*visit)
	o := &opened{Visit: v, t: t, inner: inner, place: inner.where, server: site.Authorize}
	t.Cleanup(o.leave)
	return o
}

// leave closes the visit when no page of the test waits any more.
func (o *opened) leave() {
	o.inner.mu.Lock()
	for _, a := range o.inner.arrivals {
		a.seen = time.Time{}
	}
	o.inner.mu.Unlock()
	_ = o.Close()
}

// patience changes how long pages wait.
func patience(d time.Duration) func(*Listener, *flow.Site) {
	return func(l *Listener, _ *flow.Site) { l.patience = d }
}

// await returns the next notice of the kind, passing over others.
func (o *opened) await(kind flow.NoticeKind) flow.Notice {
	o.t.Helper()
	limit := time.After(10 * time.Second)
	for {
		select {
		case n, ok := <-o.Notices():
			if !ok {
				o.t.Fatalf("notices ended before kind %d came", kind)
			}
			if n.Kind == kind {
				return n
			}
		case <-limit:
			o.t.Fatalf("no notice of kind %d in 10 s", kind)
		}
	}
}

// none fails if a notice of the kind is already queued.
func (o *opened) none(kind flow.NoticeKind) {
	o.t.Helper()
	for {
		select {
		case n := <-o.Notices():
			if n.Kind == kind {
				o.t.Fatalf("unexpected notice: kind %d, %s", n.Kind, n.Detail)
			}
		case <-time.After(50 * time.Millisecond):
			return
		}
	}
}
