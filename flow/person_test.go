package flow_test

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"html"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"regexp"
	"strings"
	"sync"
	"testing"
	"time"

	"granthelper/flow"
	"granthelper/flow/cert"
	"granthelper/flow/loopback"
	"granthelper/flow/practice"
)

// stage is everything real that a sign-in needs, but for the window and the
// browser: certificate, listener and practice server, over TLS on loopback.
type stage struct {
	t       testing.TB
	server  *practice.Server
	roots   *x509.CertPool
	request flow.Request
	listen  *loopback.Listener
	acting  sync.WaitGroup // people still at their browsers
}

func newStage(t testing.TB) *stage {
	t.Helper()
	home := cert.Open(t.TempDir())
	certificate, err := home.Certificate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	server, err := practice.Start(t.Context(), practice.Config{Certificate: certificate})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = server.Close() })
	callback := "https://localhost:" + freePort(t) + "/callback"
	if err := server.SetCallback(practice.DemoClientID, callback); err != nil {
		t.Fatal(err)
	}
	pem, err := os.ReadFile(home.CAFile())
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	if !roots.AppendCertsFromPEM(pem) {
		t.Fatal("the certificate's file holds no certificate")
	}
	return &stage{
		t: t, server: server, roots: roots, listen: &loopback.Listener{Certificate: home.Certificate},
		request: flow.Request{Server: flow.ConnectionsCloud, Address: server.URL(), ClientID: practice.DemoClientID, Callback: callback},
	}
}

// freePort is a port that is free on both loopback addresses.
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
	t.Fatal("no port is free on both loopback addresses")
	return ""
}

// start begins an attempt whose browser is the person, who gets the address of
// the start page and does as act says.
func (s *stage) start(change func(*flow.Config), act func(*person)) *flow.Attempt {
	s.t.Helper()
	config := flow.Config{Request: s.request, Practice: true, Listener: s.listen}
	s.acting.Add(1)
	config.OpenBrowser = func(_ context.Context, address string) error {
		defer s.acting.Done()
		p := s.newPerson()
		p.open(address)
		act(p)
		return nil
	}
	if change != nil {
		change(&config)
	}
	return flow.Start(s.t.Context(), config)
}

// end waits for the attempt's last event, and for the people at their browsers.
func (s *stage) end(a *flow.Attempt) flow.Event {
	s.t.Helper()
	var last flow.Event
	for {
		select {
		case e, ok := <-a.Events():
			if !ok {
				<-a.Done()
				s.acting.Wait()
				return last
			}
			last = e
		case <-time.After(20 * time.Second):
			s.t.Fatalf("no end in 20 s; the attempt stands at %v", last.Step)
		}
	}
}

// person is somebody with a browser: a tab that keeps cookies and one value of
// its own, and hands that sees the forms of a page.
type person struct {
	stage  *stage
	client *http.Client
	tab    string // what the start page's script keeps for the tab
	at     *url.URL
	page   string
	status int
}

func (s *stage) newPerson() *person {
	jar, _ := cookiejar.New(nil)
	transport := &http.Transport{TLSClientConfig: &tls.Config{RootCAs: s.roots}}
	s.t.Cleanup(transport.CloseIdleConnections)
	return &person{stage: s, client: &http.Client{Jar: jar, Transport: transport, Timeout: 20 * time.Second}}
}

func (p *person) send(r *http.Request, err error) {
	p.stage.t.Helper()
	if err != nil {
		p.stage.t.Errorf("a request that cannot be made: %v", err)
		return
	}
	answer, err := p.client.Do(r)
	if err != nil {
		p.stage.t.Errorf("the browser got no page: %v", err)
		return
	}
	defer func() { _ = answer.Body.Close() }()
	text, err := io.ReadAll(answer.Body)
	if err != nil {
		p.stage.t.Errorf("the page ended early: %v", err)
	}
	p.at, p.page, p.status = answer.Request.URL, string(text), answer.StatusCode
}

func (p *person) get(address string) {
	p.stage.t.Helper()
	p.send(http.NewRequestWithContext(p.stage.t.Context(), http.MethodGet, address, nil))
}

// find returns what the pattern's group found on the page, or "".
func (p *person) find(pattern string) string {
	m := regexp.MustCompile(pattern).FindStringSubmatch(p.page)
	if m == nil {
		return ""
	}
	return html.UnescapeString(m[1])
}

// open goes to the start page and on to the server, as its script does.
func (p *person) open(address string) {
	p.get(address)
	p.tab = p.find(`data-tab="([^"]*)"`)
	p.get(p.find(`href="(https://[^"]*/manage/oauth2/authorize[^"]*)"`))
}

// press sends the page's form by one of its buttons.
func (p *person) press(name, value string, more ...string) {
	form := url.Values{name: {value}}
	for _, m := range regexp.MustCompile(`<input type="hidden" name="(\w+)" value="([^"]*)">`).FindAllStringSubmatch(p.page, -1) {
		form.Set(m[1], html.UnescapeString(m[2]))
	}
	for i := 0; i+1 < len(more); i += 2 {
		form.Set(more[i], more[i+1])
	}
	target, err := p.at.Parse(p.find(`action="([^"]*)"`))
	if err != nil {
		p.stage.t.Errorf("the form leads nowhere: %v", err)
		return
	}
	r, err := http.NewRequestWithContext(p.stage.t.Context(), http.MethodPost, target.String(), strings.NewReader(form.Encode()))
	if r != nil {
		r.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	}
	p.send(r, err)
}

func (p *person) signIn(who string) { p.press("person", who) }
func (p *person) grant()            { p.press("choice", "grant") }
func (p *person) deny()             { p.press("choice", "deny") }

// comeBack does on the callback page what its script does, with this tab's
// value, and goes on to the verdict.
func (p *person) comeBack() {
	arrival := p.find(`data-arrival="([^"]*)"`)
	if arrival == "" {
		p.stage.t.Errorf("no answer was taken at %s: status %d", p.at.Path, p.status)
		return
	}
	home := p.at.Scheme + "://" + p.at.Host
	r, err := http.NewRequestWithContext(p.stage.t.Context(), http.MethodPost, home+"/bind", strings.NewReader("arrival="+arrival+"&tab="+p.tab))
	if r != nil {
		r.Header.Set("Content-Type", "application/vnd.granthelper.tab")
		r.Header.Set("Origin", home)
		r.Header.Set("Sec-Fetch-Site", "same-origin")
	}
	p.send(r, err)
	p.get(home + "/verdict/" + arrival)
}

// stays does as a browser does with a page that is not the last: it renews
// itself at the address it names.
func (p *person) stays() {
	for {
		next := p.find(`http-equiv="refresh" content="\d+;url=([^"]*)"`)
		if next == "" {
			return
		}
		target, err := p.at.Parse(next)
		if err != nil {
			p.stage.t.Errorf("the page renews itself nowhere: %v", err)
			return
		}
		before := p.page
		p.get(target.String())
		if p.status != http.StatusOK && p.page == before {
			return
		}
	}
}

// heading is what the page says first.
func (p *person) heading() string { return p.find(`(?s)<h1[^>]*>(.*?)</h1>`) }
