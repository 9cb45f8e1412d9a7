package flow

import (
	"context"
	"crypto/rand"
	"log/slog"
	"time"
)

// Config is what an attempt needs. Zero values are given with each field.
type Config struct {
	Request  Request
	Practice bool // the pages say that nothing is real
	// ByHand waits for a pasted address instead of listening: when the port or
	// the certificate cannot be had, or the callback leads to another computer.
	ByHand bool
	// LinkOnly does not open the browser at the start: the person takes the link
	// elsewhere. OpenAgain opens it all the same.
	LinkOnly bool
	// Strict refuses every answer that is not from the very tab that started,
	// instead of asking the person.
	Strict bool

	Listener    Listener                                        // required unless ByHand
	OpenBrowser func(ctx context.Context, address string) error // required; an error means that no browser started
	Log         *slog.Logger                                    // nil is silence
	Wait        time.Duration                                   // how long to wait before asking whether to go on; 0 is ten minutes
	Wall        func() time.Time                                // what the clock on the wall says; nil is [time.Now]
}

// How long things take before the tool says something (UX 3.5).
const (
	defaultWait = 10 * time.Minute
	contactTime = 10 * time.Second // without a browser by then: "Do you see the page?"
	quietAfter  = time.Minute      // "Is the page still open?"
	beatEvery   = 15 * time.Second // how often the two clocks are compared
	sleptAfter  = time.Minute      // how far apart they are when this computer slept
	tooFast     = 2 * time.Second  // a code that came sooner after the browser: nobody was asked
	hardStop    = 60 * time.Minute // the attempt ends whatever happens
)

// Attempt is one sign-in on its way.
type Attempt struct {
	events chan Event
	wishes chan wish
	stop   context.CancelFunc
	done   chan struct{}
}

// Start begins an attempt and returns at once. Cancelling ctx cancels it.
func Start(ctx context.Context, c Config) *Attempt {
	ctx, stop := context.WithCancel(ctx)
	a := &Attempt{events: make(chan Event, 1), wishes: make(chan wish), stop: stop, done: make(chan struct{})}
	go newRun(ctx, c, a).main()
	return a
}

// Events streams the attempt's whole state, newest first served: a reader that
// is slow misses states in between, never the last one, after which the
// channel is closed.
func (a *Attempt) Events() <-chan Event { return a.events }

// Done is closed when the attempt is over and nothing of it listens any more.
func (a *Attempt) Done() <-chan struct{} { return a.done }

// Cancel stops the attempt. It returns at once; the last event follows.
func (a *Attempt) Cancel() { a.stop() }

// wish is something the person wants of a running attempt.
type wish func(*run)

// tell hands a wish to the goroutine that owns the state, unless it has ended.
func (a *Attempt) tell(w wish) {
	select {
	case a.wishes <- w:
	case <-a.done:
	}
}

// OpenAgain opens the sign-in page once more, by a fresh link.
func (a *Attempt) OpenAgain() { go a.tell((*run).openBrowser) }

// MoreTime moves the deadline to a full wait from now, within the hour.
func (a *Attempt) MoreTime() { go a.tell((*run).moreTime) }

// Link asks for a fresh address that starts this sign-in in any browser of
// this computer; the attempt hands it to take. Take is called at most once.
func (a *Attempt) Link(take func(address string)) {
	go a.tell(func(r *run) { take(r.link()) })
}

// Paste offers the address the browser ended at, as the person copied it.
func (a *Attempt) Paste(text string) { go a.tell(func(r *run) { r.pasted(text) }) }

// Confirm answers the question of a Confirming attempt: yes, that was me. With
// digits asked for, digits are what the person read in the browser.
func (a *Attempt) Confirm(digits string) { go a.tell(func(r *run) { r.confirm(digits) }) }

// Disown answers the question with no: the held answers are dropped and the
// attempt goes on waiting.
func (a *Attempt) Disown() { go a.tell((*run).disown) }

// Report ends the attempt with a problem that the person saw in the browser.
func (a *Attempt) Report(p *Problem) { go a.tell(func(r *run) { r.reported(p) }) }

// newRef draws a reference that people can read to each other: no letters or
// digits that look alike.
func newRef() string {
	const alphabet = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"
	b := make([]byte, 4)
	_, _ = rand.Read(b) // never fails since Go 1.24
	for i := range b {
		b[i] = alphabet[int(b[i])%len(alphabet)]
	}
	return "CG-" + string(b)
}
