package flow

import (
	"context"
	"errors"
	"net/netip"
	"net/url"
	"slices"
	"strconv"
	"strings"
	"testing"
	"testing/synctest"
	"time"
)

// surroundings are what a look looks at, as the test wants them.
type surroundings struct {
	both     bool
	probe    error
	report   TrustReport
	check    error
	names    map[string]string // host to address; others have none
	greet    error
	proxy    string
	page     Page
	slow     time.Duration // how long the server takes
	asked    []string
	greeting int
}

func (s *surroundings) Listen(context.Context, Site) (Visit, error)   { panic("not in a look") }
func (s *surroundings) Probe(context.Context, *url.URL) (bool, error) { return s.both, s.probe }
func (s *surroundings) Check(context.Context) (TrustReport, error)    { return s.report, s.check }
func (s *surroundings) Install(context.Context) (TrustReport, error)  { panic("not in a look") }
func (s *surroundings) Remove(context.Context) (TrustReport, error)   { panic("not in a look") }
func (s *surroundings) Lookup(_ context.Context, host string) ([]netip.Addr, error) {
	if a, known := s.names[host]; known {
		return []netip.Addr{netip.MustParseAddr(a)}, nil
	}
	return nil, &Problem{Code: NoSuchName, Facts: Facts{"host": host}}
}

func (s *surroundings) Greet(ctx context.Context, _ string) (Greeting, error) {
	s.greeting++
	select {
	case <-time.After(s.slow):
		return Greeting{Proxy: s.proxy, Issuer: "Example CA"}, s.greet
	case <-ctx.Done():
		return Greeting{}, &Problem{Code: CannotReach, Err: ctx.Err()}
	}
}

func (s *surroundings) Ask(_ context.Context, address string) (Page, error) {
	s.asked = append(s.asked, address)
	return s.page, nil
}

var trustedReport = TrustReport{Exists: true, Places: []TrustPlace{{Browser: "Chromium", Trusted: true}}}

func goodSurroundings() *surroundings {
	return &surroundings{
		both: true, report: trustedReport, page: Page{Status: 200},
		names: map[string]string{"localhost": "127.0.0.1", "apps.example.com": "192.0.2.1"},
	}
}

// lookAt looks at good surroundings but for a change.
func lookAt(t *testing.T, change func(*surroundings, *Look)) (Computer, *surroundings) {
	t.Helper()
	s := goodSurroundings()
	l := Look{
		Details: Details{Address: goodRequest.Address, ClientID: goodRequest.ClientID, Callback: goodRequest.Callback},
		Server:  ConnectionsCloud, Listener: s, Trust: s, Network: s, Ask: true,
	}
	if change != nil {
		change(s, &l)
	}
	told := 0
	c := l.Run(t.Context(), func(Computer) { told++ })
	if told < 2 && c.Check(CheckDetails).State == Passed {
		t.Errorf("told %d times, want as it goes", told)
	}
	return c, s
}

func TestLook_AllIsWell(t *testing.T) {
	c, s := lookAt(t, nil)
	if !c.Ready() || !c.CanWait() || c.First() != nil {
		t.Errorf("ready %v, can wait %v, problem %v; lines %+v", c.Ready(), c.CanWait(), c.First(), c.Checks)
	}
	for _, check := range c.Checks {
		if check.State != Passed {
			t.Errorf("%s is %s, want passed", check.ID, check.State)
		}
	}
	if len(c.Checks) != 11 || len(s.asked) != 1 || s.asked[0] != goodRequest.AuthorizeURL() {
		t.Errorf("%d lines, asked for %q; want 11 and the sign-in page once", len(c.Checks), s.asked)
	}
}

