package flow_test

import (
	"regexp"
	"sync"
	"testing"

	"granthelper/flow"
	"granthelper/flow/practice"
)

// told waits for what the person's last page says, since the page may come
// after the attempt's end.
type told struct {
	once sync.Once
	page chan string
}

func newTold() *told { return &told{page: make(chan string, 1)} }

func (w *told) read(p *person) { w.once.Do(func() { w.page <- p.heading() }) }

func TestGrant_EndsInACodeAndATruePage(t *testing.T) {
	for _, status := range []int{302, 303} {
		s, page := newStage(t), newTold()
		if err := s.server.Next(practice.Answer{Status: status}); err != nil {
			t.Fatal(err)
		}
		e := s.end(s.start(nil, func(p *person) {
			p.signIn("alex")
			p.grant()
			p.comeBack()
			page.read(p)
		}))
		if e.Step != flow.Done {
			t.Fatalf("redirect by %d: step %v, problem %v", status, e.Step, e.Problem)
		}
		if code := e.Result.Code.Reveal(); !regexp.MustCompile(`^[0-9a-f]{256}$`).MatchString(code) {
			t.Errorf("the code has %d characters, want 256 lower-case hex digits", len(code))
		}
		if got := <-page.page; got != "Got it" {
			t.Errorf("the browser says %q, want Got it", got)
		}
	}
}

func TestGrant_RefusalIsCalmOnBothSides(t *testing.T) {
	s, page := newStage(t), newTold()
	e := s.end(s.start(nil, func(p *person) {
		p.signIn("alex")
		p.deny()
		p.comeBack()
		page.read(p)
	}))
	if e.Step != flow.Denied || e.Problem != nil {
		t.Errorf("step %v problem %v, want denied and none", e.Step, e.Problem)
	}
	if got := <-page.page; got != "You said no" {
		t.Errorf("the browser says %q, want You said no", got)
	}
}

func TestGrant_AlwaysSkipsTheQuestionUntilReset(t *testing.T) {
	s := newStage(t)
	always := func(p *person) {
		p.signIn("alex")
		p.press("choice", "grant", "always", "yes")
		p.comeBack()
	}
	straight := func(p *person) {
		p.signIn("alex")
		p.comeBack()
	}
	for i, act := range []func(*person){always, straight} {
		if e := s.end(s.start(nil, act)); e.Step != flow.Done {
			t.Fatalf("sign-in %d: step %v, want done", i+1, e.Step)
		}
	}
	s.server.ResetAccess(practice.DemoClientID)
	asked := make(chan string, 1)
	a := s.start(nil, func(p *person) {
		p.signIn("alex")
		asked <- p.heading()
	})
	if got := <-asked; got != "Let “Demo Photo App” use your Connections data?" {
		t.Errorf("after the reset the browser says %q, want the question", got)
	}
	a.Cancel()
	s.end(a)
}

// TestGrant_EveryDocumentedErrorIsKnownFromItsPage brings the text of the
// server's own page back by hand, as a person does: no listener hears of it.
func TestGrant_EveryDocumentedErrorIsKnownFromItsPage(t *testing.T) {
	for _, row := range []struct {
		who    string
		change func(*flow.Request)
		next   string
		want   flow.Code
	}{
		{who: "alex", next: "oauth_absent_parameters: client_id", want: flow.AbsentParameters},
		{who: "alex", next: "oauth_duplicated_parameters: client_id", want: flow.DuplicatedParameters},
		{who: "alex", change: func(r *flow.Request) { r.Server.RedirectParam = "state=x&callback_uri" }, want: flow.UnsupportedParameters},
		{who: "alex", next: "oauth_invalid_parameters:response_type=co,de", want: flow.UnreadableType},
		{who: "alex", next: "oauth_invalid_responsetype", want: flow.WrongType},
		{who: "alex", change: func(r *flow.Request) { r.ClientID = "app_20012345_1424390400001" }, want: flow.UnknownClient},
		{who: "alex", change: func(r *flow.Request) { r.Callback += "/" }, want: flow.CallbackMismatch},
		{who: "sam", want: flow.NoSubscription},
		{who: "alex", next: "oauth_request_failed", want: flow.RequestFailed},
	} {
		s := newStage(t)
		if row.next != "" {
			if err := s.server.Next(practice.Answer{Error: row.next}); err != nil {
				t.Fatal(err)
			}
		}
		if row.change != nil {
			row.change(&s.request)
		}
		page := make(chan string, 1)
		a := s.start(nil, func(p *person) {
			p.signIn(row.who)
			page <- p.page
		})
		reading := s.request.ReadError(<-page)
		if reading.Problem == nil {
			t.Fatalf("%s: the page was taken for an answer", row.want)
		}
		a.Report(reading.Problem)
		e := s.end(a)
		if e.Step != flow.Failed || e.Problem.Code != row.want || !e.Problem.ByUser {
			t.Errorf("%s: step %v problem %v", row.want, e.Step, e.Problem)
		}
	}
}

