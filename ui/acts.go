package ui

import (
	"context"
	"time"

	"granthelper/flow"
)

// clearAfter is how long a copied code stays in the clipboard.
const clearAfter = time.Minute

// acts is what every screen of a sign-in may ask the window to do. They act
// on the attempt of the moment; before the first there is none and nothing
// that asks.
func (w *Window) acts() *signInActions {
	attempt := func(do func(*flow.Attempt)) func() {
		return func() {
			if w.sitting != nil {
				do(w.sitting.attempt)
			}
		}
	}
	return &signInActions{
		back:         w.goDetails,
		openPage:     func() { w.begin(true, nil) },
		copyPage:     func() { w.begin(false, func(*sitting) { w.copyLink() }) },
		openAgain:    attempt((*flow.Attempt).OpenAgain),
		copyLink:     w.copyLink,
		showLink:     func() { w.link(func(s *sitting, address string) { s.waiting.showLink(address) }) },
		stopWaiting:  attempt((*flow.Attempt).Cancel),
		moreTime:     attempt((*flow.Attempt).MoreTime),
		paste:        w.app.Clipboard().Content,
		readError:    func(text string) flow.Reading { return w.sitting.event.Request.ReadError(text) },
		report:       w.report,
		pasteAddress: w.pasteAddress,
		help:         w.showProblem,
		do:           w.do,
		confirm:      func(digits string) { w.sitting.attempt.Confirm(digits) },
		disown:       attempt((*flow.Attempt).Disown),
		startAgain:   w.startAgain,
		copyCode:     w.copyCode,
		copyText:     w.copyText,
		useSaved:     w.useSaved,
		relayout:     w.frame.relayout,
	}
}

// pasteAddress brings an answer by hand. In strict mode it would be refused
// without a word, so the words come here.
func (w *Window) pasteAddress(text string) {
	s := w.sitting
	if !s.strict {
		s.attempt.Paste(text)
		return
	}
	s.waiting.openByHand()
	s.waiting.hand.say(say("hand.strict"))
}

// link asks for a fresh address of the start page and hands it to take.
func (w *Window) link(take func(s *sitting, address string)) {
	s := w.sitting
	if s == nil {
		return
	}
	var address string
	w.watch.run(func(ctx context.Context) {
		given := make(chan string, 1)
		s.attempt.Link(func(a string) { given <- a })
		select {
		case address = <-given:
		case <-s.attempt.Done():
		case <-ctx.Done():
		}
	}, func() {
		if address != "" && w.sitting == s {
			take(s, address)
		}
	})
}

func (w *Window) copyLink() {
	w.link(func(s *sitting, address string) {
		w.copyText(address)
		s.waiting.copied()
	})
}

func (w *Window) copyText(text string) { w.app.Clipboard().SetContent(text) }

// copyCode puts the code into the clipboard and takes it out again after a
// minute, unless something else was copied meanwhile.
func (w *Window) copyCode() {
	result := w.sitting.event.Result
	if result == nil {
		return
	}
	code := result.Code.Reveal()
	w.copyText(code)
	ctx, stop := context.WithCancel(context.Background())
	w.watch.tick(ctx, clearAfter, func() {
		stop()
		if w.app.Clipboard().Content() == code {
			w.copyText("")
		}
	})
}

// report takes what the person saw in the browser. A documented error ends
// the attempt; anything else is explained while it goes on.
func (w *Window) report(p *flow.Problem) {
	if p.Code[0] == 'D' {
		w.sitting.attempt.Report(p)
		return
	}
	w.showProblem(p)
}

// showProblem opens the words of a problem outside the run of an attempt.
func (w *Window) showProblem(p *flow.Problem) { w.showProblemThen(p, nil) }

// showProblemThen is showProblem with deeds of its own for some actions.
func (w *Window) showProblemThen(p *flow.Problem, own map[flow.Action]func()) {
	if p == nil {
		return
	}
	e := flow.Event{Request: w.typed.Request(w.kind), ByHand: w.byHand}
	if w.sitting != nil {
		e = w.sitting.event
	}
	acts := *w.acts()
	acts.do = func(a flow.Action, p *flow.Problem) {
		if act := own[a]; act != nil {
			act()
			return
		}
		w.do(a, p)
	}
	dialog := newProblemDialog(w.frame, &acts)
	dialog.helping = w.saved.SupportTools
	dialog.open(p, e, w.now())
}

