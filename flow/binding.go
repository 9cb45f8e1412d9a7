package flow

import (
	"cmp"
	"maps"
	"slices"
	"strconv"
	"strings"
	"time"
)

// The most answers held for the person's word, and the most wrong tries at
// the digits (SECURITY 1.4).
const (
	heldLimit  = 5
	wrongLimit = 3
)

// noticed hears what the listener saw. Only an answer from the very tab that
// started moves the attempt; all else may say something, never end anything.
func (r *run) noticed(n Notice) {
	switch n.Kind {
	case Contact:
		r.contact(n)
	case Distrusted:
		if r.state.Contact || (r.state.Pressing != nil && r.state.Pressing.Code == NotTrusted) {
			return
		}
		r.state.Pressing = &Problem{Code: NotTrusted, Step: AtBrowser, Facts: Facts{"alert": n.Detail}}
		r.happened(Browser, "distrusted", nil)
	case PlainHTTP:
		r.state.Banner = &Problem{Code: PlainAnswer, Step: AtBrowser, Facts: Facts{"port": r.port()}}
		r.happened(Browser, "plain_http", nil)
	case Elsewhere:
		r.state.Banner = &Problem{Code: WrongPath, Step: AtBrowser, Facts: Facts{"path": Sanitize(n.Detail), "expected": r.config.Request.Callback}}
		r.happened(Browser, "elsewhere", nil)
	case Posted:
		r.state.Banner = &Problem{Code: OtherDelivery, Step: AtBrowser}
		r.happened(Browser, "posted", nil)
	case Refused:
		r.ignored(n.Detail, 1+n.More)
	case OneFamily:
		r.happened(ThisTool, "one_family", nil)
	case AnswerCame:
		r.answered(n.Arrival)
		return
	}
	r.publish()
}

// contact takes in that a browser came and trusts this computer: what was said
// about its not coming is forgotten.
func (r *run) contact(n Notice) {
	if !r.state.Contact {
		r.came = n.At
		r.happened(Browser, "contact", nil)
	}
	r.state.Contact = true
	if b := r.state.Banner; b != nil && b.Code == NoContact {
		r.state.Banner = nil
	}
	if p := r.state.Pressing; p != nil && (p.Code == NoBrowser || p.Code == NotTrusted) {
		r.state.Pressing = nil
	}
}

// answered decides about one answer on the callback path.
func (r *run) answered(a *Arrival) {
	r.happened(Browser, "answer", Facts{"level": a.Level.String()})
	unbound := a.Level != LevelA
	switch {
	case unbound && (r.config.Strict || len(a.Answer.Extras) > 0):
		r.refuse(a, nil)
	case unbound && a.Answer.Problem != nil:
		r.refuse(a, a.Answer.Problem)
	case unbound:
		r.hold(a)
	case a.Answer.Problem != nil:
		a.tell(Trouble)
		r.fail(a.Answer.Problem)
	default:
		r.accept(a)
	}
}

// refuse leaves an unbound answer unused. One from the person's own browser
// profile may still be the server's, so its fault is worth a banner.
func (r *run) refuse(a *Arrival, p *Problem) {
	a.tell(NotTaken)
	r.ignored("unbound", 1)
	if p != nil && a.Level == LevelB {
		r.state.Banner = p
	}
	r.happened(ThisTool, "refused", nil)
	r.publish()
}

// hold keeps an unbound answer until the person vouches for one. The same
// answer delivered again joins the one that is held.
func (r *run) hold(a *Arrival) {
	for _, held := range r.held {
		if held.Answer.Same(a.Answer) && !held.Pasted {
			held.join(a)
			r.ask()
			return
		}
		if held.Digits == a.Digits && a.Digits != "" {
			r.refuse(a, nil) // the digits would not tell the two apart
			return
		}
	}
	if len(r.held) == heldLimit {
		r.held[0].tell(NotTaken)
		r.held = r.held[1:]
	}
	r.held = append(r.held, a)
	r.ask()
}

// join makes one arrival of two deliveries of the same answer: both pages hear
// the verdict, and the newer page's digits are the ones to type.
func (a *Arrival) join(b *Arrival) {
	first, second := a.Reply, b.Reply
	a.Level, a.Digits = max(a.Level, b.Level), b.Digits
	a.Reply = func(v Verdict) {
		if first != nil {
			if v == ShowDigits {
				first(AskInApp)
			} else {
				first(v)
			}
		}
		if second != nil {
			second(v)
		}
	}
}

