package loopback

import (
	"strings"
	"testing"
	"time"

	"granthelper/flow"
)

// TestVisit_PagesAreTrueForEveryOutcome asks for the page after each verdict;
// only one of them may claim success.
func TestVisit_PagesAreTrueForEveryOutcome(t *testing.T) {
	o := open(t, patience(50*time.Millisecond))
	b := newBrowser(o)
	b.start()
	for verdict, want := range map[flow.Verdict]struct{ title, text string }{
		flow.Undecided:   {"Checking…", "Grant Helper looks at it now"},
		flow.AskInApp:    {"Go back to Grant Helper", "one question"},
		flow.ShowDigits:  {"One more step", "type these three digits"},
		flow.GotIt:       {"Got it", "Grant Helper has your answer"},
		flow.SaidNo:      {"You said no", "The app got nothing"},
		flow.Trouble:     {"There was a problem", "It shows what to do"},
		flow.NotTaken:    {"This answer was not used", "Go back to Grant Helper"},
		flow.AlreadyHere: {"Already answered", "had this answer before"},
		flow.NotWaiting:  {"Not waiting any more", "does not wait"},
	} {
		id, a := b.answer("code=abc")
		a.Reply(verdict)
		p := b.visit("/verdict/" + id)
		if p.title() != want.title || !strings.Contains(p.body, want.text) {
			t.Errorf("verdict %d: got page %q", verdict, p.title())
		}
		if got := strings.Contains(p.body, `http-equiv="refresh"`); got == final(verdict) {
			t.Errorf("verdict %d: renews itself %v", verdict, got)
		}
		if got := strings.Count(p.body, "Got it"); (got > 0) != (verdict == flow.GotIt) {
			t.Errorf("verdict %d: says Got it %d times", verdict, got)
		}
		shows := strings.Contains(p.body, digitsOnPage(a.Digits))
		if shows != (verdict == flow.ShowDigits) {
			t.Errorf("verdict %d: shows the digits %v", verdict, shows)
		}
	}
}

func digitsOnPage(digits string) string {
	return `<span class="mono">` + strings.Join(strings.Split(digits, ""), `</span><span class="mono">`) + `</span>`
}

func TestVisit_ThePageWaitsForTheVerdict(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	b.start()
	id, a := b.answer("code=abc")
	shown := make(chan page, 1)
	look := func(path string) {
		go func() { shown <- b.visit(path) }()
		o.awaitWaiters(1)
	}
	look("/verdict/" + id)
	a.Reply(flow.Undecided)
	select {
	case p := <-shown:
		t.Fatalf("the page came before a verdict: %q", p.title())
	case <-time.After(30 * time.Millisecond):
	}
	a.Reply(flow.AskInApp)
	asks := <-shown
	next := find(`content="1;url=([^"]*)"`, asks.body)
	if asks.title() != "Go back to Grant Helper" || next != "/verdict/"+id+"/question" {
		t.Fatalf("got %q, renews at %q", asks.title(), next)
	}
	look(next) // it waits again until there is something else to show
	a.Reply(flow.ShowDigits)
	digits := <-shown
	next = find(`content="1;url=([^"]*)"`, digits.body)
	if digits.title() != "One more step" || next != "/verdict/"+id+"/digits" {
		t.Fatalf("got %q, renews at %q", digits.title(), next)
	}
	look(next)
	a.Reply(flow.SaidNo)
	if got := (<-shown).title(); got != "You said no" {
		t.Errorf("got %q", got)
	}
	a.Reply(flow.GotIt) // the first final word stands
	if got := b.visit("/verdict/" + id).title(); got != "You said no" {
		t.Errorf("later: got %q", got)
	}
}

// TestVisit_ThePageWaitsLongerThanARequestMayTake takes five seconds: the
// limit on reading a request must not end the wait for a verdict.
func TestVisit_ThePageWaitsLongerThanARequestMayTake(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	b.start()
	id, a := b.answer("code=abc")
	late := time.AfterFunc(o.inner.server.ReadTimeout+300*time.Millisecond, func() { a.Reply(flow.GotIt) })
	defer late.Stop()
	if got := b.visit("/verdict/" + id).title(); got != "Got it" {
		t.Errorf("got page %q", got)
	}
}

func TestVisit_ManyWaitersDoNotUseUpTheConnections(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	b.start()
	id, a := b.answer("code=abc")
	done := make(chan page, waiterLimit)
	for range waiterLimit {
		go func() { done <- b.visit("/verdict/" + id) }()
	}
	o.awaitWaiters(waiterLimit)
	if got := b.visit("/verdict/" + id).title(); got != "Checking…" {
		t.Errorf("one too many: got %q at once", got)
	}
	a.Reply(flow.GotIt)
	for range waiterLimit {
		if got := (<-done).title(); got != "Got it" {
			t.Errorf("got %q", got)
		}
	}
}

