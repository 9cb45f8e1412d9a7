package practice

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"html"
	"io"
	"math/big"
	"net"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"
)

// leaf makes a certificate for this computer, as the product's own one is made.
var leaf = sync.OnceValues(func() (tls.Certificate, *x509.CertPool) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		panic(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: "practice test"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		DNSNames: []string{"localhost"}, IPAddresses: []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		panic(err)
	}
	parsed, err := x509.ParseCertificate(der)
	if err != nil {
		panic(err)
	}
	pool := x509.NewCertPool()
	pool.AddCert(parsed)
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: key}, pool
})

// start runs a server for one test.
func start(t *testing.T, change ...func(*Config)) *Server {
	t.Helper()
	certificate, _ := leaf()
	c := Config{Certificate: certificate}
	for _, f := range change {
		f(&c)
	}
	s, err := Start(t.Context(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Errorf("Close: %v", err)
		}
	})
	return s
}

// browser is a browser that shows redirects instead of following them.
type browser struct {
	t      *testing.T
	s      *Server
	client *http.Client
}

func visit(t *testing.T, s *Server) *browser {
	t.Helper()
	_, pool := leaf()
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: pool}}
	t.Cleanup(transport.CloseIdleConnections)
	return &browser{t, s, &http.Client{
		Transport:     transport,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}
}

// page is an answer as a test looks at it.
type page struct {
	status   int
	location string
	header   http.Header
	body     string
}

func (b *browser) do(r *http.Request) page {
	b.t.Helper()
	answer, err := b.client.Do(r)
	if err != nil {
		b.t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	body, err := io.ReadAll(answer.Body)
	if err != nil {
		b.t.Fatal(err)
	}
	return page{answer.StatusCode, answer.Header.Get("Location"), answer.Header, string(body)}
}

func (b *browser) request(method, target, body string) *http.Request {
	b.t.Helper()
	r, err := http.NewRequestWithContext(b.t.Context(), method, b.s.URL()+target, strings.NewReader(body))
	if err != nil {
		b.t.Fatal(err)
	}
	if method == http.MethodPost {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	return r
}

func (b *browser) get(target string) page {
	b.t.Helper()
	return b.do(b.request(http.MethodGet, target, ""))
}

func (b *browser) post(target string, form url.Values) page {
	b.t.Helper()
	return b.do(b.request(http.MethodPost, target, form.Encode()))
}

// hiddenField is what a page carries for its form.
var hiddenField = regexp.MustCompile(`<input type="hidden" name="(\w+)" value="([^"]*)">`)

// fields returns the hidden fields of the page's first form.
func (p page) fields() url.Values {
	form := url.Values{}
	for _, m := range hiddenField.FindAllStringSubmatch(p.body, -1) {
		if !form.Has(m[1]) {
			form.Set(m[1], html.UnescapeString(m[2]))
		}
	}
	return form
}

// with returns the page's form filled in.
func (p page) with(pairs ...string) url.Values {
	form := p.fields()
	for i := 0; i < len(pairs); i += 2 {
		form.Set(pairs[i], pairs[i+1])
	}
	return form
}

// good returns the query of a request that has no mistake.
func good(app Application) string {
	return url.Values{"response_type": {"code"}, "client_id": {app.ClientID}, "callback_uri": {app.Callback}}.Encode()
}

// signIn opens the authorize address and picks a person.
func (b *browser) signIn(query, person string) page {
	b.t.Helper()
	first := b.get(AuthorizePath + "?" + query)
	if first.status != http.StatusOK || !strings.Contains(first.body, "Who are you today?") {
		b.t.Fatalf("the sign-in page: got status %d, want 200 and the page for any query", first.status)
	}
	return b.post(signInPath, first.with("person", person))
}

// answer returns the query that a redirect brings to the demo callback.
func (p page) answer(t *testing.T, callback string) url.Values {
	t.Helper()
	if p.status != http.StatusFound {
		t.Fatalf("got status %d, want a redirect (302)", p.status)
	}
	rest, ok := strings.CutPrefix(p.location, callback+"?")
	if !ok {
		t.Fatal("the redirect does not lead to the callback")
	}
	query, err := url.ParseQuery(rest)
	if err != nil {
		t.Fatal(err)
	}
	return query
}

// text returns what a person reads on the page.
func (p page) text() string {
	return html.UnescapeString(regexp.MustCompile(`<[^>]*>`).ReplaceAllString(p.body, ""))
}
