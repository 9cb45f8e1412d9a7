package loopback

import (
	"context"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
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

// browser does with our pages what a browser does: it keeps cookies, runs the
// two scripts (by hand), and says what kind of request it makes.
type browser struct {
	t      testing.TB
	o      *opened
	client *http.Client
	tab    string // sessionStorage of this tab
	sent   http.Header
}

func newBrowser(o *opened) *browser {
	jar, _ := cookiejar.New(nil)
	transport := &http.Transport{TLSClientConfig: trusting(), ForceAttemptHTTP2: true, DialContext: dialLoopback}
	o.t.Cleanup(transport.CloseIdleConnections)
	return &browser{t: o.t, o: o, client: &http.Client{Transport: transport, Jar: jar, Timeout: 20 * time.Second}, sent: http.Header{
		"Sec-Fetch-Dest": {"document"}, "Sec-Fetch-Mode": {"navigate"}, "Sec-Fetch-Site": {"cross-site"},
	}}
}

// newTab is another tab of the same profile.
func (b *browser) newTab() *browser { c := *b; c.tab = ""; return &c }

// dialLoopback keeps the tests off the resolver.
func dialLoopback(ctx context.Context, network, address string) (net.Conn, error) {
	host, port, _ := net.SplitHostPort(address)
	if host == "localhost" {
		host = "127.0.0.1"
	}
	return (&net.Dialer{}).DialContext(ctx, network, net.JoinHostPort(host, port))
}

// page is an answer as the browser has it.
type page struct {
	status int
	header http.Header
	body   string
}

func (p page) title() string { return find(`<h1[^>]*>([^<]*)</h1>`, p.body) }

func find(pattern, text string) string {
	if m := regexp.MustCompile(pattern).FindStringSubmatch(text); m != nil {
		return m[1]
	}
	return ""
}

func (b *browser) do(method, target, body string, header http.Header) (page, error) {
	r, err := http.NewRequestWithContext(b.t.Context(), method, target, strings.NewReader(body))
	if err != nil {
		return page{}, err
	}
	if body == "" {
		r.Body, r.ContentLength = nil, 0
	}
	r.Header = header.Clone()
	resp, err := b.client.Do(r)
	if err != nil {
		return page{}, err
	}
	defer func() { _ = resp.Body.Close() }()
	text, err := io.ReadAll(resp.Body)
	return page{resp.StatusCode, resp.Header, string(text)}, err
}

// visit navigates to an address or a path of the listener.
func (b *browser) visit(target string) page {
	b.t.Helper()
	if strings.HasPrefix(target, "/") {
		target = b.o.place.origin + target
	}
	p, err := b.do(http.MethodGet, target, "", b.sent)
	if err != nil {
		b.t.Fatalf("GET: %v", err)
	}
	return p
}

// start opens the start page and runs its script.
func (b *browser) start() page {
	b.t.Helper()
	p := b.visit(b.o.StartURL())
	if p.status == http.StatusOK {
		b.tab = find(`data-tab="([^"]*)"`, p.body)
		if b.tab == "" {
			b.t.Fatal("no tab value on the start page")
		}
	}
	return p
}

// arrive comes to the callback and returns the arrival's name.
func (b *browser) arrive(query string) string {
	b.t.Helper()
	p := b.visit(b.o.place.path + "?" + query)
	id := find(`data-arrival="([^"]*)"`, p.body)
	if p.status != http.StatusOK || id == "" {
		b.t.Fatalf("callback: status %d, arrival %q", p.status, id)
	}
	return id
}

// bind sends what the callback page's script sends.
func (b *browser) bind(id string) page {
	b.t.Helper()
	p, err := b.do(http.MethodPost, b.o.place.origin+"/bind", "arrival="+id+"&tab="+b.tab, b.scripted())
	if err != nil {
		b.t.Fatalf("POST /bind: %v", err)
	}
	return p
}

func (b *browser) scripted() http.Header {
	return http.Header{
		"Sec-Fetch-Dest": {"empty"}, "Sec-Fetch-Mode": {"cors"}, "Sec-Fetch-Site": {"same-origin"},
		"Origin": {b.o.place.origin}, "Content-Type": {bindType},
	}
}

// answer goes the whole way of an answer up to its notice.
func (b *browser) answer(query string) (id string, a *flow.Arrival) {
	b.t.Helper()
	id = b.arrive(query)
	if p := b.bind(id); p.status != http.StatusNoContent {
		b.t.Fatalf("bind: status %d", p.status)
	}
	return id, b.o.await(flow.AnswerCame).Arrival
}

// unscripted goes the way of a browser without script and has the answer taken.
func (b *browser) unscripted(query string) *flow.Arrival {
	b.t.Helper()
	id := b.arrive(query)
	shown := make(chan page, 1)
	go func() { shown <- b.visit("/verdict/" + id) }()
	a := b.o.await(flow.AnswerCame).Arrival
	a.Reply(flow.GotIt)
	if got := (<-shown).title(); got != "Got it" {
		b.t.Errorf("got page %q", got)
	}
	return a
}
