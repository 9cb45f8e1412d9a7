package flow

import (
	"context"
	"errors"
	"net/url"
	"strings"
	"sync"
	"sync/atomic"
	"testing"
	"testing/synctest"
	"time"
)

// stage is a listener whose browser the test plays.
type stage struct {
	notices chan Notice
	site    Site
	once    sync.Once
	err     error
}

func (s *stage) Listen(_ context.Context, site Site) (Visit, error) {
	if s.err != nil {
		return nil, s.err
	}
	s.site = site
	return s, nil
}

func (s *stage) Probe(context.Context, *url.URL) (bool, error) { return true, s.err }

func (s *stage) StartURL() string       { return "https://localhost:8443/start/x" }
func (s *stage) Notices() <-chan Notice { return s.notices }
func (s *stage) Close() error           { s.once.Do(func() { close(s.notices) }); return nil }

// page is what one browser page was told.
type page struct{ verdicts []Verdict }

func (p *page) last() Verdict {
	if len(p.verdicts) == 0 {
		return Undecided
	}
	return p.verdicts[len(p.verdicts)-1]
}

func arrive(level Level, query, digits string) (Notice, *page) {
	p := &page{}
	return Notice{Kind: AnswerCame, At: time.Now(), Arrival: &Arrival{
		Answer: ConnectionsCloud.ReadAnswer(query), Level: level, Digits: digits, At: time.Now(),
		Reply: func(v Verdict) { p.verdicts = append(p.verdicts, v) },
	}}, p
}

var goodRequest = Request{
	Server: ConnectionsCloud, Address: "https://apps.example.com",
	ClientID: "app_20012345_1424390400000", Callback: "https://localhost:8443/callback",
}

// play runs an attempt in virtual time and hands the test its controls. settle
// returns the newest state once everything has come to rest.
func play(t *testing.T, change func(*Config), script func(t *testing.T, a *Attempt, s *stage, settle func() Event)) {
	t.Helper()
	synctest.Test(t, func(t *testing.T) {
		s := &stage{notices: make(chan Notice)}
		config := Config{Request: goodRequest, Listener: s, OpenBrowser: func(context.Context, string) error { return nil }}
		if change != nil {
			change(&config)
		}
		a := Start(t.Context(), config)
		var last Event
		settle := func() Event {
			synctest.Wait()
			for {
				select {
				case e, ok := <-a.Events():
					if !ok {
						return last
					}
					last = e
					synctest.Wait()
				default:
					return last
				}
			}
		}
		script(t, a, s, settle)
		a.Cancel()
		<-a.Done()
	})
}

func TestAttempt_TakesABoundCodeWithoutAQuestion(t *testing.T) {
	play(t, nil, func(t *testing.T, _ *Attempt, s *stage, settle func() Event) {
		if got := settle().Step; got != AtBrowser {
			t.Fatalf("step %v, want at browser", got)
		}
		n, p := arrive(LevelA, "code=abc", "111")
		s.notices <- n
		e := settle()
		if e.Step != Done || e.Result.Code.Reveal() != "abc" {
			t.Errorf("step %v result %+v, want done with abc", e.Step, e.Result)
		}
		if p.last() != GotIt {
			t.Errorf("page was told %v, want GotIt", p.last())
		}
	})
}

func TestAttempt_TakesABoundRefusalAsAResult(t *testing.T) {
	play(t, nil, func(t *testing.T, _ *Attempt, s *stage, settle func() Event) {
		settle()
		n, p := arrive(LevelA, "oauth_error=oauth_denied", "111")
		s.notices <- n
		e := settle()
		if e.Step != Denied || e.Problem != nil || p.last() != SaidNo {
			t.Errorf("step %v problem %v page %v, want denied, none, SaidNo", e.Step, e.Problem, p.last())
		}
	})
}

func TestAttempt_BoundNonsenseEndsInItsProblem(t *testing.T) {
	for query, want := range map[string]Code{
		"":                                 NoAnswer,
		"state=x":                          NoAnswer,
		"code=":                            EmptyCode,
		"code=a&code=b":                    TwoCodes,
		"code=a&oauth_error=oauth_denied":  CodeAndRefusal,
		"oauth_error=oauth_tired":          NewReason,
		"code=" + strings.Repeat("a", 300): DamagedCode,
		"code=a%20b":                       DamagedCode,
		"code=a;b":                         NoAnswer,
		"code=%zz":                         NoAnswer,
	} {
		play(t, nil, func(t *testing.T, _ *Attempt, s *stage, settle func() Event) {
			settle()
			n, p := arrive(LevelA, query, "111")
			s.notices <- n
			e := settle()
			if e.Step != Failed || e.Problem == nil || e.Problem.Code != want || p.last() != Trouble {
				t.Errorf("%q: step %v problem %v page %v, want failed with %v", query, e.Step, e.Problem, p.last(), want)
			}
		})
	}
}

