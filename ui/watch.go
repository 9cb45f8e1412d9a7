package ui

import (
	"context"
	"sync"
	"time"

	"fyne.io/fyne/v2"
)

// watch is the only door between the goroutine of the window and all others.
//
// Rules: every go statement and every fyne.Do of this package is in this
// file, which a test checks. Work runs outside and gets a context; what it
// found is shown inside, by a function handed to post. Nothing here waits for
// the window (fyne.DoAndWait from the window would never return). After cancel
// nothing more is shown, and work.Wait returns when nothing is under way.
type watch struct {
	ctx    context.Context
	cancel context.CancelFunc
	post   func(func())
	work   sync.WaitGroup
}

// newWatch makes a watch that lives until cancel or the end of ctx. post brings
// a function to the goroutine of the window: fyne.Do in the program (nil means
// that), a queue in tests.
func newWatch(ctx context.Context, post func(func())) *watch {
	if post == nil {
		post = fyne.Do
	}
	w := &watch{post: post}
	w.ctx, w.cancel = context.WithCancel(ctx)
	return w
}

// run does work outside and then, if the watch still runs, shows inside.
func (w *watch) run(work func(context.Context), then func()) {
	w.start(func() {
		work(w.ctx)
		w.show(then)
	})
}

// tick shows every so often until ctx or the watch ends.
func (w *watch) tick(ctx context.Context, every time.Duration, show func()) {
	w.start(func() {
		beat := time.NewTicker(every)
		defer beat.Stop()
		for {
			select {
			case <-beat.C:
				w.show(show)
			case <-ctx.Done():
				return
			case <-w.ctx.Done():
				return
			}
		}
	})
}

// watchEvents shows every value of a channel in order, and then, when the
// channel is closed, calls end (which may be nil).
func watchEvents[T any](w *watch, events <-chan T, show func(T), end func()) {
	w.start(func() {
		for {
			select {
			case event, open := <-events:
				if !open {
					w.show(end)
					return
				}
				w.show(func() { show(event) })
			case <-w.ctx.Done():
				return
			}
		}
	})
}

// aside does work that nobody waits for, not even the end of the program.
func (w *watch) aside(work func()) { go work() }

func (w *watch) start(work func()) {
	w.work.Add(1)
	go func() {
		defer w.work.Done()
		work()
	}()
}

// show posts f, which does nothing if the watch has ended meanwhile.
func (w *watch) show(f func()) {
	if f == nil {
		return
	}
	w.post(func() {
		if w.ctx.Err() == nil {
			f()
		}
	})
}
