package loopback

import (
	"bufio"
	"bytes"
	"crypto/tls"
	"log/slog"
	"net"
	"net/http"
	"strings"
	"testing"
	"time"

	"granthelper/flow"
)

// raw sends bytes over TLS as they are and returns the answer.
func (o *opened) raw(request string) (*http.Response, error) {
	c, err := tls.Dial("tcp", net.JoinHostPort("127.0.0.1", o.place.port), trusting())
	if err != nil {
		return nil, err
	}
	defer func() { _ = c.Close() }()
	if _, err := c.Write([]byte(request)); err != nil {
		return nil, err
	}
	return http.ReadResponse(bufio.NewReader(c), nil)
}

// TestVisit_RefusesWhatBreaksARule sends one request for each line of the
// checklist and then shows that nothing was used up by it.
func TestVisit_RefusesWhatBreaksARule(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	link := o.StartURL()
	start := strings.TrimPrefix(link, o.place.origin)
	host := "Host: " + o.place.authority + "\r\n"
	bind := "POST /bind HTTP/1.1\r\n" + host + "Content-Length: 3\r\n"
	kind := "Content-Type: " + bindType + "\r\n"
	const answer = "/callback?code=abc"
	tests := []struct {
		name, request string
		want          int
	}{
		{"HEAD callback", "HEAD " + answer + " HTTP/1.1\r\n" + host, 405},
		{"HEAD start", "HEAD " + start + " HTTP/1.1\r\n" + host, 405},
		{"OPTIONS callback", "OPTIONS " + answer + " HTTP/1.1\r\n" + host, 405},
		{"OPTIONS star", "OPTIONS * HTTP/1.1\r\n" + host, 405},
		{"PUT", "PUT " + answer + " HTTP/1.1\r\n" + host, 405},
		{"DELETE start", "DELETE " + start + " HTTP/1.1\r\n" + host, 405},
		{"TRACE", "TRACE " + answer + " HTTP/1.1\r\n" + host, 405},
		{"CONNECT", "CONNECT localhost:1 HTTP/1.1\r\n" + host, 405},
		{"lower-case method", "get " + answer + " HTTP/1.1\r\n" + host, 405},
		{"POST callback", "POST " + answer + " HTTP/1.1\r\n" + host + "Content-Length: 0\r\n", 405},
		{"POST start", "POST " + start + " HTTP/1.1\r\n" + host + "Content-Length: 0\r\n", 405},
		{"GET bind", "GET /bind HTTP/1.1\r\n" + host, 405},
		{"other name", "GET " + answer + " HTTP/1.1\r\nHost: evil.example:" + o.place.port + "\r\n", 421},
		{"name without port", "GET " + answer + " HTTP/1.1\r\nHost: localhost\r\n", 421},
		{"number for name", "GET " + answer + " HTTP/1.1\r\nHost: 127.0.0.1:" + o.place.port + "\r\n", 421},
		{"dot after name", "GET " + answer + " HTTP/1.1\r\nHost: localhost.:" + o.place.port + "\r\n", 421},
		{"other name on start", "GET " + start + " HTTP/1.1\r\nHost: evil.example\r\n", 421},
		{"absolute target", "GET " + o.place.origin + answer + " HTTP/1.1\r\n" + host, 400},
		{"absolute foreign target", "GET https://evil.example" + answer + " HTTP/1.1\r\n" + host, 400},
		{"hash", "GET " + answer + "#x HTTP/1.1\r\n" + host, 400},
		{"body on GET", "GET " + answer + " HTTP/1.1\r\n" + host + "Content-Length: 3\r\n\r\nabc", 400},
		{"chunked body on GET", "GET " + answer + " HTTP/1.1\r\n" + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n", 400},
		{"Sec-Purpose", "GET " + answer + " HTTP/1.1\r\n" + host + "Sec-Purpose: prefetch;prerender\r\n", 403},
		{"Purpose", "GET " + start + " HTTP/1.1\r\n" + host + "Purpose: prefetch\r\n", 403},
		{"X-Moz", "GET " + start + " HTTP/1.1\r\n" + host + "X-Moz: prefetch\r\n", 403},
		{"into a frame", "GET " + answer + " HTTP/1.1\r\n" + host + "Sec-Fetch-Dest: iframe\r\nSec-Fetch-Mode: navigate\r\n", 403},
		{"as an image", "GET " + answer + " HTTP/1.1\r\n" + host + "Sec-Fetch-Dest: image\r\n", 403},
		{"by script", "GET " + answer + " HTTP/1.1\r\n" + host + "Sec-Fetch-Mode: no-cors\r\n", 403},
		{"start by script", "GET " + start + " HTTP/1.1\r\n" + host + "Sec-Fetch-Dest: empty\r\n", 403},
		{"long query", "GET " + answer + strings.Repeat("a", 4<<10) + " HTTP/1.1\r\n" + host, 414},
		{"long head", "GET " + answer + " HTTP/1.1\r\n" + host + "X: " + strings.Repeat("a", 17<<10) + "\r\n", 431},
		{"slash after", "GET /callback/?code=abc HTTP/1.1\r\n" + host, 404},
		{"slashes before", "GET //callback?code=abc HTTP/1.1\r\n" + host, 404},
		{"escaped letter", "GET /c%61llback?code=abc HTTP/1.1\r\n" + host, 404},
		{"upper case", "GET /Callback?code=abc HTTP/1.1\r\n" + host, 404},
		{"dots", "GET /x/../callback?code=abc HTTP/1.1\r\n" + host, 404},
		{"start with query", "GET " + start + "?x HTTP/1.1\r\n" + host, 404},
		{"check", "GET /check/x HTTP/1.1\r\n" + host, 404},
		{"bind from another site", bind + kind + "Sec-Fetch-Site: cross-site\r\n\r\nabc", 403},
		{"bind from another port", bind + kind + "Sec-Fetch-Site: same-site\r\n\r\nabc", 403},
		{"bind of another origin", bind + kind + "Origin: https://evil.example\r\n\r\nabc", 403},
		{"bind of origin null", bind + kind + "Origin: null\r\n\r\nabc", 403},
		{"bind by form", bind + kind + "Sec-Fetch-Mode: navigate\r\n\r\nabc", 403},
		{"bind for an image", bind + kind + "Sec-Fetch-Dest: image\r\n\r\nabc", 403},
		{"bind without end", "POST /bind HTTP/1.1\r\n" + host + kind + "Transfer-Encoding: chunked\r\n\r\n400\r\n" + strings.Repeat("a", 1024), 400},
		{"bind of form type", bind + "Content-Type: application/x-www-form-urlencoded\r\n\r\nabc", 415},
		{"bind of no type", bind + "\r\nabc", 415},
		{"bind too long", "POST /bind HTTP/1.1\r\n" + host + kind + "Content-Length: 257\r\n", 413},
		{"bind unreadable", bind + kind + "\r\nabc", 400},
		{"bind unknown", "POST /bind HTTP/1.1\r\n" + host + kind + "Content-Length: 56\r\n\r\narrival=" + newToken() + "&tab=", 404},
		{"bind with query", "POST /bind?x HTTP/1.1\r\n" + host + kind + "Content-Length: 0\r\n", 405},
	}
	for _, tt := range tests {
		request := tt.request
		if !strings.Contains(request, "\r\n\r\n") || strings.HasSuffix(request, "0\r\n") {
			request += "\r\n"
		}
		began := time.Now()
		resp, err := o.raw(request)
		if took := time.Since(began); took > 3*time.Second {
			t.Errorf("%s: the refusal took %v", tt.name, took)
		}
		if err != nil {
			t.Errorf("%s: %v", tt.name, err)
			continue
		}
		if resp.StatusCode != tt.want {
			t.Errorf("%s: got %d, want %d", tt.name, resp.StatusCode, tt.want)
		}
		if resp.StatusCode == 405 && resp.Header.Get("Allow") == "" {
			t.Errorf("%s: no Allow", tt.name)
		}
		if resp.StatusCode != 431 { // that one net/http writes itself
			checkHeaders(t, tt.name, resp.Header)
		}
	}
	o.inner.mu.Lock()
	held, tainted := len(o.inner.arrivals), o.inner.tainted
	o.inner.mu.Unlock()
	if held != 0 || tainted {
		t.Fatalf("after refused requests: %d arrivals, tainted %v", held, tainted)
	}
	b.tab = find(`data-tab="([^"]*)"`, b.visit(link).body) // the link is still fresh
	if _, a := b.answer("code=abc"); a.Level != flow.LevelA {
		t.Errorf("got level %v, want A", a.Level)
	}
}

func checkHeaders(t *testing.T, name string, h http.Header) {
	t.Helper()
	for header, want := range map[string]string{
		"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff", "X-Frame-Options": "DENY",
		"Cross-Origin-Opener-Policy": "same-origin", "Cross-Origin-Resource-Policy": "same-origin",
	} {
		if got := h.Get(header); got != want {
			t.Errorf("%s: %s is %q, want %q", name, header, got, want)
		}
	}
	for _, absent := range []string{"Server", "Access-Control-Allow-Origin", "Strict-Transport-Security"} {
		if got := h.Get(absent); got != "" {
			t.Errorf("%s: has %s: %s", name, absent, got)
		}
	}
	policy := h.Get("Content-Security-Policy")
	for _, want := range []string{"default-src 'none'", "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'", "style-src 'sha256-"} {
		if !strings.Contains(policy, want) {
			t.Errorf("%s: the policy lacks %s", name, want)
		}
	}
	if strings.Contains(policy, "unsafe") {
		t.Errorf("%s: the policy is %s", name, policy)
	}
}

func TestVisit_OnlyTwoPagesHaveAScript(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	start := b.visit(o.StartURL())
	callback := b.visit("/callback?code=abc")
	id := find(`data-arrival="([^"]*)"`, callback.body)
	b.bind(id)
	o.await(flow.AnswerCame).Arrival.Reply(flow.GotIt)
	verdict, lost := b.visit("/verdict/"+id), b.visit("/nothing")
	for _, tt := range []struct {
		name            string
		page            page
		script, connect bool
	}{{"start", start, true, false}, {"callback", callback, true, true}, {"verdict", verdict, false, false}, {"wrong address", lost, false, false}} {
		checkHeaders(t, tt.name, tt.page.header)
		policy := tt.page.header.Get("Content-Security-Policy")
		if got := strings.Contains(policy, "script-src"); got != tt.script {
			t.Errorf("%s: policy allows a script: %v", tt.name, got)
		}
		if got := strings.Contains(tt.page.body, "<script"); got != tt.script {
			t.Errorf("%s: has a script: %v", tt.name, got)
		}
		if got := strings.Contains(policy, "connect-src 'self'"); got != tt.connect {
			t.Errorf("%s: policy allows to connect: %v", tt.name, got)
		}
		if strings.Contains(tt.page.body, "ZgotmplZ") || strings.Contains(tt.page.body, "onclick") || strings.Contains(tt.page.body, " style=") {
			t.Errorf("%s: the template engine refused something, or there is inline code", tt.name)
		}
	}
	if hash := find(`script-src ('sha256-[^']*')`, start.header.Get("Content-Security-Policy")); hash != hashOf(find(`(?s)<script>(.*?)</script>`, start.body)) {
		t.Errorf("the start script's hash %s is not that of the script sent", hash)
	}
}

func TestVisit_EchoesAndLogsNothingOfARequest(t *testing.T) {
	const canary = "cAnArY7391"
	var lines bytes.Buffer
	log := slog.New(slog.NewTextHandler(&lines, &slog.HandlerOptions{Level: slog.LevelDebug}))
	o := open(t, func(l *Listener, _ *flow.Site) { l.Log = log })
	b := newBrowser(o)
	link := o.StartURL()
	b.tab = find(`data-tab="([^"]*)"`, b.visit(link).body)
	b.visit(link)
	var bodies []string
	for _, target := range []string{
		"/callback?code=" + canary, "/callback?code=a&" + canary + "=1", "/callback?oauth_error=" + canary, "/callback?code=%zz" + canary,
		"/" + canary + "?" + canary, "/verdict/" + canary, "/start/" + canary, "/other?x=" + canary,
	} {
		p := b.visit(target)
		bodies = append(bodies, p.body)
		for name := range p.header {
			bodies = append(bodies, p.header.Get(name))
		}
	}
	id, a := b.answer("code=" + canary)
	a.Reply(flow.Trouble)
	bodies = append(bodies, b.visit("/verdict/"+id).body, b.bind(canary).body)
	o.leave()
	for _, body := range bodies {
		if strings.Contains(strings.ToLower(body), strings.ToLower(canary)) {
			t.Errorf("echoed: %.200s", body)
		}
	}
	for what, secret := range map[string]string{
		"code": canary, "tab value": b.tab, "cookie": o.inner.cookie.Reveal(), "ticket": strings.TrimPrefix(link, o.place.origin), "arrival": id,
	} {
		if strings.Contains(lines.String(), secret) {
			t.Errorf("the log has the %s:\n%s", what, lines.String())
		}
	}
	if !strings.Contains(lines.String(), "waiting for the browser") {
		t.Errorf("the log is empty: %q", lines.String())
	}
}

func TestVisit_TellsOfAnAnswerElsewhere(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	if p := b.visit("/Callback/?code=secret"); p.status != http.StatusNotFound || p.title() != "Wrong address" {
		t.Errorf("got %d %q", p.status, p.title())
	}
	if n := o.await(flow.Elsewhere); n.Detail != "/Callback/" {
		t.Errorf("got detail %q", n.Detail)
	}
	b.visit("/" + strings.Repeat("%C3%A9", 400) + "?oauth_error=oauth_denied")
	if n := o.await(flow.Elsewhere); len([]rune(n.Detail)) > pathShown+1 {
		t.Errorf("a long path is told in %d characters", len([]rune(n.Detail)))
	}
	if _, err := o.raw("GET /\u202eback?code=secret HTTP/1.1\r\nHost: " + o.place.authority + "\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	if n := o.await(flow.Elsewhere); n.Detail != "/back" {
		t.Errorf("a path with a direction mark is told as %q", n.Detail)
	}
	b.visit("/start/x?code=secret")
	b.visit("/other?x=1")
	o.none(flow.Elsewhere)
}

func TestVisit_IconRequestsHaveNoEffect(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	p, err := b.do(http.MethodGet, o.place.origin+"/favicon.ico", "", http.Header{"Sec-Fetch-Dest": {"image"}, "Sec-Fetch-Mode": {"no-cors"}})
	if err != nil || p.status != http.StatusNoContent {
		t.Errorf("got %d, %v", p.status, err)
	}
	checkHeaders(t, "icon", p.header)
	o.none(flow.Refused)
}

func TestVisit_FailsClosedWhenAHandlerPanics(t *testing.T) {
	var lines bytes.Buffer
	o := open(t, func(l *Listener, s *flow.Site) {
		l.Log = slog.New(slog.NewTextHandler(&lines, nil))
		s.Read = func(query string) flow.Answer {
			if strings.Contains(query, "bomb") {
				panic("read " + query)
			}
			return flow.ConnectionsCloud.ReadAnswer(query)
		}
	})
	b := newBrowser(o)
	b.start()
	p := b.visit("/callback?code=bomb")
	if p.status != http.StatusInternalServerError || p.title() != "There was a problem" || strings.Contains(p.body, "bomb") || strings.Contains(p.body, "goroutine") {
		t.Errorf("got %d %q", p.status, p.title())
	}
	checkHeaders(t, "panic", p.header)
	if _, a := b.answer("code=good"); a.Level != flow.LevelA {
		t.Errorf("afterwards: level %v, want A", a.Level)
	}
	o.leave()
	if strings.Contains(lines.String(), "bomb") || !strings.Contains(lines.String(), "a page could not be made") {
		t.Errorf("log: %s", lines.String())
	}
}

func TestVisit_TellsOfAnAnswerSentAsAForm(t *testing.T) {
	o := open(t)
	post := func(path, mode string) {
		t.Helper()
		request := "POST " + path + " HTTP/1.1\r\nHost: " + o.place.authority + "\r\nSec-Fetch-Mode: " + mode + "\r\nContent-Length: 8\r\n\r\ncode=abc"
		answer, err := o.raw(request)
		if err != nil {
			t.Fatal(err)
		}
		if answer.StatusCode != http.StatusMethodNotAllowed {
			t.Errorf("%s: got %d, want 405", path, answer.StatusCode)
		}
	}
	post("/callback", "navigate")
	if n := o.await(flow.Posted); n.Detail != "" || n.Arrival != nil {
		t.Errorf("got %+v, want the bare fact", n)
	}
	post("/callback", "cors")
	post("/elsewhere", "navigate")
	o.none(flow.Posted)
}
