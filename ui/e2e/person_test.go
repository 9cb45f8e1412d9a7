package e2e

import (
	"bytes"
	"context"
	"io/fs"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"
	"time"
)

// Limits of single steps: generous, as a cold browser on a busy machine of two
// cores takes more than a minute for its first page.
const (
	step      = 90 * time.Second
	firstPage = 4 * time.Minute
)

// person is someone at the desk: our window in front of them, the browser beside it.
type person struct {
	t       *testing.T
	desk    *Desk
	program *Program
	window  *Eye
	page    *Eye
}

// sitDown starts the program on a fresh desk with one browser.
func sitDown(t *testing.T, browser Browser) *person {
	t.Helper()
	desk := deskFor(t)
	p := &person{t: t, desk: desk, page: browse(t, desk, browser)}
	p.start()
	return p
}

// start opens the program's window.
func (p *person) start() {
	p.t.Helper()
	running, err := p.desk.Run(program)
	if err != nil {
		p.t.Fatal(err)
	}
	p.program, p.window = running, p.desk.Eye("Grant Helper")
	p.t.Cleanup(p.stop)
}

// stop ends the program and reads what it complained about; again is harmless.
func (p *person) stop() {
	p.t.Helper()
	pictureIfFailed(p.t, p.desk)
	if err := p.program.Stop(); err != nil {
		p.t.Error(err)
	}
	output := p.program.Output()
	if strings.Contains(output, "Error in Fyne call thread") {
		p.t.Errorf("the window was touched from a wrong thread:\n%s", output)
	}
	if p.t.Failed() {
		p.t.Logf("the program printed:\n%s", output)
	}
}

// sees waits until the words can be read there.
func (p *person) sees(eye *Eye, words ...string) {
	p.t.Helper()
	for _, phrase := range words {
		if _, err := eye.See(p.within(step), phrase); err != nil {
			p.t.Fatal(err)
		}
	}
}

// clicks clicks each phrase once it can be read.
func (p *person) clicks(eye *Eye, phrases ...string) {
	p.t.Helper()
	for _, phrase := range phrases {
		if err := eye.Click(p.within(step), phrase); err != nil {
			p.t.Fatal(err)
		}
	}
}

func (p *person) presses(eye *Eye, keys ...string) {
	p.t.Helper()
	if err := eye.Key(p.within(step), keys...); err != nil {
		p.t.Fatal(err)
	}
}

func (p *person) within(limit time.Duration) context.Context {
	p.t.Helper()
	return within(p.t, limit)
}

// keeps a picture for the product's pages, only when make pictures asks for it.
func (p *person) keeps(eye *Eye, name string) {
	p.t.Helper()
	if *pictures == "" {
		return
	}
	if err := eye.Shot(filepath.Join(*pictures, name+".png")); err != nil {
		p.t.Error(err)
	}
}

// reachesTheFirstPage waits for the practice sign-in page, and never for a
// certificate warning: a person must not even see one.
func (p *person) reachesTheFirstPage() {
	p.t.Helper()
	if _, err := p.page.See(p.within(firstPage), "Who are you today?"); err != nil {
		p.t.Fatal(err)
	}
	words, err := p.page.Words(p.within(step))
	if err != nil {
		p.t.Fatal(err)
	}
	for _, warning := range []string{"Your connection is not private", "Not secure", "Warning: Potential Security Risk"} {
		if strings.Contains(fold(strings.Join(words, "")), fold(warning)) {
			p.t.Errorf("the browser warns: %q", words)
		}
	}
}

// fromWelcomeToBrowser is the way a first start takes: four clicks.
func (p *person) fromWelcomeToBrowser() {
	p.t.Helper()
	p.sees(p.window, "Practise first")
	p.keeps(p.window, "1-welcome")
	p.clicks(p.window, "Practise first")
	p.sees(p.window, "Check and continue")
	p.keeps(p.window, "2-details")
	p.clicks(p.window, "Check and continue")
	p.sees(p.window, "Set it up")
	p.keeps(p.window, "3-this-computer")
	p.clicks(p.window, "Set it up")
	p.sees(p.window, "Open sign-in page")
	p.keeps(p.window, "4-sign-in")
	p.clicks(p.window, "Open sign-in page")
	p.reachesTheFirstPage()
}

// signsIn picks one of the practice people and answers, if there is a question.
func (p *person) signsIn(name, answer string) {
	p.t.Helper()
	p.clicks(p.page, name)
	if answer != "" {
		p.clicks(p.page, answer)
	}
}

var codeForm = regexp.MustCompile(`^[0-9a-f]{256}$`)

// copiesTheCode clicks "Copy code" and looks at what would be pasted.
func (p *person) copiesTheCode() {
	p.t.Helper()
	p.clicks(p.window, "Copy code")
	ctx := p.within(step)
	for {
		text, err := p.desk.Screen.Clipboard()
		if err != nil {
			p.t.Fatal(err)
		}
		if codeForm.MatchString(text) {
			return
		}
		select {
		case <-ctx.Done():
			p.t.Fatalf("the clipboard holds %d characters that are not a code of 256 hexadecimal digits", len(text))
		case <-time.After(100 * time.Millisecond): // the clipboard tells nobody when it changes
		}
	}
}

// atMost counts the clicks so far, as the product promises them.
func (p *person) atMost(eye *Eye, limit int, where string) {
	p.t.Helper()
	if eye.Clicks > limit {
		p.t.Errorf("%d clicks in the %s, want %d at most", eye.Clicks, where, limit)
	}
}

// scrollsDown turns the wheel over our window: the form is longer than it.
func (p *person) scrollsDown() {
	p.t.Helper()
	if err := p.window.Scroll(p.within(step), 15); err != nil {
		p.t.Fatal(err)
	}
}

// types replaces what stands in the box beside a label.
func (p *person) types(label, text string) {
	p.t.Helper()
	const fromLabelToBox = 180 // the labels' column and a little of the box, in pixels
	if err := p.window.ClickBeside(p.within(step), label, fromLabelToBox); err != nil {
		p.t.Fatal(err)
	}
	p.presses(p.window, "ctrl+a")
	if err := p.window.Type(p.within(step), text); err != nil {
		p.t.Fatal(err)
	}
}

// filesHolding lists the files of the home folder that hold the words.
func (d *Desk) filesHolding(t *testing.T, words string) []string {
	t.Helper()
	var found []string
	err := filepath.WalkDir(d.Home, func(path string, entry fs.DirEntry, err error) error {
		if err != nil || !entry.Type().IsRegular() {
			return nil // a browser's file may vanish under the walk
		}
		if data, err := os.ReadFile(path); err == nil && bytes.Contains(data, []byte(words)) {
			found = append(found, path)
		}
		return nil
	})
	if err != nil {
		t.Error(err)
	}
	return found
}
