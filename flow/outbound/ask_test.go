package outbound

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"slices"
	"strings"
	"testing"
	"time"

	"granthelper/flow"
)

// ask asks a server for a page of its front and expects it.
func ask(t *testing.T, handler http.HandlerFunc) flow.Page {
	t.Helper()
	page, err := network(t).Ask(t.Context(), "https://server.here.test:"+hello(t, handler).port+"/manage/oauth2/authorize?a=%20b")
	if err != nil {
		t.Fatal(err)
	}
	return page
}

func TestAsk_ReadsThePage(t *testing.T) {
	page := ask(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("Date", "Tue, 03 Nov 2026 10:00:00 GMT")
		w.Header().Set("Retry-After", "120")
		w.WriteHeader(http.StatusServiceUnavailable)
		_, _ = io.WriteString(w, "<html><head><title>\u202eUnder &lt;repair&gt;\n</title>")
	})
	text := "<html><head><title>\u202eUnder &lt;repair&gt;\n</title>"
	want := flow.Page{Status: 503, Text: text, Title: "Under <repair>", Date: time.Date(2026, 11, 3, 10, 0, 0, 0, time.UTC), RetryAfter: 2 * time.Minute}
	if page != want {
		t.Errorf("got %+v, want %+v", page, want)
	}
}

func TestAsk_SaysAlmostNothing(t *testing.T) {
	var heads []string
	n := network(t)
	s := hello(t, func(w http.ResponseWriter, r *http.Request) {
		var head strings.Builder
		fmt.Fprintf(&head, "%s %s %s %s ", r.Method, r.RequestURI, r.Proto, strings.Split(r.Host, ":")[0])
		_ = r.Header.Write(&head)
		heads = append(heads, fmt.Sprintf("%s close=%v", strings.TrimSpace(head.String()), r.Close))
		http.SetCookie(w, &http.Cookie{Name: "seen", Value: "before", Path: "/"})
	})
	for range 2 {
		if _, err := n.Ask(t.Context(), "https://server.here.test:"+s.port+"/manage?a=%20b#part"); err != nil {
			t.Fatal(err)
		}
	}
	// No cookie comes back, gzip is not asked for, nothing tells of this computer.
	want := "GET /manage?a=%20b HTTP/1.1 server.here.test Connection: close\r\nUser-Agent: GrantHelper close=true"
	if !slices.Equal(heads, []string{want, want}) {
		t.Errorf("got %q, want two of %q", heads, want)
	}
	if s.conns.Load() != 2 {
		t.Errorf("got %d connections, want one for each", s.conns.Load())
	}
}

func TestAsk_FollowsNoRedirect(t *testing.T) {
	other := hello(t, ok)
	for to, want := range map[string]string{
		"https://elsewhere.company.here.test:" + other.port + "/in?a=b": "https://elsewhere.company.here.test:" + other.port + "/in?a=b",
		"//elsewhere.company.here.test:" + other.port:                   "https://elsewhere.company.here.test:" + other.port,
		"https://%zz": "",
	} {
		page := ask(t, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", to)
			w.WriteHeader(http.StatusTemporaryRedirect)
		})
		if page.Status != 307 || page.Location != want {
			t.Errorf("got %d to %q, want 307 to %q", page.Status, page.Location, want)
		}
	}
	if other.conns.Load() != 0 {
		t.Errorf("the other server had %d connections", other.conns.Load())
	}
}

func TestAsk_CutsALongPage(t *testing.T) {
	const whole = 10 << 20
	sent := make(chan int, 1)
	page := ask(t, func(w http.ResponseWriter, _ *http.Request) {
		n, piece := 0, []byte(strings.Repeat("x", 32<<10))
		for n < whole {
			some, err := w.Write(piece)
			if n += some; err != nil {
				break
			}
		}
		sent <- n
	})
	if len(page.Text) != 64<<10 || page.Status != 200 {
		t.Errorf("got %d bytes with status %d, want 65536 with 200", len(page.Text), page.Status)
	}
	if n := <-sent; n >= whole {
		t.Errorf("the server got rid of all %d bytes", n)
	}
}

func TestAsk_TakesNoUnboundedHead(t *testing.T) {
	for size, whole := range map[int]bool{16 << 10: true, 40 << 10: false} {
		s := hello(t, func(w http.ResponseWriter, _ *http.Request) { w.Header().Set("X-Long", strings.Repeat("x", size)) })
		_, err := network(t).Ask(t.Context(), "https://server.here.test:"+s.port)
		if whole && err == nil {
			continue
		}
		want(t, err, flow.CannotReach, flow.Facts{"host": "server.here.test", "port": s.port, "reason": "other"})
	}
}

func TestAsk_ReadsNoCompressedPage(t *testing.T) {
	page := ask(t, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Encoding", "gzip")
		_, _ = io.WriteString(w, "\x1f\x8bpacked")
	})
	if page.Text != "\x1f\x8bpacked" {
		t.Errorf("got %q, want the bytes as they came", page.Text)
	}
}