func TestAttempt_NothingUnboundEndsIt(t *testing.T) {
	play(t, nil, func(t *testing.T, _ *Attempt, s *stage, settle func() Event) {
		settle()
		for _, level := range []Level{LevelB, LevelC} {
			for _, query := range []string{"", "code=", "code=a&code=b", "code=a&x=1", "oauth_error=odd"} {
				n, p := arrive(level, query, "222")
				s.notices <- n
				if e := settle(); e.Step != AtBrowser || p.last() != NotTaken {
					t.Errorf("level %v %q: step %v page %v, want at browser, NotTaken", level, query, e.Step, p.last())
				}
			}
		}
		for _, kind := range []NoticeKind{Distrusted, PlainHTTP, Elsewhere, Refused} {
			s.notices <- Notice{Kind: kind, At: time.Now()}
			if e := settle(); e.Step != AtBrowser {
				t.Errorf("notice %v: step %v, want at browser", kind, e.Step)
			}
		}
		n, _ := arrive(LevelA, "code=good", "333")
		s.notices <- n
		if e := settle(); e.Step != Done || e.Result.Code.Reveal() != "good" {
			t.Errorf("after all that the honest answer gives %v", e.Step)
		}
	})
}

func TestAttempt_AsksAboutAnotherTab(t *testing.T) {
	play(t, nil, func(t *testing.T, a *Attempt, s *stage, settle func() Event) {
		settle()
		n, p := arrive(LevelB, "code=abc", "444")
		s.notices <- n
		e := settle()
		if e.Step != Confirming || e.Asking.Digits || p.last() != AskInApp {
			t.Fatalf("step %v asking %+v page %v, want a plain question", e.Step, e.Asking, p.last())
		}
		a.Confirm("")
		if e := settle(); e.Step != Done || p.last() != GotIt {
			t.Errorf("step %v page %v, want done", e.Step, p.last())
		}
	})
}

func TestAttempt_AsksAStrangerForDigits(t *testing.T) {
	play(t, nil, func(t *testing.T, a *Attempt, s *stage, settle func() Event) {
		settle()
		n, p := arrive(LevelC, "oauth_error=oauth_denied", "407")
		s.notices <- n
		if e := settle(); !e.Asking.Digits || !e.Asking.Refusal || p.last() != ShowDigits {
			t.Fatalf("asking %+v page %v, want digits", e.Asking, p.last())
		}
		a.Confirm("")
		a.Confirm("408")
		if e := settle(); e.Step != Confirming || e.Asking.Wrong != 2 {
			t.Errorf("step %v wrong %d, want still asking after 2", e.Step, e.Asking.Wrong)
		}
		a.Confirm("407")
		if e := settle(); e.Step != Denied {
			t.Errorf("step %v, want denied", e.Step)
		}
	})
}

func TestAttempt_ThreeWrongDigitsDropTheAnswer(t *testing.T) {
	play(t, nil, func(t *testing.T, a *Attempt, s *stage, settle func() Event) {
		settle()
		n, p := arrive(LevelC, "code=abc", "407")
		s.notices <- n
		for range 3 {
			settle()
			a.Confirm("000")
		}
		if e := settle(); e.Step != AtBrowser || e.Asking != nil || p.last() != NotTaken {
			t.Errorf("step %v asking %v page %v, want waiting again", e.Step, e.Asking, p.last())
		}
	})
}

func TestAttempt_TwoDisagreeingAnswersAreToldApartByDigits(t *testing.T) {
	play(t, nil, func(t *testing.T, a *Attempt, s *stage, settle func() Event) {
		settle()
		first, p1 := arrive(LevelB, "code=foreign", "111")
		s.notices <- first
		settle()
		second, p2 := arrive(LevelB, "code=mine", "222")
		s.notices <- second
		if e := settle(); !e.Asking.Digits || p1.last() != ShowDigits || p2.last() != ShowDigits {
			t.Fatalf("asking %+v pages %v %v, want digits on both", e.Asking, p1.last(), p2.last())
		}
		a.Confirm("222")
		e := settle()
		if e.Step != Done || e.Result.Code.Reveal() != "mine" || p1.last() != NotTaken || p2.last() != GotIt {
			t.Errorf("step %v pages %v %v, want mine taken", e.Step, p1.last(), p2.last())
		}
	})
}

