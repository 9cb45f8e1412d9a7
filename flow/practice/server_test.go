package practice

import (
	"bufio"
	"bytes"
	"context"
	"crypto/tls"
	"errors"
	"io"
	"io/fs"
	"log/slog"
	"net"
	"net/http"
	"os"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"

	"granthelper/assets"
)

func TestServer_AnswersOnBothLoopbackAddresses(t *testing.T) {
	s := start(t)
	if want := hasIPv6(t.Context()); s.IPv6() != want {
		t.Errorf("IPv6: got %v, want %v", s.IPv6(), want)
	}
	hosts := []string{"localhost", "127.0.0.1"}
	if s.IPv6() {
		hosts = append(hosts, "[::1]")
	}
	b := visit(t, s)
	for _, host := range hosts {
		r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "https://"+host+":"+strconv.Itoa(s.port)+"/", nil)
		if err != nil {
			t.Fatal(err)
		}
		if got := b.do(r); got.status != http.StatusOK {
			t.Errorf("%s: got %d, want 200", host, got.status)
		}
	}
	if want := "https://localhost:" + strconv.Itoa(s.port); s.URL() != want {
		t.Errorf("URL: got %q, want %q", s.URL(), want)
	}
}

func TestStart_TakesOnlyALoopbackAddress(t *testing.T) {
	certificate, _ := leaf()
	for _, addr := range []string{":9443", "0.0.0.0:9443", "example.com:9443", "192.168.0.1:1", "localhost", "localhost:x", "localhost:70000", "[::]:1", "127.0.0.2:1"} {
		s, err := Start(t.Context(), Config{Certificate: certificate, Addr: addr})
		if !errors.Is(err, ErrAddress) {
			t.Errorf("%q: got %v, want ErrAddress", addr, err)
		}
		if s != nil {
			_ = s.Close()
		}
	}
	if _, err := Start(t.Context(), Config{}); err == nil {
		t.Error("started without a certificate")
	}
}

func TestStart_TakesTheGivenPortOrNone(t *testing.T) {
	first := start(t)
	certificate, _ := leaf()
	for _, host := range []string{"localhost", "127.0.0.1", "::1"} {
		if s, err := Start(t.Context(), Config{Certificate: certificate, Addr: first.authority(host)}); err == nil {
			_ = s.Close()
			t.Errorf("%s: two servers on one port", host)
		}
	}
	if err := first.Close(); err != nil {
		t.Fatal(err)
	}
	again := start(t, func(c *Config) { c.Addr = first.authority("localhost") })
	if again.URL() != first.URL() {
		t.Errorf("got %s, want %s", again.URL(), first.URL())
	}
}

// The port is free on 127.0.0.1 and taken on ::1: half a server would leave the
// other half to somebody else.
func TestStart_WantsThePortOnBothAddresses(t *testing.T) {
	if !hasIPv6(t.Context()) {
		t.Skip("this computer has no IPv6")
	}
	other, err := (&net.ListenConfig{}).Listen(t.Context(), "tcp6", "[::1]:0")
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = other.Close() }()
	certificate, _ := leaf()
	_, port, _ := net.SplitHostPort(other.Addr().String())
	if s, err := Start(t.Context(), Config{Certificate: certificate, Addr: "localhost:" + port}); err == nil {
		_ = s.Close()
		t.Error("started on one address only")
	}
}

func TestServer_EndsWithItsContext(t *testing.T) {
	certificate, _ := leaf()
	ctx, cancel := context.WithCancel(t.Context())
	s, err := Start(ctx, Config{Certificate: certificate})
	if err != nil {
		t.Fatal(err)
	}
	cancel()
	s.served.Wait()
	if _, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", s.authority("127.0.0.1")); err == nil {
		t.Error("the port is still open")
	}
	if err := s.Close(); err != nil {
		t.Errorf("Close afterwards: %v", err)
	}
}