func TestLook_EachTroubleStopsItsLine(t *testing.T) {
	stopped := func(code Code) error { return &Problem{Code: code, Facts: Facts{}} }
	for name, row := range map[string]struct {
		change func(*surroundings, *Look)
		line   CheckID
		state  CheckState
		code   Code
	}{
		"odd details":  {func(_ *surroundings, l *Look) { l.Details.ClientID = "" }, CheckDetails, Stopped, OddDetails},
		"far callback": {func(_ *surroundings, l *Look) { l.Details.Callback = "https://app.example.com/cb" }, CheckCallback, Stopped, FarCallback},
		"busy port":    {func(s *surroundings, _ *Look) { s.probe = stopped(PortBusy) }, CheckPort, Stopped, PortBusy},
		"moved name":   {func(s *surroundings, _ *Look) { s.names["localhost"] = "192.0.2.7" }, CheckLocalhost, Stopped, LocalhostMoved},
		"no localhost": {func(s *surroundings, _ *Look) { delete(s.names, "localhost") }, CheckLocalhost, Stopped, LocalhostMoved},
		"ended": {func(s *surroundings, _ *Look) {
			s.report = TrustReport{Exists: true, Expires: time.Now().Add(-time.Hour)}
		}, CheckCertificate, Noted, CertificateEnded},
		"store":     {func(s *surroundings, _ *Look) { s.check = stopped(PartMissing) }, CheckCertificate, Stopped, PartMissing},
		"no name":   {func(s *surroundings, _ *Look) { delete(s.names, "apps.example.com"); s.greet = stopped(CannotReach) }, CheckName, Stopped, NoSuchName},
		"proxy":     {func(s *surroundings, _ *Look) { s.greet = stopped(ProxyBlocked) }, CheckProxy, Stopped, ProxyBlocked},
		"down":      {func(s *surroundings, _ *Look) { s.greet = stopped(CannotReach) }, CheckReach, Stopped, CannotReach},
		"closed":    {func(s *surroundings, _ *Look) { s.greet = stopped(ServiceClosed) }, CheckReach, Stopped, ServiceClosed},
		"foreign":   {func(s *surroundings, _ *Look) { s.greet = stopped(ForeignPage) }, CheckReach, Stopped, ForeignPage},
		"untrusted": {func(s *surroundings, _ *Look) { s.greet = stopped(ServerUntrusted) }, CheckIdentity, Stopped, ServerUntrusted},
		"refused":   {func(s *surroundings, _ *Look) { s.page = Page{Status: 401, Text: "oauth_invalid_clientid"} }, CheckPage, Stopped, UnknownClient},
		"clock":     {func(s *surroundings, _ *Look) { s.page.Date = time.Now().Add(-14 * time.Minute) }, CheckPage, Noted, ClockWrong},
	} {
		c, s := lookAt(t, row.change)
		got := c.Check(row.line)
		if got.State != row.state || got.Problem == nil || got.Problem.Code != row.code || c.First() != got.Problem {
			t.Errorf("%s: line %s is %s with %v (first %v), want %s with %s", name, row.line, got.State, got.Problem, c.First(), row.state, row.code)
		}
		if c.Ready() || len(c.Pending()) != 0 {
			t.Errorf("%s: ready %v, pending %v", name, c.Ready(), c.Pending())
		}
		if row.line != CheckPage && slices.Contains([]CheckID{CheckName, CheckProxy, CheckReach, CheckIdentity}, row.line) && len(s.asked) != 0 {
			t.Errorf("%s: the page was asked for all the same", name)
		}
	}
}

func TestLook_MissingTrustIsNoProblemButNotReady(t *testing.T) {
	c, _ := lookAt(t, func(s *surroundings, _ *Look) { s.report = TrustReport{} })
	if got := c.Check(CheckCertificate); got.State != Noted || got.Problem != nil || c.Ready() || !c.CanWait() {
		t.Errorf("line %+v ready %v can wait %v", got, c.Ready(), c.CanWait())
	}
}

func TestLook_ProxyMayKnowANameThatThisComputerDoesNot(t *testing.T) {
	c, _ := lookAt(t, func(s *surroundings, _ *Look) { delete(s.names, "apps.example.com"); s.proxy = "proxy.example:3128" })
	if got := c.Check(CheckProxy); !c.Ready() || got.State != Noted || got.Facts["proxy"] != "proxy.example:3128" {
		t.Errorf("ready %v, proxy line %+v", c.Ready(), got)
	}
}

func TestLook_PracticeAndShutMouthsAskNobody(t *testing.T) {
	c, s := lookAt(t, func(_ *surroundings, l *Look) { l.Details.Practice = true })
	if s.greeting != 0 || len(s.asked) != 0 || c.Check(CheckPractice).State != Passed || !c.Ready() {
		t.Errorf("greeted %d, asked %d, lines %+v", s.greeting, len(s.asked), c.Checks)
	}
	c, s = lookAt(t, func(_ *surroundings, l *Look) { l.Ask = false })
	if len(s.asked) != 0 || c.Check(CheckPage).State != LeftOut || !c.Ready() {
		t.Errorf("asked %d, page line %+v, ready %v", len(s.asked), c.Check(CheckPage), c.Ready())
	}
}

