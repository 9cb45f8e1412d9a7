package ui

import (
	"context"
	"net/netip"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// world is all that lies outside the window, played by the test: what it
// answers, and what it was asked.
type world struct {
	t      *testing.T
	mu     sync.Mutex
	posted queue
	window *Window

	notices chan flow.Notice // what the listener of the moment notices
	busy    error            // what listening fails with
	report  flow.TrustReport
	refused error // what installing fails with
	greet   error // what the server's first contact fails with
	page    flow.Page
	stores  chan struct{} // the browsers' lists are read when it is closed; nil: at once
	slow    chan struct{} // the server answers when it is closed; nil: at once
	proxies []string      // the proxies that were asked for
	unread  error         // what loading the saved details fails with
	vault   map[string]string
	locked  error // what the password store fails with
	saved   flow.Saved
	opened  []string // addresses the browser was asked for
	resets  int      // times the practice people were reset
	stopped int      // times the practice server was stopped
}

var _ = []any{flow.Listener(&world{}), flow.Network(&world{}), flow.Trust(&world{}), Vault(&world{}), Memory(&world{})}

// newWorld makes a world in which nothing is set up yet, and its window.
func newWorld(t *testing.T, change ...func(*world)) *world {
	t.Helper()
	w := &world{t: t, posted: make(queue, 100), vault: map[string]string{}, report: flow.TrustReport{Places: []flow.TrustPlace{{Browser: "Chromium"}}}}
	for _, f := range change {
		f(w)
	}
	app := test.NewTempApp(t)
	// Before the window: Fyne's test app applies a theme from a goroutine of
	// its own, to whatever window is there.
	test.ApplyTheme(t, savedLook(w.saved))
	w.window = newWindow(app, Config{
		Version: "1.2.3", Listener: w, Network: func(proxy string) flow.Network { w.proxies = append(w.proxies, proxy); return w }, Trust: w, Vault: w, Memory: w,
		Browser: func(_ context.Context, address string) error {
			w.mu.Lock()
			w.opened = append(w.opened, address)
			w.mu.Unlock()
			w.posted.post(func() {})
			return nil
		},
		Practice: Practice{
			ClientID: "app_20012345_1424390400000", Callback: "https://localhost:8443/callback",
			Start: func(context.Context) (PracticeServer, error) {
				return PracticeServer{Address: "https://localhost:9443", Secret: flow.Conceal("practice-secret"), Reset: func() { w.resets++ }}, nil
			},
			Stop: func() error { w.stopped++; return nil },
		},
	}, w.posted.post)
	w.window.now = func() time.Time { return noon }
	w.window.window.Resize(windowSize)
	t.Cleanup(func() {
		if s := w.window.sitting; s != nil {
			s.stop()
			w.drain(s.attempt.Done())
		}
	})
	return w
}

func (w *world) Probe(context.Context, *url.URL) (bool, error) { return true, w.busy }

func (w *world) Listen(context.Context, flow.Site) (flow.Visit, error) {
	if w.busy != nil {
		return nil, w.busy
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	w.notices = make(chan flow.Notice, 10)
	return &stay{w.notices}, nil
}

func (w *world) Lookup(context.Context, string) ([]netip.Addr, error) {
	return []netip.Addr{netip.MustParseAddr("127.0.0.1")}, nil
}

func (w *world) Greet(ctx context.Context, _ string) (flow.Greeting, error) {
	if w.slow != nil {
		select {
		case <-w.slow:
		case <-ctx.Done():
		}
	}
	return flow.Greeting{Issuer: "Example CA"}, w.greet
}

func (w *world) Ask(context.Context, string) (flow.Page, error) { return w.page, nil }

type stay struct{ notices chan flow.Notice }

func (s *stay) StartURL() string            { return "https://localhost:8443/start/ticket" }
func (s *stay) Notices() <-chan flow.Notice { return s.notices }
func (s *stay) Close() error                { return nil }

func (w *world) Check(ctx context.Context) (flow.TrustReport, error) {
	if w.stores != nil {
		select {
		case <-w.stores:
		case <-ctx.Done():
		}
	}
	return w.report, nil
}

func (w *world) Install(context.Context) (flow.TrustReport, error) {
	if w.refused == nil {
		w.report = flow.TrustReport{
			Exists: true, Fingerprint: "AB:CD", Expires: noon.AddDate(1, 0, 0),
			Places: []flow.TrustPlace{{Browser: "Chromium", Trusted: true}},
		}
	}
	return w.report, w.refused
}

func (w *world) Remove(context.Context) (flow.TrustReport, error) {
	w.report = flow.TrustReport{Places: []flow.TrustPlace{{Browser: "Chromium"}}}
	return w.report, nil
}

func (w *world) Keep(_ context.Context, name string, secret flow.Secret) error {
	if w.locked == nil {
		w.vault[name] = secret.Reveal()
	}
	return w.locked
}

func (w *world) Fetch(_ context.Context, name string) (flow.Secret, error) {
	text, kept := w.vault[name]
	if !kept {
		return flow.Secret{}, flow.ErrNoSecret
	}
	return flow.Conceal(text), w.locked
}

func (w *world) Forget(_ context.Context, name string) error { delete(w.vault, name); return nil }

func (w *world) Load() (flow.Saved, error) { return w.saved, w.unread }

func (w *world) Save(s flow.Saved) error {
	w.mu.Lock()
	w.saved = s
	w.mu.Unlock()
	w.posted.post(func() {}) // wakes the test, which may wait for just this
	return nil
}

// until does what is posted to the window's goroutine until it has come to
// what the test waits for.
func (w *world) until(what string, done func() bool) {
	w.t.Helper()
	limit := time.After(20 * time.Second)
	for !done() {
		select {
		case f := <-w.posted:
			f()
		case <-limit:
			w.t.Fatalf("waited 20 s for %s; the window says:\n%s", what, everyText(w.window.frame))
		}
	}
}

// drain does what is posted until something outside has ended.
func (w *world) drain(ended <-chan struct{}) {
	limit := time.After(20 * time.Second)
	for {
		select {
		case f := <-w.posted:
			f()
		case <-ended:
			return
		case <-limit:
			w.t.Error("waited 20 s for the attempt's end")
			return
		}
	}
}

// sees waits until the page shown has this heading.
func (w *world) sees(title string) {
	w.t.Helper()
	w.until("the page "+title, func() bool { return w.window.frame.page.title == title })
}

// dialog waits for a dialog with this title.
func (w *world) dialog(title string) {
	w.t.Helper()
	w.until("the dialog "+title, func() bool {
		var all strings.Builder
		for _, o := range w.window.window.Canvas().Overlays().List() {
			collectText(o, &all)
		}
		return strings.Contains(all.String(), title)
	})
}

// press presses the button with these words, wherever it is shown: on the
// dialog on top if there is one, else in the window.
func (w *world) press(words string) {
	w.t.Helper()
	root := w.window.window.Canvas().Content()
	if top := w.window.window.Canvas().Overlays().Top(); top != nil {
		root = top
	}
	var found fyne.Tappable
	walk(root, func(o fyne.CanvasObject) {
		switch o := o.(type) {
		case *button:
			if o.Text == words && o.Visible() && !o.Disabled() {
				found = o
			}
		case *press:
			if o.name() == words && o.Visible() && !o.Disabled() {
				found = o
			}
		}
	})
	if found == nil {
		w.t.Fatalf("no button %q; the window says:\n%s", words, everyText(w.window.frame))
	}
	found.Tapped(&fyne.PointEvent{})
}

// walk visits what is visible.
func walk(o fyne.CanvasObject, visit func(fyne.CanvasObject)) {
	if o == nil || !o.Visible() {
		return
	}
	visit(o)
	switch o := o.(type) {
	case *fyne.Container:
		for _, child := range o.Objects {
			walk(child, visit)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			walk(child, visit)
		}
	}
}

// answers lets the browser come back with a query.
func (w *world) answers(level flow.Level, query string) {
	w.t.Helper()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.notices <- flow.Notice{Kind: flow.AnswerCame, At: noon, Arrival: &flow.Arrival{
		Answer: flow.ConnectionsCloud.ReadAnswer(query), Level: level, Digits: "407", At: noon,
	}}
}