func TestServer_RefusesWhatIsNoVisit(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	sign := func(r *http.Request) { *r = *b.request(http.MethodPost, signInPath, "person=alex") }
	rows := []struct {
		name   string
		change func(*http.Request)
		want   int
	}{
		{"a foreign name", func(r *http.Request) { r.Host = "evil.example:" + strconv.Itoa(s.port) }, 421},
		{"another port", func(r *http.Request) { r.Host = "localhost:1" }, 421},
		{"no port", func(r *http.Request) { r.Host = "localhost" }, 421},
		{"a dot at the end", func(r *http.Request) { r.Host = s.authority("localhost.") }, 421},
		{"HEAD", func(r *http.Request) { r.Method = http.MethodHead }, 405},
		{"OPTIONS", func(r *http.Request) { r.Method = http.MethodOptions }, 405},
		{"PUT", func(r *http.Request) { r.Method = http.MethodPut }, 405},
		{"prefetch", func(r *http.Request) { r.Header.Set("Sec-Purpose", "prefetch") }, 403},
		{"old prefetch", func(r *http.Request) { r.Header.Set("Purpose", "prefetch") }, 403},
		{"a frame", func(r *http.Request) { r.Header.Set("Sec-Fetch-Dest", "iframe") }, 403},
		{"a script", func(r *http.Request) { r.Header.Set("Sec-Fetch-Dest", "empty") }, 403},
		{"a form of another site", func(r *http.Request) { sign(r); r.Header.Set("Sec-Fetch-Site", "cross-site") }, 403},
		{"a form of another port", func(r *http.Request) { sign(r); r.Header.Set("Sec-Fetch-Site", "same-site") }, 403},
		{"a long query", func(r *http.Request) { r.URL.RawQuery = strings.Repeat("a", maxQuery+1) }, 414},
		{"two slashes", func(r *http.Request) { r.URL.Path = "//manage/oauth2/authorize" }, 404},
		{"a body on GET", func(r *http.Request) { r.Body, r.ContentLength = io.NopCloser(strings.NewReader("x")), 1 }, 400},
		{"a long body", func(r *http.Request) {
			*r = *b.request(http.MethodPost, signInPath, "person=alex&x="+strings.Repeat("x", maxBody))
		}, 400},
		{"a body of another type", func(r *http.Request) { sign(r); r.Header.Set("Content-Type", "text/plain") }, 400},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			r := b.request(http.MethodGet, AuthorizePath, "")
			row.change(r)
			if got := b.do(r); got.status != row.want {
				t.Errorf("got %d, want %d", got.status, row.want)
			}
		})
	}
	if len(s.pending.list) != 0 {
		t.Errorf("%d transactions were opened, want none", len(s.pending.list))
	}
}

// What a proxy would be asked: our own address, but as a whole URL.
func TestServer_RefusesAWholeAddressAsTarget(t *testing.T) {
	s := start(t)
	_, pool := leaf()
	conn, err := (&tls.Dialer{Config: &tls.Config{RootCAs: pool, ServerName: "localhost"}}).DialContext(t.Context(), "tcp", s.authority("127.0.0.1"))
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = conn.Close() }()
	if _, err := io.WriteString(conn, "GET "+s.URL()+"/ HTTP/1.1\r\nHost: "+s.authority("localhost")+"\r\n\r\n"); err != nil {
		t.Fatal(err)
	}
	answer, err := http.ReadResponse(bufio.NewReader(conn), nil)
	if err != nil {
		t.Fatal(err)
	}
	defer func() { _ = answer.Body.Close() }()
	if answer.StatusCode != http.StatusMisdirectedRequest {
		t.Errorf("got %d, want 421", answer.StatusCode)
	}
}

func TestServer_GuardsEveryAnswer(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	for _, got := range []page{b.get("/"), b.get(AuthorizePath), b.get("/nothing"), b.signIn(good(s.Demo()), "robin"), b.signIn(good(s.Demo()), "sam")} {
		for name, want := range map[string]string{
			"Cache-Control": "no-store", "Referrer-Policy": "no-referrer", "X-Content-Type-Options": "nosniff",
			"X-Frame-Options": "DENY", "Cross-Origin-Resource-Policy": "same-origin", "Server": "", "Set-Cookie": "",
		} {
			if got.header.Get(name) != want {
				t.Errorf("%s: got %q, want %q", name, got.header.Get(name), want)
			}
		}
		policy := got.header.Get("Content-Security-Policy")
		for _, want := range []string{"default-src 'none'", "base-uri 'none'", "frame-ancestors 'none'", "form-action 'self'", s.style.source} {
			if !strings.Contains(policy, want) {
				t.Errorf("the policy has no %s", want)
			}
		}
		if strings.Contains(got.body, "<script") {
			t.Error("a page holds a script")
		}
		if got.body != "" && !strings.Contains(got.body, "<style>"+string(s.style.text)+"</style>") {
			t.Error("the style in the page is not the one that the policy allows")
		}
	}
}