func TestAsk_SaysWhenTheAnswerIsNotFinished(t *testing.T) {
	hijack := func(do func(net.Conn)) http.HandlerFunc {
		return func(w http.ResponseWriter, _ *http.Request) {
			conn, _, err := http.NewResponseController(w).Hijack()
			if err != nil {
				t.Error(err)
				return
			}
			t.Cleanup(func() { _ = conn.Close() })
			do(conn)
		}
	}
	for _, c := range []struct {
		name, reason string
		answer       http.HandlerFunc
	}{
		{"silence", "timeout", hijack(func(net.Conn) {})},
		{"half a head", "timeout", hijack(func(conn net.Conn) { _, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nDate") })},
		{"half a page", "timeout", hijack(func(conn net.Conn) {
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
		})},
		{"a cut page", "reset", hijack(func(conn net.Conn) {
			_, _ = io.WriteString(conn, "HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nhalf")
			_ = conn.Close()
		})},
		{"hanging up", "reset", hijack(func(conn net.Conn) { _ = conn.Close() })},
		{"no HTTP", "other", hijack(func(conn net.Conn) { _, _ = io.WriteString(conn, "220 mail\r\n") })},
	} {
		t.Run(c.name, func(t *testing.T) {
			soon(t)
			n := network(t)
			n.limits = usual
			if c.reason == "timeout" {
				n.limits.head, n.limits.total = 100*time.Millisecond, 300*time.Millisecond
			}
			s := hello(t, c.answer)
			_, err := n.Ask(t.Context(), "https://server.here.test:"+s.port)
			want(t, err, flow.CannotReach, flow.Facts{"host": "server.here.test", "port": s.port, "reason": c.reason})
			if s.asked.Load() != 1 {
				t.Errorf("asked %d times, want once", s.asked.Load())
			}
		})
	}
}

func TestAsk_EndsWithItsContext(t *testing.T) {
	soon(t)
	ctx, cancel := context.WithCancel(t.Context())
	done := make(chan struct{})
	s := hello(t, func(w http.ResponseWriter, r *http.Request) {
		_ = http.NewResponseController(w).Flush() // the head is there, the page is not
		cancel()
		<-r.Context().Done() // the connection is closed at once, too
		close(done)
	})
	_, err := network(t).Ask(ctx, "https://server.here.test:"+s.port)
	want(t, err, flow.CannotReach, flow.Facts{"host": "server.here.test", "port": s.port, "reason": "other"})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want it to tell of the cancelling", err)
	}
	<-done
}

func TestPage_FindsTheTitle(t *testing.T) {
	for _, c := range []struct{ kind, body, want string }{
		{"text/html", "<title>One</title><title>Two</title>", "One"},
		{"application/xhtml+xml; charset=utf-8", "<TITLE\nid=a>One</TITLE >", "One"},
		{"", "<title>No kind</title>", "No kind"},
		{"text/html", "<title>" + strings.Repeat("é", 400) + "</title>", strings.Repeat("é", 300)},
		{"text/html", "<title>never ends", ""},
		{"text/html", "<titles>Many</titles>", ""},
		{"text/html", "\xff\xfe<title>a\xffb\x1b[1m</title>", "ab[1m"},
		{"text/plain", "<title>One</title>", ""},
		{"application/json", `{"a":"<title>One</title>"}`, ""},
	} {
		answer := &http.Response{Header: http.Header{"Content-Type": {c.kind}}}
		if got := read(answer, c.body, time.Now()).Title; got != c.want {
			t.Errorf("%s %q: got %q, want %q", c.kind, c.body, got, c.want)
		}
	}
}

func TestPage_ReadsHowLongToWait(t *testing.T) {
	now := time.Date(2026, 11, 3, 10, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		date, value string
		want        time.Duration
	}{
		{"", "", 0},
		{"", "0", 0},
		{"", "120", 2 * time.Minute},
		{"", "-5", 0},
		{"", "soon", 0},
		{"", "1.5", 0},
		{"", "4000000000", 24 * time.Hour},
		{"", "99999999999999999999", 0},
		{"", "Tue, 03 Nov 2026 10:05:00 GMT", 5 * time.Minute},
		{"", "Tue, 03 Nov 2026 09:55:00 GMT", 0},
		{"", "Tue, 03 Nov 2099 10:05:00 GMT", 24 * time.Hour},
		{"Tue, 03 Nov 2026 10:04:00 GMT", "Tue, 03 Nov 2026 10:05:00 GMT", time.Minute}, // by the server's own clock
		{"long ago", "Tuesday, 03-Nov-26 10:05:00 GMT", 5 * time.Minute},
	} {
		answer := &http.Response{Header: http.Header{"Date": {c.date}, "Retry-After": {c.value}}}
		if got := read(answer, "", now).RetryAfter; got != c.want {
			t.Errorf("%q at %q: got %v, want %v", c.value, c.date, got, c.want)
		}
	}
}