func TestAttempt_BoundAnswerBeatsAHeldOne(t *testing.T) {
	play(t, nil, func(t *testing.T, _ *Attempt, s *stage, settle func() Event) {
		settle()
		n, foreign := arrive(LevelC, "code=foreign", "111")
		s.notices <- n
		settle()
		n, mine := arrive(LevelA, "code=mine", "222")
		s.notices <- n
		e := settle()
		if e.Step != Done || e.Result.Code.Reveal() != "mine" || foreign.last() != NotTaken || mine.last() != GotIt {
			t.Errorf("step %v pages %v %v, want mine", e.Step, foreign.last(), mine.last())
		}
	})
}

func TestAttempt_SameAnswerTwiceIsOneQuestion(t *testing.T) {
	play(t, nil, func(t *testing.T, a *Attempt, s *stage, settle func() Event) {
		settle()
		n, p1 := arrive(LevelB, "code=abc", "111")
		s.notices <- n
		settle()
		n, p2 := arrive(LevelB, "code=abc", "222")
		s.notices <- n
		if e := settle(); e.Asking.Digits {
			t.Errorf("a reload of the page turned into digits")
		}
		a.Confirm("")
		settle()
		if p1.last() != GotIt || p2.last() != GotIt {
			t.Errorf("pages %v %v, want GotIt on both", p1.last(), p2.last())
		}
	})
}

func TestAttempt_StrictRefusesWhatItCannotBind(t *testing.T) {
	strict := func(c *Config) { c.Strict = true }
	play(t, strict, func(t *testing.T, a *Attempt, s *stage, settle func() Event) {
		settle()
		n, p := arrive(LevelB, "code=abc", "111")
		s.notices <- n
		a.Paste(goodRequest.Callback + "?code=abc")
		if e := settle(); e.Step != AtBrowser || e.Ignored != 2 || p.last() != NotTaken {
			t.Errorf("step %v ignored %d page %v, want both refused", e.Step, e.Ignored, p.last())
		}
	})
}

func TestAttempt_PastedAddressIsAskedAboutAndTaken(t *testing.T) {
	byHand := func(c *Config) { c.ByHand, c.Listener = true, nil }
	play(t, byHand, func(t *testing.T, a *Attempt, _ *stage, settle func() Event) {
		settle()
		a.Paste("https://localhost:8443/other?code=abc")
		if e := settle(); e.Banner == nil || e.Banner.Code != NotTheAnswer {
			t.Fatalf("banner %v, want U23", e.Banner)
		}
		a.Paste("  " + goodRequest.Callback + "?code=abc#top \n")
		if e := settle(); e.Asking == nil || !e.Asking.Pasted || e.Asking.Digits {
			t.Fatalf("asking %+v, want the plain question", e.Asking)
		}
		a.Confirm("")
		if e := settle(); e.Step != Done || !e.Result.Pasted {
			t.Errorf("step %v, want done by hand", e.Step)
		}
	})
}

func TestAttempt_SilenceIsNoticedAskedAboutAndEnded(t *testing.T) {
	play(t, nil, func(t *testing.T, a *Attempt, _ *stage, settle func() Event) {
		settle()
		time.Sleep(quietAfter) // virtual
		if e := settle(); e.Banner == nil || e.Banner.Code != StillOpen {
			t.Errorf("banner %v after a minute, want U6", e.Banner)
		}
		time.Sleep(9 * time.Minute)
		if e := settle(); e.Pressing == nil || e.Pressing.Code != NoAnswerInTime || e.Step != AtBrowser {
			t.Errorf("pressing %v after ten minutes, want U7", e.Pressing)
		}
		a.MoreTime()
		if e := settle(); e.Pressing != nil || e.Deadline.Sub(e.Started) != 20*time.Minute {
			t.Errorf("pressing %v deadline %v, want ten minutes more", e.Pressing, e.Deadline.Sub(e.Started))
		}
		time.Sleep(50 * time.Minute)
		if e := settle(); e.Step != Failed || e.Problem.Code != NoAnswerInTime {
			t.Errorf("step %v after the hour, want failed", e.Step)
		}
	})
}