func TestServer_SpeaksHTTP11OverNewTLSOnly(t *testing.T) {
	s := start(t)
	_, pool := leaf()
	dial := func(c *tls.Config) (tls.ConnectionState, error) {
		c.RootCAs, c.ServerName = pool, "localhost"
		conn, err := (&tls.Dialer{Config: c}).DialContext(t.Context(), "tcp", s.authority("127.0.0.1"))
		if err != nil {
			return tls.ConnectionState{}, err
		}
		defer func() { _ = conn.Close() }()
		return conn.(*tls.Conn).ConnectionState(), nil
	}
	state, err := dial(&tls.Config{NextProtos: []string{"h2", "http/1.1"}})
	if err != nil || state.NegotiatedProtocol != "http/1.1" {
		t.Errorf("got %q and %v, want http/1.1", state.NegotiatedProtocol, err)
	}
	if _, err := dial(&tls.Config{MinVersion: tls.VersionTLS11, MaxVersion: tls.VersionTLS11}); err == nil { //nolint:gosec // an old version on purpose
		t.Error("TLS 1.1 was taken")
	}
}

func TestServer_AnswersPlainHTTPInWords(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	r, err := http.NewRequestWithContext(t.Context(), http.MethodGet, "http://"+s.authority("localhost")+"/", nil)
	if err != nil {
		t.Fatal(err)
	}
	if got := b.do(r); got.status != http.StatusBadRequest || !strings.Contains(got.body, "HTTPS") {
		t.Errorf("got %d, want 400 with a hint at HTTPS", got.status)
	}
}

func TestServer_LetsNoSilentConnectionsShutItOut(t *testing.T) {
	s := start(t)
	for range 3 * maxConnections {
		conn, err := (&net.Dialer{}).DialContext(t.Context(), "tcp", s.authority("127.0.0.1"))
		if err != nil {
			t.Fatal(err)
		}
		defer func() { _ = conn.Close() }()
	}
	if got := visit(t, s).get("/"); got.status != http.StatusOK {
		t.Errorf("got %d, want 200", got.status)
	}
}

func TestServer_FailsClosedWhenAPageBreaks(t *testing.T) {
	s := start(t, func(c *Config) {
		c.Seen = func(e Event) {
			if e.Kind == Granted {
				panic("canary")
			}
		}
	})
	b := visit(t, s)
	got := b.signIn(good(s.Demo()), "robin")
	if got.status != http.StatusInternalServerError || got.location != "" || strings.Contains(got.body, "canary") {
		t.Errorf("got %d, want 500, no redirect, nothing of the panic", got.status)
	}
	if got := b.get("/"); got.status != http.StatusOK {
		t.Errorf("afterwards: got %d, want 200", got.status)
	}
}

func TestServer_TellsWhatItSawAndNoSecret(t *testing.T) {
	var log bytes.Buffer
	var kinds []Kind
	handler := slog.NewTextHandler(&log, &slog.HandlerOptions{Level: slog.LevelDebug})
	s := start(t, func(c *Config) {
		c.Log = slog.New(handler)
		c.Seen = func(e Event) { kinds = append(kinds, e.Kind) }
	})
	b := visit(t, s)
	form := b.signIn(good(s.Demo()), "alex").with("choice", "grant")
	code := b.post(grantPath, form).answer(t, s.Demo().Callback).Get("code")
	b.post(grantPath, form)
	b.signIn(good(s.Demo())+"&canary=canary", "alex")
	if err := s.Close(); err != nil { // the log is still written to until then
		t.Fatal(err)
	}
	want := []Kind{SignInShown, SignedIn, GrantShown, Granted, Stale, SignInShown, SignedIn, ErrorShown}
	if !slices.Equal(kinds, want) {
		t.Errorf("got %q, want %q", kinds, want)
	}
	for name, secret := range map[string]string{"a code": code, "the secret": s.demoSecret.Reveal(), "a transaction": form.Get("transaction"), "text from outside": "canary"} {
		if strings.Contains(log.String(), secret) {
			t.Errorf("the log holds %s", name)
		}
	}
	if !strings.Contains(log.String(), "oauth_unsupported_parameters") {
		t.Error("the log does not name the error")
	}
}

