package loopback

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"granthelper/flow"
)

func TestVisit_GivesTheLevelThatTheTabDeserves(t *testing.T) {
	tests := []struct {
		name string
		come func(b *browser) *flow.Arrival
		want flow.Level
	}{
		{"the tab that started", func(b *browser) *flow.Arrival {
			b.start()
			_, a := b.answer("code=abc")
			return a
		}, flow.LevelA},
		{"the tab that started, cookies lost", func(b *browser) *flow.Arrival {
			b.start()
			b.client.Jar = nil
			_, a := b.answer("code=abc")
			return a
		}, flow.LevelA},
		{"the tab value beside a foreign cookie", func(b *browser) *flow.Arrival {
			b.start()
			b.client.Jar = nil
			b.sent = b.sent.Clone()
			b.sent.Set("Cookie", b.o.inner.cookieName+"=forged")
			_, a := b.answer("code=abc")
			return a
		}, flow.LevelB},
		{"two cookies of the name", func(b *browser) *flow.Arrival {
			b.client.Jar = nil
			b.sent = b.sent.Clone()
			b.sent.Set("Cookie", b.o.inner.cookieName+"="+b.o.inner.cookie.Reveal()+"; "+b.o.inner.cookieName+"=x")
			_, a := b.answer("code=abc")
			return a
		}, flow.LevelC},
		{"another tab of the profile", func(b *browser) *flow.Arrival {
			b.start()
			_, a := b.newTab().answer("code=evil")
			return a
		}, flow.LevelB},
		{"another tab that guesses", func(b *browser) *flow.Arrival {
			b.start()
			foreign := b.newTab()
			foreign.tab = newToken()
			_, a := foreign.answer("code=evil")
			return a
		}, flow.LevelB},
		{"no script", func(b *browser) *flow.Arrival {
			b.start()
			return b.unscripted("code=abc")
		}, flow.LevelB},
		{"a stranger", func(b *browser) *flow.Arrival {
			b.start()
			_, a := newBrowser(b.o).answer("code=evil")
			return a
		}, flow.LevelC},
		{"a stranger without script", func(b *browser) *flow.Arrival {
			return newBrowser(b.o).unscripted("code=evil")
		}, flow.LevelC},
		{"a start link used twice", func(b *browser) *flow.Arrival {
			link := b.o.StartURL()
			b.tab = find(`data-tab="([^"]*)"`, b.visit(link).body)
			again := newBrowser(b.o).visit(link)
			if again.status != http.StatusGone || again.title() != "This link was used before" || strings.Contains(again.body, "data-tab") || again.header.Get("Set-Cookie") != "" {
				b.t.Errorf("second use: %d %q", again.status, again.title())
			}
			_, a := b.answer("code=abc")
			return a
		}, flow.LevelB},
		{"opened again", func(b *browser) *flow.Arrival {
			b.start()
			second := b.newTab()
			second.start()
			_, a := second.answer("code=abc")
			return a
		}, flow.LevelA},
		{"an answer that cannot be used", func(b *browser) *flow.Arrival {
			b.start()
			_, a := b.answer("code=a&code=b")
			if a.Answer.Problem == nil || a.Answer.Problem.Code != flow.TwoCodes {
				b.t.Errorf("got answer problem %v, want two codes", a.Answer.Problem)
			}
			return a
		}, flow.LevelA},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			o := open(t)
			a := tt.come(newBrowser(o))
			if a.Level != tt.want {
				t.Errorf("got level %v, want %v", a.Level, tt.want)
			}
			a.Reply(flow.GotIt)
		})
	}
}

func TestVisit_TellsAnArrivalOnce(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	b.start()
	id, a := b.answer("code=abc")
	a.Reply(flow.AskInApp)
	b.newTab().bind(id)
	b.bind(id)
	b.visit("/verdict/" + id)
	o.none(flow.AnswerCame)
	if a.Level != flow.LevelA {
		t.Errorf("got level %v after later binds, want A", a.Level)
	}
}

func TestVisit_TakesARepeatedAnswerAsANewArrival(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	b.start()
	first, a := b.answer("code=abc")
	a.Reply(flow.GotIt)
	second, again := b.answer("code=abc")
	if first == second || !a.Answer.Same(again.Answer) || again.Level != flow.LevelA {
		t.Errorf("second delivery: same name %v, same answer %v, level %v", first == second, a.Answer.Same(again.Answer), again.Level)
	}
	again.Reply(flow.AlreadyHere)
	if got := b.visit("/verdict/" + second).title(); got != "Already answered" {
		t.Errorf("got page %q", got)
	}
	if got := b.visit("/verdict/" + first).title(); got != "Got it" {
		t.Errorf("the first page became %q", got)
	}
}

