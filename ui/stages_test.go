package ui

import (
	"strings"
	"testing"
	"time"

	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/canvas"
	"fyne.io/fyne/v2/test"
	"fyne.io/fyne/v2/widget"
)

// noon is the moment at which every picture is taken.
var noon = time.Date(2026, time.November, 22, 10, 21, 42, 0, time.UTC)

// theCode is a code as it could come; no picture may show more than its ends.
const theCode = "Kf3aQ7vR2mXw8bTn4cYz6dLp1sHj5gUe0iOa3k_9Qx2"

var theRequest = flow.Request{
	Server: flow.ConnectionsCloud, Address: "https://apps.example.com",
	ClientID: "app_20012345_1424390400000", Callback: "https://localhost:8443/callback",
}

// atBrowser is an attempt of 42 seconds whose page has been opened.
func atBrowser() flow.Event {
	return flow.Event{
		Ref: "CG-7F3A", Step: flow.AtBrowser, Request: theRequest, Contact: true,
		Started: noon.Add(-42 * time.Second), Since: noon.Add(-42 * time.Second), Deadline: noon.Add(10 * time.Minute),
	}
}

func gotCode() flow.Event {
	e := atBrowser()
	e.Step = flow.Done
	e.Result = &flow.Result{Code: flow.Conceal(theCode), At: noon.Add(-12 * time.Second), Waited: 30 * time.Second, CodeAge: 10}
	e.Timeline = []flow.Happening{
		{At: noon.Add(-42 * time.Second), Who: flow.ThisTool, What: "listening", Facts: flow.Facts{"callback": theRequest.Callback}},
		{At: noon.Add(-41 * time.Second), Who: flow.Browser, What: "contact"},
		{At: noon.Add(-12 * time.Second), Who: flow.Browser, What: "answer", Facts: flow.Facts{"level": "A"}},
		{At: noon.Add(-12 * time.Second), Who: flow.ThisTool, What: "done"},
	}
	return e
}

// asking is an attempt whose answer only the person can vouch for.
func asking(q flow.Question) flow.Event {
	e := atBrowser()
	e.Step = flow.Confirming
	q.At = noon.Add(-8 * time.Second)
	e.Asking = &q
	return e
}

// failed is an attempt that ended with a problem the person told of.
func failed(code flow.Code) flow.Event {
	e := atBrowser()
	e.Step = flow.Failed
	e.Problem = &flow.Problem{Code: code, Step: flow.AtBrowser, ByUser: true, Facts: flow.Facts{"callback": e.Request.Callback}}
	return e
}

// calls notes what the screens asked for, in order.
type calls struct {
	list      []string
	clipboard string
	action    flow.Action
	problem   *flow.Problem
	text      string
}

func (c *calls) note(name string) func() {
	return func() { c.list = append(c.list, name) }
}

func (c *calls) last() string {
	if len(c.list) == 0 {
		return ""
	}
	return c.list[len(c.list)-1]
}

// actions gives every handler; all of them only take notes.
func (c *calls) actions() *signInActions {
	text := func(name string) func(string) {
		return func(s string) { c.text = s; c.note(name)() }
	}
	return &signInActions{
		back: c.note("back"), openPage: c.note("openPage"), copyPage: c.note("copyPage"),
		openAgain: c.note("openAgain"), copyLink: c.note("copyLink"), showLink: c.note("showLink"),
		stopWaiting: c.note("stopWaiting"), moreTime: c.note("moreTime"),
		paste:        func() string { return c.clipboard },
		readError:    theRequest.ReadError,
		report:       func(p *flow.Problem) { c.problem = p; c.note("report")() },
		pasteAddress: text("pasteAddress"),
		help:         func(p *flow.Problem) { c.problem = p; c.note("help")() },
		do:           func(a flow.Action, p *flow.Problem) { c.action, c.problem = a, p; c.note("do")() },
		confirm:      text("confirm"), disown: c.note("disown"), startAgain: c.note("startAgain"),
		copyCode: c.note("copyCode"), copyText: text("copyText"), useSaved: text("useSaved"),
		relayout: func() {},
	}
}

// newStill makes a frame in which nothing moves by itself, as large as the
// window opens, in a look.
func newStill(t *testing.T, l look) (*frame, *calls, *signInActions) {
	t.Helper()
	dress(t, l)
	f := newTestFrame(t, nil)
	f.band.show(modePractice, "")
	f.window.Resize(windowSize)
	noted := &calls{}
	do := noted.actions()
	do.relayout = f.relayout
	return f, noted, do
}

// picture compares the window with the picture that is kept of it.
func picture(t *testing.T, f *frame, name string) {
	t.Helper()
	f.relayout()
	test.AssertImageMatches(t, name+".png", f.window.Canvas().Capture())
}

// everyText is every text in the window, hidden ones included.
func everyText(f *frame) string {
	var all strings.Builder
	collectText(f.window.Canvas().Content(), &all)
	for _, o := range f.window.Canvas().Overlays().List() {
		collectText(o, &all)
	}
	return all.String()
}

func collectText(o fyne.CanvasObject, all *strings.Builder) {
	switch o := o.(type) {
	case *canvas.Text:
		all.WriteString(o.Text + "\n")
	case *widget.RichText:
		all.WriteString(o.String() + "\n")
	case *widget.Label:
		all.WriteString(o.Text + "\n")
	case *fyne.Container:
		for _, child := range o.Objects {
			collectText(child, all)
		}
	case fyne.Widget:
		for _, child := range test.WidgetRenderer(o).Objects() {
			collectText(child, all)
		}
	}
}

// buttonNamed finds a button by its words, in the question on top if there is
// one, and fails the test when it is not there to be pressed.
func buttonNamed(t *testing.T, f *frame, words string) *button {
	t.Helper()
	from := f.window.Canvas().Content()
	if top := f.window.Canvas().Overlays().Top(); top != nil {
		from = top
	}
	found := findButton(from, words)
	if found == nil {
		t.Fatalf("there is no button %q to press", words)
	}
	return found
}

func findButton(o fyne.CanvasObject, words string) *button {
	if !o.Visible() {
		return nil
	}
	var children []fyne.CanvasObject
	switch o := o.(type) {
	case *button:
		if o.Text == words {
			return o
		}
	case *fyne.Container:
		children = o.Objects
	case fyne.Widget:
		children = test.WidgetRenderer(o).Objects()
	}
	for _, child := range children {
		if found := findButton(child, words); found != nil {
			return found
		}
	}
	return nil
}
