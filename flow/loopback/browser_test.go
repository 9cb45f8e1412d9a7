package loopback

import (
	"context"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"regexp"
	"strings"
	"testing"
	"time"

	"granthelper/flow"
)

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
	text := make([]byte, max(resp.ContentLength, 0)) // every page says how long it is
	_, err = io.ReadFull(resp.Body, text)
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