func TestGrant_FaultyAnswersEndInTheirWords(t *testing.T) {
	for fault, want := range map[practice.Fault]flow.Code{
		practice.CodeAndError: flow.CodeAndRefusal,
		practice.TwoCodes:     flow.TwoCodes,
		practice.EmptyCode:    flow.EmptyCode,
		practice.NoCode:       flow.NoAnswer,
		practice.LongCode:     flow.DamagedCode,
		practice.OddReason:    flow.NewReason,
	} {
		s, page := newStage(t), newTold()
		if err := s.server.Next(practice.Answer{Fault: fault}); err != nil {
			t.Fatal(err)
		}
		e := s.end(s.start(nil, func(p *person) {
			p.signIn("alex")
			p.grant()
			p.comeBack()
			page.read(p)
		}))
		if e.Step != flow.Failed || e.Problem.Code != want {
			t.Errorf("fault %d: step %v problem %v, want %v", fault, e.Step, e.Problem, want)
		}
		if got := <-page.page; got != "There was a problem" {
			t.Errorf("fault %d: the browser says %q", fault, got)
		}
	}
}

func TestGrant_ExtrasAreShownAndTheCodeIsGood(t *testing.T) {
	s := newStage(t)
	if err := s.server.Next(practice.Answer{Fault: practice.ExtraParameters}); err != nil {
		t.Fatal(err)
	}
	e := s.end(s.start(nil, func(p *person) {
		p.signIn("alex")
		p.grant()
		p.comeBack()
	}))
	if e.Step != flow.Done || len(e.Result.Extras) == 0 {
		t.Errorf("step %v, result %+v, want a code with extras", e.Step, e.Result)
	}
}

func TestGrant_AnotherTabIsAskedAboutAndAnotherBrowserMustShowItsDigits(t *testing.T) {
	for _, row := range []struct {
		name   string
		lose   func(*person)
		digits bool
	}{
		{"another tab", func(p *person) { p.tab = "" }, false},
		{"another browser", func(p *person) { p.tab = ""; p.client.Jar = nil }, true},
	} {
		s := newStage(t)
		waiting, page := make(chan *person, 1), newTold()
		a := s.start(nil, func(p *person) {
			row.lose(p)
			p.signIn("alex")
			p.grant()
			p.comeBack()
			waiting <- p
		})
		var asking *flow.Question
		for e := range a.Events() {
			if e.Step == flow.Confirming {
				asking = e.Asking
				break
			}
		}
		if asking == nil || asking.Digits != row.digits {
			t.Fatalf("%s: asked %+v, want digits %v", row.name, asking, row.digits)
		}
		p := <-waiting
		digits := ""
		for _, m := range regexp.MustCompile(`<span class="mono">(\d)</span>`).FindAllStringSubmatch(p.page, -1) {
			digits += m[1]
		}
		if (len(digits) == 3) != row.digits {
			t.Fatalf("%s: the page shows the digits %q", row.name, digits)
		}
		a.Confirm(digits)
		go func() {
			p.stays()
			page.read(p)
		}()
		if e := s.end(a); e.Step != flow.Done {
			t.Errorf("%s: step %v after the person vouched for it", row.name, e.Step)
		}
		if got := <-page.page; got != "Got it" {
			t.Errorf("%s: the browser says %q", row.name, got)
		}
	}
}

func TestGrant_StoppingTellsALateTab(t *testing.T) {
	s := newStage(t)
	ready := make(chan *person, 1)
	a := s.start(nil, func(p *person) {
		p.signIn("alex")
		ready <- p
	})
	p := <-ready
	a.Cancel()
	if e := s.end(a); e.Step != flow.Cancelled {
		t.Errorf("step %v, want cancelled", e.Step)
	}
	// The port is free at once: the next attempt takes it, and the old tab's
	// answer is a stranger's to it.
	asked := make(chan struct{})
	b := s.start(nil, func(*person) { close(asked) })
	<-asked
	p.grant()
	p.comeBack()
	for e := range b.Events() {
		if e.Step == flow.Confirming {
			break
		}
	}
	b.Disown()
	b.Cancel()
	s.end(b)
}
