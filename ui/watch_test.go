package ui

import (
	"context"
	"go/ast"
	"testing"
	"testing/synctest"
	"time"
)

// queue stands for the goroutine of the window: what is posted waits until
// the test drains it.
type queue chan func()

func (q queue) post(f func()) { q <- f }

// next does the next thing posted.
func (q queue) next() { (<-q)() }

func TestPackage_OnlyWatchStartsGoroutines(t *testing.T) {
	set, files := source(t)
	found := 0
	for name, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			what := ""
			switch n := n.(type) {
			case *ast.GoStmt:
				what = "go statement"
			case *ast.SelectorExpr:
				if pkg, ok := n.X.(*ast.Ident); ok && pkg.Name == "fyne" && (n.Sel.Name == "Do" || n.Sel.Name == "DoAndWait") {
					what = "fyne." + n.Sel.Name
				}
			}
			switch {
			case what == "fyne.DoAndWait":
				t.Errorf("%s: %s, which never returns on the window's own goroutine", set.Position(n.Pos()), what)
			case what != "" && name != "watch.go":
				t.Errorf("%s: %s outside watch.go", set.Position(n.Pos()), what)
			case what != "":
				found++
			}
			return true
		})
	}
	if found == 0 {
		t.Error("nothing found in watch.go: the search is broken")
	}
}

func TestWatch_ShowsAResultInside(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := make(queue, 8)
		w := newWatch(context.Background(), q.post)
		answer, shown := 0, false
		w.run(func(context.Context) { answer = 42 }, func() { shown = true })
		synctest.Wait()
		if shown {
			t.Fatal("shown before the window took it from the queue")
		}
		q.next()
		if !shown || answer != 42 {
			t.Errorf("shown %v with %d, want true with 42", shown, answer)
		}
	})
}

func TestWatch_ShowsNothingAfterItsEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := make(queue, 8)
		w := newWatch(context.Background(), q.post)
		shown := false
		w.run(func(context.Context) {}, func() { shown = true })
		w.run(func(ctx context.Context) { <-ctx.Done() }, func() { shown = true })
		synctest.Wait() // the first has posted, the second waits for the end
		w.cancel()
		w.work.Wait()
		for len(q) > 0 {
			q.next()
		}
		if shown {
			t.Error("something was shown after the end")
		}
	})
}

func TestWatch_TicksUntilItsContextEnds(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := make(queue, 8)
		w := newWatch(context.Background(), q.post)
		ctx, cancel := context.WithCancel(context.Background())
		beats := 0
		w.tick(ctx, time.Second, func() { beats++ })
		start := time.Now()
		for range 3 {
			q.next()
		}
		if got := time.Since(start); beats != 3 || got != 3*time.Second {
			t.Errorf("%d beats in %v, want 3 in 3s", beats, got)
		}
		cancel()
		w.work.Wait()
	})
}

func TestWatchEvents_ShowsAllInOrderThenTheEnd(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := make(queue, 8)
		w := newWatch(context.Background(), q.post)
		events := make(chan int, 3)
		for i := range 3 {
			events <- i
		}
		close(events)
		var seen []int
		ended := false
		watchEvents(w, events, func(i int) { seen = append(seen, i) }, func() { ended = true })
		for !ended {
			q.next()
		}
		if len(seen) != 3 || seen[0] != 0 || seen[1] != 1 || seen[2] != 2 {
			t.Errorf("seen %v, want [0 1 2]", seen)
		}
	})
}