func TestServer_ManyAtOnce(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	app := s.Demo()
	var all sync.WaitGroup
	codes := make(chan string, 8)
	for range cap(codes) {
		all.Go(func() {
			ask := b.signIn(good(app), "alex")
			got := b.post(grantPath, ask.with("choice", "grant"))
			codes <- got.location
			s.ResetAccess(app.ClientID)
			if _, err := s.Register(fine); err != nil {
				t.Error(err)
			}
			_ = s.SetCallback(app.ClientID, app.Callback)
			_ = s.Description()
		})
	}
	all.Wait()
	close(codes)
	seen := map[string]bool{}
	for code := range codes {
		if seen[code] || !strings.Contains(code, "?code=") {
			t.Error("an answer came twice, or without a code")
		}
		seen[code] = true
	}
}

func TestWords_AreTranslatedOnEveryPage(t *testing.T) {
	s := start(t, func(c *Config) {
		c.Word = func(key, english string) string {
			if key == "practice.lang" {
				return "qps"
			}
			// The words are marked; the places to fill in stay.
			return "⟦" + english + "⟧"
		}
	})
	b := visit(t, s)
	path := "/apps/" + s.Demo().ClientID
	pages := map[string]page{
		"sign-in": b.get(AuthorizePath), "grant": b.signIn(good(s.Demo()), "alex"), "error": b.signIn("", "alex"), "used": b.get(grantPath),
		"home": b.get("/"), "app": b.get(path), "new secret": b.get(path + "?done=reset"), "edit": b.get(path + "/edit"), "register": b.get(registerPath),
		"problems": b.post(registerPath, b.get(registerPath).with("callback", "http://h")), "access": b.get("/access"), "next": b.get(nextPath), "none": b.get("/nothing"),
	}
	for name, p := range pages {
		if !strings.Contains(p.body, `<html lang="qps">`) || strings.Count(p.body, "<h1") != 1 {
			t.Errorf("%s: wants the language and one h1", name)
		}
		text := p.text()
		if strings.Contains(text, "{app}") || strings.Contains(text, "{person}") {
			t.Errorf("%s: a place was left empty", name)
		}
		for key, english := range Words() {
			if len(english) < 12 || strings.Contains(english, "{") {
				continue // too short to tell words of ours from IBM's
			}
			if strings.Contains(strings.ReplaceAll(text, "⟦"+english+"⟧", ""), english) {
				t.Errorf("%s: %s is not translated", name, key)
			}
		}
	}
}

// A key that is misspelt in a page would show as nothing at all.
func TestWords_AreAllUsedAndAllThere(t *testing.T) {
	var source strings.Builder
	for _, files := range []fs.FS{os.DirFS("."), assets.Pages} {
		err := fs.WalkDir(files, ".", func(name string, d fs.DirEntry, err error) error {
			if err != nil || d.IsDir() || name == "words.go" || strings.HasSuffix(name, "_test.go") {
				return err
			}
			text, err := fs.ReadFile(files, name)
			source.Write(text)
			return err
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	used := map[string]bool{"practice.lang": true}
	for _, m := range regexp.MustCompile(`"(practice\.[a-z.]+)"`).FindAllStringSubmatch(source.String(), -1) {
		used[m[1]] = true
		if words[m[1]] == "" {
			t.Errorf("%s has no words", m[1])
		}
		if words[m[1]+".title"] != "" && strings.HasPrefix(m[1], "practice.plain.") {
			used[m[1]+".title"] = true
		}
	}
	for key := range words {
		if !used[key] {
			t.Errorf("%s is on no page", key)
		}
	}
}

func TestUsers_AreTheThreeOfThePage(t *testing.T) {
	s := start(t)
	text := visit(t, s).get(AuthorizePath).text()
	for _, p := range s.Users() {
		if p.Note == "" || !strings.Contains(text, p.Name) || !strings.Contains(text, p.Note) {
			t.Errorf("%+v is not on the page with a note", p)
		}
	}
	if got := len(s.Users()); got != 3 {
		t.Errorf("got %d people, want 3", got)
	}
}