func TestAttempt_BrowserThatDoesNotOpenIsSaidAndForgotten(t *testing.T) {
	broken := func(c *Config) {
		c.OpenBrowser = func(context.Context, string) error { return errors.New("no program") }
	}
	play(t, broken, func(t *testing.T, _ *Attempt, s *stage, settle func() Event) {
		if e := settle(); e.Pressing == nil || e.Pressing.Code != NoBrowser || e.Step != AtBrowser {
			t.Fatalf("pressing %v, want U5 while waiting", e.Pressing)
		}
		s.notices <- Notice{Kind: Contact, At: time.Now()}
		if e := settle(); e.Pressing != nil || !e.Contact {
			t.Errorf("pressing %v, want it gone once a browser came", e.Pressing)
		}
	})
}

func TestAttempt_RefusedCertificateIsSaidAtOnce(t *testing.T) {
	play(t, nil, func(t *testing.T, _ *Attempt, s *stage, settle func() Event) {
		settle()
		s.notices <- Notice{Kind: Distrusted, At: time.Now(), Detail: "unknown certificate"}
		if e := settle(); e.Pressing == nil || e.Pressing.Code != NotTrusted {
			t.Errorf("pressing %v, want U8", e.Pressing)
		}
	})
}

func TestAttempt_StopsAtOnce(t *testing.T) {
	play(t, nil, func(t *testing.T, a *Attempt, _ *stage, settle func() Event) {
		settle()
		a.Cancel()
		if e := settle(); e.Step != Cancelled {
			t.Errorf("step %v, want cancelled", e.Step)
		}
		<-a.Done()
		a.OpenAgain() // after the end: nothing happens, nothing hangs
		a.Confirm("1")
	})
}

func TestAttempt_ListenerProblemEndsIt(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, err := range []error{&Problem{Code: PortBusy, Facts: Facts{"port": "8443"}}, errors.New("odd")} {
			a := Start(t.Context(), Config{Request: goodRequest, Listener: &stage{err: err}})
			var last Event
			for e := range a.Events() {
				last = e
			}
			want := Unexpected
			var p *Problem
			if errors.As(err, &p) {
				want = p.Code
			}
			if last.Step != Failed || last.Problem.Code != want {
				t.Errorf("%v: step %v problem %v, want %v", err, last.Step, last.Problem, want)
			}
			<-a.Done()
		}
	})
}

func TestAttempt_OddDetailsNeverReachTheBrowser(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		for _, spoil := range []func(*Request){
			func(r *Request) { r.ClientID = "" },
			func(r *Request) { r.Callback = "http://localhost:8443/callback" },
			func(r *Request) { r.Callback += "#x" },
			func(r *Request) { r.Address = "http://apps.example.com" },
			func(r *Request) { r.Address = "https://apps.example.com/path?client_id=2" },
		} {
			request := goodRequest
			spoil(&request)
			a := Start(t.Context(), Config{Request: request, Listener: &stage{}, OpenBrowser: func(context.Context, string) error {
				t.Errorf("%+v reached the browser", request)
				return nil
			}})
			var last Event
			for e := range a.Events() {
				last = e
			}
			if last.Step != Failed || last.Problem.Code != OddDetails {
				t.Errorf("%+v: %v %v, want U47", request, last.Step, last.Problem)
			}
		}
	})
}

func TestAttempt_ReportedErrorEndsItWithThatProblem(t *testing.T) {
	play(t, nil, func(t *testing.T, a *Attempt, _ *stage, settle func() Event) {
		settle()
		a.Report(goodRequest.ReadError("UNAUTHORIZED (401): oauth_consumer_missing_subscription").Problem)
		e := settle()
		if e.Step != Failed || e.Problem.Code != NoSubscription || !e.Problem.ByUser {
			t.Errorf("step %v problem %+v, want D8 told by the person", e.Step, e.Problem)
		}
	})
}

func TestAttempt_NoBrowserAfterTenSecondsIsSaidOnce(t *testing.T) {
	play(t, nil, func(t *testing.T, a *Attempt, s *stage, settle func() Event) {
		settle()
		time.Sleep(contactTime - time.Second)
		if e := settle(); e.Banner != nil {
			t.Fatalf("banner %v before ten seconds", e.Banner.Code)
		}
		time.Sleep(2 * time.Second)
		if e := settle(); e.Banner == nil || e.Banner.Code != NoContact || e.Step != AtBrowser {
			t.Fatalf("banner %v step %v, want U51 and at browser", e.Banner, e.Step)
		}
		s.notices <- Notice{Kind: Contact, At: time.Now()}
		if e := settle(); e.Banner != nil {
			t.Errorf("banner %v although a browser came", e.Banner.Code)
		}
		a.OpenAgain()
		time.Sleep(contactTime + time.Second)
		if e := settle(); e.Banner != nil {
			t.Errorf("banner %v although a browser came before", e.Banner.Code)
		}
	})
}