func TestVisit_CloseTellsWaitingPages(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	b.start()
	id, _ := b.answer("code=abc")
	shown := make(chan page, 1)
	go func() { shown <- b.visit("/verdict/" + id) }()
	o.awaitWaiters(1)
	began := time.Now()
	both := make(chan error, 2)
	go func() { both <- o.Close() }()
	go func() { both <- o.Close() }()
	if got := (<-shown).title(); got != "Not waiting any more" {
		t.Errorf("got page %q", got)
	}
	for range 2 {
		if err := <-both; err != nil {
			t.Error(err)
		}
	}
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("Close took %v though the page had its verdict", took)
	}
	if _, more := <-o.Notices(); more {
		for range o.Notices() { // what was queued before
		}
	}
	if err := probe(t.Context(), &Listener{}, o.inner.site.Callback); err != nil {
		t.Errorf("the port after Close: %v", err)
	}
}

// TestVisit_CloseLetsThePageFetchItsVerdict closes between the verdict and the
// page's request for it, as an attempt does that is done.
func TestVisit_CloseLetsThePageFetchItsVerdict(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	b.start()
	id, a := b.answer("code=abc")
	late := b.arrive("code=abc") // still on its way to /bind
	a.Reply(flow.GotIt)
	closed := make(chan error, 1)
	go func() { closed <- o.Close() }()
	for { // until Close has begun
		o.inner.mu.Lock()
		closing := o.inner.closing
		o.inner.mu.Unlock()
		if closing {
			break
		}
		time.Sleep(time.Millisecond)
	}
	if got := b.visit("/callback?code=late").title(); got != "Not waiting any more" {
		t.Errorf("a callback at the end: got %q", got)
	}
	b.bind(late)
	if got := b.visit("/verdict/" + late).title(); got != "Not waiting any more" {
		t.Errorf("an answer at the end: got %q", got)
	}
	if got := b.visit("/verdict/" + id).title(); got != "Got it" {
		t.Errorf("got %q", got)
	}
	if err := <-closed; err != nil {
		t.Error(err)
	}
}

func TestVisit_CloseDoesNotWaitForATabThatLeft(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	b.start()
	id, a := b.answer("code=abc")
	left := make(chan struct{})
	c := *b.client
	c.Timeout = 300 * time.Millisecond
	gone := *b
	gone.client = &c
	go func() {
		defer close(left)
		_, _ = gone.do("GET", o.place.origin+"/verdict/"+id, "", b.sent)
	}()
	o.awaitWaiters(1)
	<-left
	o.awaitWaiters(0)
	a.Reply(flow.GotIt)
	began := time.Now()
	_ = o.Close()
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("Close took %v", took)
	}
}

func TestVisit_CloseWithSilentConnections(t *testing.T) {
	o := open(t)
	for range 10 {
		o.dial()
	}
	began := time.Now()
	_ = o.Close()
	if took := time.Since(began); took > 2*time.Second {
		t.Errorf("Close took %v", took)
	}
}

func TestVisit_ForgottenArrivalsHaveAPage(t *testing.T) {
	b := newBrowser(open(t))
	if p := b.visit("/verdict/" + newToken()); p.status != 410 || p.title() != "Not waiting any more" {
		t.Errorf("got %d %q", p.status, p.title())
	}
}

func TestVisit_PagesSpeakTheGivenLanguage(t *testing.T) {
	var keys []string
	o := open(t, func(l *Listener, _ *flow.Site) {
		l.Word = func(key, english string) string {
			keys = append(keys, key)
			if key == "page.lang" {
				return "de"
			}
			return "‹" + english + "›"
		}
	})
	p := newBrowser(o).visit("/nothing")
	if p.title() != "‹Wrong address›" || !strings.Contains(p.body, `lang="de"`) {
		t.Errorf("got %q", p.title())
	}
	for _, key := range keys {
		if !strings.HasPrefix(key, "page.") {
			t.Errorf("key %q", key)
		}
	}
}

// TestVisit_AnswerLoadedAgainAtTheEndIsKnown loads the callback once more
// while the visit ends, as Back or Reload do.
func TestVisit_AnswerLoadedAgainAtTheEndIsKnown(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	b.start()
	_, a := b.answer("code=abc")
	a.Reply(flow.GotIt)
	o.inner.mu.Lock()
	o.inner.closing = true
	o.inner.mu.Unlock()
	for query, want := range map[string]string{"code=abc": "Already answered", "code=other": "Not waiting any more", "oauth_error=oauth_denied": "Not waiting any more"} {
		if got := b.visit("/callback?" + query).title(); got != want {
			t.Errorf("%s: the page says %q, want %q", query, got, want)
		}
	}
}