// A server that is slow holds up nothing but its own lines.
func TestLook_TellsWhatItStillWaitsFor(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		s := goodSurroundings()
		s.slow = time.Hour
		l := Look{Details: Details{Address: goodRequest.Address, ClientID: goodRequest.ClientID, Callback: goodRequest.Callback}, Server: ConnectionsCloud, Listener: s, Trust: s, Network: s}
		ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
		defer cancel()
		begun := time.Now()
		c := l.Run(ctx, func(Computer) {})
		if got := time.Since(begun); got != 5*time.Second {
			t.Errorf("it took %v, want to end with its context", got)
		}
		if got := c.Pending(); !slices.Equal(got, []CheckID{CheckName, CheckProxy, CheckReach, CheckIdentity, CheckPage}) || !c.CanWait() || c.Ready() {
			t.Errorf("pending %v can wait %v ready %v", got, c.CanWait(), c.Ready())
		}
	})
}

func TestJudgePage_ByStatusAndText(t *testing.T) {
	for _, row := range []struct {
		page Page
		want Code // "" for nothing against it
	}{
		{Page{Status: 200, Text: "oauth_invalid_clientid is explained here"}, ""},
		{Page{Status: 302, Location: "https://login.example.com/"}, ""},
		{Page{Status: 302, Location: "/login"}, ""},
		{Page{Status: 302, Location: "http://wifi.example/"}, ForeignPage},
		{Page{Status: 401, Text: "please sign in"}, ""},
		{Page{Status: 403}, ""},
		{Page{Status: 400, Text: "oauth_unsupported_parameters: state"}, UnsupportedParameters},
		{Page{Status: 500, Text: "<p>oauth_request_failed</p>"}, RequestFailed},
		{Page{Status: 500}, ""},
		{Page{Status: 404}, NotConnections},
		{Page{Status: 405}, NotConnections},
		{Page{Status: 407}, ProxyBlocked},
		{Page{Status: 429, RetryAfter: 61 * time.Second}, ServerBusy},
		{Page{Status: 503}, ServerBusy},
		{Page{Status: 502}, CannotReach},
		{Page{Status: 511, Title: "Hotel"}, ForeignPage},
	} {
		p := JudgePage(goodRequest, row.page)
		if (p == nil) != (row.want == "") || (p != nil && p.Code != row.want) {
			t.Errorf("%d %q: got %v, want %q", row.page.Status, row.page.Text+row.page.Location, p, row.want)
		}
		if p != nil && p.ByUser {
			t.Errorf("%v: marked as told by the person", p.Code)
		}
	}
	if p := JudgePage(goodRequest, Page{Status: 429, RetryAfter: 61 * time.Second}); p.Facts["n"] != "2" || p.Facts["wait"] != "61" {
		t.Errorf("61 seconds are told as %v", p.Facts)
	}
}

func TestClockProblem_SaysWhichWay(t *testing.T) {
	now := time.Date(2026, 11, 24, 12, 0, 0, 0, time.UTC)
	for skew, want := range map[time.Duration]string{
		0: "", 2 * time.Minute: "", -2 * time.Minute: "",
		14 * time.Minute: "14 ahead", -3 * time.Minute: "3 behind",
	} {
		got := ""
		if p := clockProblem("h", now.Add(-skew), now); p != nil {
			got = strings.Join([]string{p.Facts["n"], p.Facts["way"]}, " ")
			if p.Facts["skew"] != strconv.Itoa(int(skew.Seconds())) {
				t.Errorf("skew %v is told as %s s", skew, p.Facts["skew"])
			}
		}
		if got != want {
			t.Errorf("%v: got %q, want %q", skew, got, want)
		}
	}
	if clockProblem("h", time.Time{}, now) != nil {
		t.Error("a server that tells no time makes this clock wrong")
	}
}

func TestInstallTrust_BringsWhatItFoundIntoItsLine(t *testing.T) {
	c, _ := lookAt(t, func(s *surroundings, _ *Look) { s.report = TrustReport{} })
	before := slices.Clone(c.Checks)
	d := InstallTrust(t.Context(), c, installer{report: trustedReport})
	if !d.Ready() || !slices.EqualFunc(before, c.Checks, func(a, b Check) bool { return a.ID == b.ID && a.State == b.State }) {
		t.Errorf("ready %v; the one before was changed: %v", d.Ready(), c.Checks)
	}
	e := InstallTrust(t.Context(), c, installer{err: errors.New("no")})
	if got := e.Check(CheckCertificate); got.State != Stopped || got.Problem.Code != Unexpected {
		t.Errorf("line %+v, want stopped", got)
	}
}

type installer struct {
	Trust
	report TrustReport
	err    error
}

func (i installer) Install(context.Context) (TrustReport, error) { return i.report, i.err }