// do does what an action of the catalogue means in this window.
func (w *Window) do(a flow.Action, p *flow.Problem) {
	if deed := w.deeds(p)[a]; deed != nil {
		deed()
	}
}

// deeds says what each action of the catalogue means in this window; p, which
// is nil for a refusal, names the box that a fix is about. Copying, comparing
// and closing are the dialog's own.
func (w *Window) deeds(p *flow.Problem) map[flow.Action]func() {
	if p == nil {
		p = &flow.Problem{}
	}
	field := func(name flow.Field) func() { return func() { w.goField(name) } }
	onPage := func(deed func(*waiting)) func() {
		return func() {
			if w.sitting != nil {
				deed(w.sitting.waiting)
			}
		}
	}
	return map[flow.Action]func(){
		flow.FixDetails:    field(flow.Field(p.Facts["field"])),
		flow.CheckServer:   field(flow.FieldServer),
		flow.CheckClientID: field(flow.FieldClientID),
		flow.ChangeURL:     field(flow.FieldCallback),
		flow.TryAgain:      w.tryAgain,
		flow.RemoveExtras:  w.tryAgain,
		flow.SetToCode:     w.tryAgain,
		flow.StartAgain:    w.tryAgain,
		flow.OtherAccount:  w.tryAgain,
		flow.AskAgain:      w.tryAgain,
		flow.ByHand:        w.goByHand,
		flow.GoOn:          w.goByHand,
		flow.CarryOn:       w.goOnAnyway,
		flow.CheckAgain:    w.look,
		flow.UsePractice:   w.usePractice,
		flow.ChangeServer:  field(flow.FieldServer),
		flow.TypeAgain:     field(flow.FieldServer),
		flow.TypeThemAgain: w.goDetails,
		flow.ProxySettings: w.goProxy,
		flow.MakeNew:       w.makeNewTrust,
		flow.PasteSecret:   field(flow.FieldSecret),
		flow.NewCode:       w.tryAgain,
		flow.SignInAgain:   w.tryAgain,
		flow.OpenAgain:     w.openAgain,
		flow.CopyLink:      w.copyLink,
		flow.KeepWaiting:   w.acts().moreTime,
		flow.BrowserError:  onPage((*waiting).openError),
		flow.PickFromList:  onPage((*waiting).openError),
		flow.PasteAgain:    onPage((*waiting).openByHand),
		flow.SetUpTrust:    w.startAgain, // looks at this computer again, which shows step 2
		flow.FinishDone:    w.goDetails,
		flow.KeepForNow:    w.goDetails,
	}
}

// waits reports whether an attempt is under way.
func (w *Window) waits() bool { return w.sitting != nil && !w.sitting.over() }

// goByHand lets the person paste the answer: on the page that waits, or in an
// attempt that listens to nothing.
func (w *Window) goByHand() {
	if w.waits() {
		w.sitting.waiting.openByHand()
		return
	}
	w.goSignIn(true)
}

func (w *Window) openAgain() {
	if w.waits() {
		w.sitting.attempt.OpenAgain()
		return
	}
	w.begin(true, nil)
}

// tryAgain does again what the problem stopped: the look at this computer, or
// the sign-in.
func (w *Window) tryAgain() {
	switch {
	case w.sitting != nil && w.frame.page != w.computer.page:
		w.startAgain()
	default:
		w.look()
	}
}

// startAgain goes back to just before the browser opens, with everything kept.
func (w *Window) startAgain() { w.stopThen(w.look) }

// stopThen ends the attempt and goes on when nothing of it listens any more.
func (w *Window) stopThen(then func()) {
	s := w.sitting
	if s == nil {
		then()
		return
	}
	s.stop()
	w.watch.run(func(context.Context) { <-s.attempt.Done() }, then)
}

// goField shows the form with one box ready to be changed.
func (w *Window) goField(name flow.Field) {
	if w.sitting != nil {
		w.sitting.stop()
	}
	w.goDetails()
	if f := w.details.fields()[name]; f != nil {
		focus(f.input)
	}
}

// useSaved takes the callback URL that is saved for the app.
func (w *Window) useSaved(callback string) {
	w.details.callback.setText(callback)
	w.goField(flow.FieldCallback)
	w.details.onPrimary()
}
