package ui

import (
	"context"
	"time"

	"granthelper/flow"

	"fyne.io/fyne/v2"
)

// sitting is one attempt as the window follows it, from the page that opens
// it to the page that shows its result.
type sitting struct {
	window  *Window
	attempt *flow.Attempt
	event   flow.Event
	clock   context.CancelFunc // stops the second hand
	strict  bool               // answers that cannot be bound are refused
	beats   int
	left    bool // the person went elsewhere; its end shows no page

	waiting  *waiting
	question *question
	dialog   *problemDialog
	result   *result
	denied   *denied
}

// over reports whether nothing can come any more.
func (s *sitting) over() bool { return s.event.Step.Final() }

// stop ends the attempt, if it still runs, and the second hand, because the
// person goes elsewhere.
func (s *sitting) stop() {
	s.left = true
	s.attempt.Cancel()
	s.clock()
}

// goSignIn shows step 3, ready to open the browser.
func (w *Window) goSignIn(byHand bool) {
	w.byHand = byHand
	w.signIn.show(byHand, w.found)
	w.frame.show(w.signIn.page)
}

// begin ends the attempt before, if any, waits until its port is free again,
// and starts a new one; opens says whether the browser opens by itself, and
// then, which may be nil, comes when the attempt has begun.
func (w *Window) begin(opens bool, then func(*sitting)) {
	if w.beginning {
		return // a second press of the same button
	}
	w.beginning = true
	old := w.sitting
	w.watch.run(func(context.Context) {
		if old != nil {
			old.attempt.Cancel()
			<-old.attempt.Done()
		}
	}, func() {
		w.beginning = false
		if old != nil {
			old.stop()
		}
		w.sitting = w.newSitting(opens)
		if then != nil {
			then(w.sitting)
		}
	})
}

func (w *Window) newSitting(opens bool) *sitting {
	config := flow.Config{
		Request: w.typed.Request(w.kind), Practice: w.typed.Practice, ByHand: w.byHand, Strict: w.saved.Strict,
		LinkOnly: !opens, Listener: w.config.Listener, OpenBrowser: w.config.Browser, Log: w.config.Log,
	}
	s := &sitting{window: w, strict: config.Strict, attempt: flow.Start(context.Background(), config)}
	do := w.acts()
	s.waiting = newWaiting(do)
	s.question = newQuestion(w.frame, do)
	s.dialog = newProblemDialog(w.frame, do)
	s.result = newResult(do)
	s.denied = newDenied(do)
	if w.saved.SupportTools {
		s.dialog.helping = true
		s.result.story.show(true)
		s.result.details.show(true)
		s.denied.details.show(true)
	}
	var ctx context.Context
	ctx, s.clock = context.WithCancel(context.Background())
	w.watch.tick(ctx, time.Second, s.second)
	watchEvents(w.watch, s.attempt.Events(), s.show, nil)
	return s
}

// show follows the attempt: one state, one page.
func (s *sitting) show(e flow.Event) {
	w := s.window
	before := s.event.Step
	s.event = e
	if w.sitting != s || s.left {
		return // nobody waits for this attempt any more
	}
	s.tick()
	switch e.Step {
	case flow.AtBrowser, flow.Confirming:
		w.frame.show(s.waiting.page)
	case flow.Done:
		w.frame.show(s.result.page)
	case flow.Denied:
		w.frame.show(s.denied.page)
	case flow.Failed, flow.Cancelled:
		w.frame.show(w.signIn.page)
	}
	if before == flow.AtBrowser || before == flow.Confirming {
		s.call(e.Step)
	}
}

// behindEvery is how many seconds pass between two looks at the clock while the
// person is in the browser. Each look draws the window anew, which keeps a
// computer without a graphics card busy for nobody.
const behindEvery = 10

// second is the second hand.
func (s *sitting) second() {
	s.beats++
	if !s.window.behind || s.beats%behindEvery == 0 {
		s.tick()
	}
}

// tick shows the state as it looks now.
func (s *sitting) tick() {
	now := s.window.now()
	switch e := s.event; e.Step {
	case flow.AtBrowser, flow.Confirming:
		s.waiting.show(e, now)
	case flow.Done:
		s.result.show(e, now)
	case flow.Denied:
		s.denied.show(e, now)
	}
	s.question.show(s.event, now)
	s.dialog.show(s.event, now)
}

// call brings the person back from the browser: the window asks for the focus
// and the system shows a notice.
func (s *sitting) call(step flow.Step) {
	w := s.window
	var words string
	switch step {
	case flow.Done, flow.Denied:
		words = say("notice.answer")
	case flow.Confirming:
		words = say("notice.question")
	case flow.Failed:
		words = say("notice.problem")
	default:
		return
	}
	w.window.RequestFocus()
	notice := fyne.NewNotification(say("app.name"), words)
	w.watch.aside(func() { w.app.SendNotification(notice) }) // a desktop may take half a minute to say that it shows none
}