// ask puts the question about the held answers. A single answer from the same
// browser profile, or one pasted by hand, is a plain question; a stranger, or
// several answers that disagree, must be told apart by the digits.
func (r *run) ask() {
	oldest := r.held[0]
	digits := len(r.held) > 1 || (oldest.Level == LevelC && !oldest.Pasted)
	question := &Question{Level: oldest.Level, Digits: digits, Pasted: oldest.Pasted, Refusal: oldest.Answer.Denied, At: oldest.At}
	if r.state.Asking != nil && digits {
		question.Wrong = r.state.Asking.Wrong
	}
	r.state.Asking = question
	for _, held := range r.held {
		if digits {
			held.tell(ShowDigits)
		} else {
			held.tell(AskInApp)
		}
	}
	r.happened(ThisTool, "asked_person", nil)
	if r.state.Step == AtBrowser {
		r.step(Confirming)
		return
	}
	r.publish()
}

// confirm takes the answer the person vouches for.
func (r *run) confirm(digits string) {
	if len(r.held) == 0 || r.state.Asking == nil {
		return
	}
	if !r.state.Asking.Digits {
		r.happened(Person, "confirmed", nil)
		r.accept(r.held[0])
		return
	}
	digits = strings.TrimSpace(digits)
	for i, held := range r.held {
		if held.Digits == digits && digits != "" {
			r.held = append(r.held[:i:i], r.held[i+1:]...)
			r.happened(Person, "confirmed", nil)
			r.accept(held)
			return
		}
	}
	question := *r.state.Asking
	question.Wrong++
	r.state.Asking = &question
	r.happened(Person, "wrong_digits", nil)
	if question.Wrong >= wrongLimit {
		r.disown()
		return
	}
	r.publish()
}

// disown drops the held answers and goes on waiting.
func (r *run) disown() {
	for _, held := range r.held {
		held.tell(NotTaken)
	}
	r.held, r.state.Asking = nil, nil
	r.happened(Person, "disowned", nil)
	if r.state.Step == Confirming {
		r.step(AtBrowser)
		return
	}
	r.publish()
}

// accept ends the attempt with this answer.
func (r *run) accept(a *Arrival) {
	r.held = without(r.held, a)
	if a.Answer.Denied {
		a.tell(SaidNo)
		r.finish(Denied)
		return
	}
	r.state.Result = &Result{
		Code: a.Answer.Code, At: a.At, Extras: a.Answer.Extras, Pasted: a.Pasted,
		Waited: time.Since(r.opened), AfterContact: r.afterContact(a), CodeAge: r.config.Request.Server.CodeMinutes,
	}
	a.tell(GotIt)
	r.finish(Done)
}

// afterContact is how long after the browser's first visit an answer came, or 0
// when that says nothing.
func (r *run) afterContact(a *Arrival) time.Duration {
	if a.Pasted || r.came.IsZero() {
		return 0
	}
	return a.At.Sub(r.came)
}

// ignored counts requests that changed nothing, by the rule they broke.
func (r *run) ignored(rule string, n int) {
	r.state.Ignored += n
	r.rules[rule] += n
}

// listRules writes how often each rule was broken, most often first: "fetched
// ahead=3, method=1".
func listRules(rules map[string]int) string {
	names := slices.SortedFunc(maps.Keys(rules), func(a, b string) int {
		return cmp.Or(cmp.Compare(rules[b], rules[a]), cmp.Compare(a, b))
	})
	for i, name := range names {
		names[i] = name + "=" + strconv.Itoa(rules[name])
	}
	return strings.Join(names, ", ")
}

func without(held []*Arrival, a *Arrival) []*Arrival {
	var rest []*Arrival
	for _, h := range held {
		if h != a {
			rest = append(rest, h)
		}
	}
	return rest
}

// tell gives the page in the browser its verdict, if there is a page.
func (a *Arrival) tell(v Verdict) {
	if a.Reply != nil {
		a.Reply(v)
	}
}

// port is the port this attempt waits at, for words.
func (r *run) port() string {
	callback, err := parseCallback(r.config.Request.Callback)
	if err != nil {
		return ""
	}
	return CallbackPort(callback)
}