func TestVisit_HoldsTwentyAnswersAtOnce(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	b.start()
	done := make(chan string, 20)
	for range 20 {
		go func() {
			tab := *b
			done <- tab.visit("/callback?code=abc").title()
		}()
	}
	for range 20 {
		if got := <-done; got != "Checking…" {
			t.Errorf("got page %q", got)
		}
	}
	_, a := b.answer("code=abc")
	if a.Level != flow.LevelA {
		t.Errorf("got level %v, want A", a.Level)
	}
	o.inner.mu.Lock()
	defer o.inner.mu.Unlock()
	if n := len(o.inner.arrivals); n > arrivalLimit {
		t.Errorf("holds %d arrivals, want at most %d", n, arrivalLimit)
	}
}

func TestVisit_StrangersDoNotPushOutTheAnswer(t *testing.T) {
	o := open(t)
	b := newBrowser(o)
	b.start()
	id := b.arrive("code=good") // not bound yet
	stranger := newBrowser(o)
	for range 2 * arrivalLimit {
		_, a := stranger.answer("code=evil")
		a.Reply(flow.ShowDigits)
	}
	if p := b.bind(id); p.status != http.StatusNoContent {
		t.Fatalf("bind after strangers: status %d", p.status)
	}
	if a := o.await(flow.AnswerCame).Arrival; a.Level != flow.LevelA || a.Answer.Code.Reveal() != "good" {
		t.Errorf("got level %v", a.Level)
	}
}

func TestVisit_StartLinksAreBounded(t *testing.T) {
	o := open(t)
	first := o.StartURL()
	for range ticketLimit {
		o.StartURL()
	}
	b := newBrowser(o)
	if p := b.visit(first); p.status != http.StatusGone {
		t.Errorf("a forgotten link: status %d, want 410", p.status)
	}
	b.start()
	if _, a := b.answer("code=abc"); a.Level != flow.LevelA {
		t.Errorf("got level %v, want A: a forgotten link taints nothing", a.Level)
	}
}

func TestVisit_StartPageSetsItsCookieAndTellsOfContact(t *testing.T) {
	o := open(t, func(_ *Listener, s *flow.Site) { s.Lifetime = 90 * time.Second; s.Practice = true })
	b := newBrowser(o)
	p := b.start()
	cookie, err := http.ParseSetCookie(p.header.Get("Set-Cookie"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.HasPrefix(cookie.Name, "__Host-") || !cookie.Secure || !cookie.HttpOnly || cookie.Path != "/" || cookie.MaxAge != 90 || cookie.SameSite != http.SameSiteLaxMode || cookie.Domain != "" {
		t.Errorf("cookie attributes: %v %v %q %d %v", cookie.Secure, cookie.HttpOnly, cookie.Path, cookie.MaxAge, cookie.SameSite)
	}
	if len(cookie.Value) != tokenLength || cookie.Value == b.tab || strings.Contains(p.body, cookie.Value) {
		t.Error("the cookie's value is short, or on the page too")
	}
	for _, want := range []string{
		"Your browser trusts this computer", "Next comes the sign-in page of", "apps.example.com", "Continue to sign in", "made up",
		`href="https://apps.example.com/manage/oauth2/authorize?response_type=code&amp;client_id=a%20b&amp;callback_uri=https%3A%2F%2Flocalhost"`,
	} {
		if !strings.Contains(p.body, want) {
			t.Errorf("the start page lacks %q", want)
		}
	}
	o.await(flow.Contact)
}

func TestVisit_ExpiresItsCookieAtTheEnd(t *testing.T) {
	for verdict, ends := range map[flow.Verdict]bool{flow.GotIt: true, flow.SaidNo: true, flow.Trouble: true, flow.NotTaken: false, flow.AlreadyHere: false} {
		o := open(t)
		b := newBrowser(o)
		b.start()
		id, a := b.answer("code=abc")
		a.Reply(verdict)
		cookie, err := http.ParseSetCookie(b.visit("/verdict/" + id).header.Get("Set-Cookie"))
		if got := err == nil && cookie.MaxAge < 0 && cookie.Name == o.inner.cookieName; got != ends {
			t.Errorf("verdict %d: cookie expired %v, want %v", verdict, got, ends)
		}
	}
}
