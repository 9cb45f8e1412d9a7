package outbound

import (
	"io"
	"net/http"
	"strconv"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"granthelper/flow"
)

func TestAsk_TellsWhatIsLookedAt(t *testing.T) {
	a := newAuthority(t, "Example CA")
	date := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	address := serve(t, a.issue(t, nil), func(w http.ResponseWriter, r *http.Request) {
		if r.Method != http.MethodGet || r.Header.Get("Cookie") != "" || r.Header.Get("Accept-Encoding") != "" || r.Header.Get("Authorization") != "" || r.Header.Get("User-Agent") != "GrantHelper" || r.ProtoMajor != 1 {
			t.Errorf("asked by %s %v with %v", r.Method, r.Proto, r.Header)
		}
		w.Header().Set("Date", date.Format(http.TimeFormat))
		w.Header().Set("Retry-After", "90")
		w.Header().Set("Set-Cookie", "session=1; Path=/; Secure")
		w.WriteHeader(http.StatusUnauthorized)
		_, _ = io.WriteString(w, "<title>Sign\n in</title>oauth_invalid_clientid\xff")
	})
	n := &Network{Roots: a.pool}
	for range 2 { // the cookie of the first visit does not come with the second
		page, err := n.Ask(t.Context(), address+"/manage/oauth2/authorize?x=1")
		if err != nil {
			t.Fatal(err)
		}
		if page.Status != 401 || page.Title != "Sign in" || !page.Date.Equal(date) || page.RetryAfter != 90*time.Second || !strings.HasSuffix(page.Text, "oauth_invalid_clientid") {
			t.Errorf("got %+v", page)
		}
	}
}

func TestAsk_FollowsNoRedirect(t *testing.T) {
	a := newAuthority(t, "Example CA")
	var visits atomic.Int32
	other := serve(t, a.issue(t, nil), func(http.ResponseWriter, *http.Request) { visits.Add(1) })
	for _, status := range []int{301, 302, 303, 307, 308} {
		address := serve(t, a.issue(t, nil), func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Location", other+"/in")
			w.WriteHeader(status)
		})
		page, err := (&Network{Roots: a.pool}).Ask(t.Context(), address)
		if err != nil || page.Status != status || page.Location != other+"/in" {
			t.Errorf("%d: got %+v, %v", status, page, err)
		}
	}
	if visits.Load() != 0 {
		t.Errorf("the other server was visited %d times", visits.Load())
	}
}

func TestAsk_KeepsItsLimits(t *testing.T) {
	a := newAuthority(t, "Example CA")
	address := serve(t, a.issue(t, nil), func(w http.ResponseWriter, r *http.Request) {
		if r.URL.Path == "/head" {
			w.Header().Set("X", strings.Repeat("a", 2*headLimit))
		}
		for range 10 << 10 {
			if _, err := w.Write([]byte(strings.Repeat("x", 1<<10))); err != nil {
				return // cut off, as it should be
			}
		}
	})
	n := &Network{Roots: a.pool}
	if page, err := n.Ask(t.Context(), address+"/body"); err != nil || len(page.Text) != bodyLimit {
		t.Errorf("ten megabytes are read as %d bytes, %v; want %d", len(page.Text), err, bodyLimit)
	}
	if _, err := n.Ask(t.Context(), address+"/head"); err == nil || problemOf(t, err).Code != flow.CannotReach {
		t.Errorf("a huge head: %v", err)
	}
}

func TestAsk_RefusesWhatIsNotHTTPS(t *testing.T) {
	for _, address := range []string{"http://localhost/", "ftp://localhost/", "::", ""} {
		if _, err := (&Network{}).Ask(t.Context(), address); err == nil || problemOf(t, err).Code != flow.CannotReach {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestRetryAfter_ReadsSecondsAndDates(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for text, want := range map[string]time.Duration{
		"": 0, "120": 2 * time.Minute, " 5 ": 5 * time.Second, "-3": 0, "soon": 0, strconv.Itoa(1 << 40): 0,
		now.Add(time.Hour).Format(http.TimeFormat):  time.Hour,
		now.Add(-time.Hour).Format(http.TimeFormat): 0,
	} {
		if got := retryAfter(text, now); got != want {
			t.Errorf("%q: got %v, want %v", text, got, want)
		}
	}
}