func TestAttempt_LinkTakenElsewhereIsNotExpectedSoon(t *testing.T) {
	asked := 0
	change := func(c *Config) {
		c.LinkOnly = true
		c.OpenBrowser = func(context.Context, string) error { asked++; return nil }
	}
	play(t, change, func(t *testing.T, a *Attempt, _ *stage, settle func() Event) {
		if e := settle(); e.Step != AtBrowser || asked != 0 {
			t.Fatalf("step %v, browser asked %d times, want at browser and 0", e.Step, asked)
		}
		time.Sleep(contactTime + time.Second)
		if e := settle(); e.Banner != nil {
			t.Errorf("banner %v, want none: nobody asked a browser", e.Banner.Code)
		}
		a.OpenAgain()
		if settle(); asked != 1 {
			t.Errorf("browser asked %d times, want 1", asked)
		}
	})
}

func TestAttempt_SleepOfTheComputerIsNoticed(t *testing.T) {
	var away atomic.Int64 // how far the clock on the wall ran ahead
	change := func(c *Config) {
		c.Wall = func() time.Time { return time.Now().Add(time.Duration(away.Load())) }
	}
	play(t, change, func(t *testing.T, a *Attempt, _ *stage, settle func() Event) {
		settle()
		time.Sleep(2 * beatEvery)
		away.Store(int64(30 * time.Second)) // a clock that was set a little
		time.Sleep(2 * beatEvery)
		if e := settle(); e.Pressing != nil {
			t.Fatalf("pressing %v after half a minute, want nothing", e.Pressing.Code)
		}
		away.Add(int64(42 * time.Minute))
		time.Sleep(beatEvery)
		e := settle()
		if e.Pressing == nil || e.Pressing.Code != Slept || e.Pressing.Facts["n"] != "42" || e.Step != AtBrowser {
			t.Fatalf("pressing %+v step %v, want U52 with 42 and at browser", e.Pressing, e.Step)
		}
		a.MoreTime()
		if e := settle(); e.Pressing != nil {
			t.Errorf("pressing %v after more time", e.Pressing.Code)
		}
		time.Sleep(3 * beatEvery)
		if e := settle(); e.Pressing != nil {
			t.Errorf("the same sleep was told twice")
		}
	})
}

func TestAttempt_TimeOutNamesWhatWasLeftOut(t *testing.T) {
	play(t, nil, func(t *testing.T, _ *Attempt, s *stage, settle func() Event) {
		settle()
		s.notices <- Notice{Kind: Refused, Detail: "method"}
		s.notices <- Notice{Kind: Refused, Detail: "fetched ahead", More: 2}
		time.Sleep(defaultWait)
		e := settle()
		if e.Pressing == nil || e.Pressing.Code != NoAnswerInTime {
			t.Fatalf("pressing %v, want U7", e.Pressing)
		}
		if f := e.Pressing.Facts; f["ignored"] != "4" || f["rules"] != "fetched ahead=3, method=1" {
			t.Errorf("facts %v, want 4 left out by name", f)
		}
	})
}

func TestAttempt_AnswerByFormIsExplained(t *testing.T) {
	play(t, nil, func(t *testing.T, _ *Attempt, s *stage, settle func() Event) {
		settle()
		s.notices <- Notice{Kind: Posted}
		if e := settle(); e.Banner == nil || e.Banner.Code != OtherDelivery || e.Step != AtBrowser {
			t.Errorf("banner %v step %v, want U53 and at browser", e.Banner, e.Step)
		}
	})
}

func TestAttempt_RefusalTheBrowserShowsIsAResultToo(t *testing.T) {
	play(t, nil, func(t *testing.T, a *Attempt, _ *stage, settle func() Event) {
		settle()
		a.Report(&Problem{Code: AccessDenied, ByUser: true})
		if e := settle(); e.Step != Denied || e.Problem != nil {
			t.Errorf("step %v problem %v, want denied and none", e.Step, e.Problem)
		}
	})
}
