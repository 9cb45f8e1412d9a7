package main

import (
	"bufio"
	"context"
	"errors"
	"image"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"granthelper/ui/e2e"
)

// signIns is how many sign-ins the time to repaint is taken from.
const signIns = 5

// signIn measures the processor time while the window waits for the browser,
// against the smallest window doing nothing at the same moment, and the time
// from the answer coming in to the window showing it.
func (b *bench) signIn(ctx context.Context) error {
	opened, err := b.standIn()
	if err != nil {
		return err
	}
	defer opened.Close()
	addresses := bufio.NewReader(opened)
	var repaints []float64
	for run := range signIns {
		took, err := b.oneSignIn(ctx, addresses, run == 0)
		if err != nil {
			return err
		}
		repaints = append(repaints, float64(took.Microseconds()))
	}
	b.report.span("answer arriving to the window repainted", time.Duration(median(repaints))*time.Microsecond, limitRepaint)
	return nil
}

// standIn makes xdg-open hand the address over to us.
func (b *bench) standIn() (*os.File, error) {
	pipe := filepath.Join(b.desk.Home, "opened")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		return nil, err
	}
	// Open for both, so that opening does not wait for the first address.
	opened, err := os.OpenFile(pipe, os.O_RDWR, 0)
	if err != nil {
		return nil, err
	}
	return opened, b.desk.UseCommand("sh", "-c", `printf '%s\n' "$1" >"$HOME/opened"`, "sh")
}

func (b *bench) oneSignIn(ctx context.Context, addresses *bufio.Reader, first bool) (time.Duration, error) {
	program, _, err := b.paint(ctx, b.helper)
	if err != nil {
		return 0, err
	}
	defer func() { _ = program.Stop() }()
	if err := b.toBrowser(ctx, first); err != nil {
		return 0, err
	}
	v, err := newVisitor()
	if err != nil {
		return 0, err
	}
	start, err := startAddress(ctx, v, addresses)
	if err != nil {
		return 0, err
	}
	grant, err := v.signIn(ctx, start)
	if err != nil {
		return 0, err
	}
	if first {
		if err := b.waiting(ctx, program); err != nil {
			return 0, err
		}
	}
	callback, err := grant()
	if err != nil {
		return 0, err
	}
	return b.repaint(ctx, v, callback)
}

// toBrowser clicks the way to the browser; a first start has four steps.
func (b *bench) toBrowser(ctx context.Context, first bool) error {
	window := b.desk.Eye(b.helper.title)
	steps := []string{"Check and continue", "Open sign-in page"}
	if first {
		steps = []string{"Practise first", "Check and continue", "Set it up", "Open sign-in page"}
	}
	for _, words := range steps {
		step, cancel := context.WithTimeout(ctx, time.Minute)
		err := window.Click(step, words)
		cancel()
		if err != nil {
			return err
		}
	}
	return nil
}

// startAddress takes what xdg-open was asked to open until it is the start page.
func startAddress(ctx context.Context, v *visitor, addresses *bufio.Reader) (string, error) {
	lines := make(chan string, 1)
	go func() {
		defer close(lines)
		for {
			line, err := addresses.ReadString('\n')
			if err != nil {
				return
			}
			lines <- strings.TrimSpace(line)
			if strings.Contains(line, "/start/") {
				return
			}
		}
	}()
	for {
		select {
		case address, ok := <-lines:
			if !ok {
				return "", errors.New("the pipe of the browser's stand-in ended")
			}
			if strings.Contains(address, "/start/") {
				return address, nil
			}
			if _, _, err := v.get(ctx, address); err != nil {
				return "", err
			}
		case <-time.After(time.Minute):
			return "", errors.New("no browser was opened within a minute")
		}
	}
}

// waiting watches both programs at the same time: with the browser in front,
// as it is while a person signs in, and with our window in front, as it is
// while a person watches the clock. The smallest window plays the browser.
func (b *bench) waiting(ctx context.Context, helper *e2e.Program) error {
	smallest, _, err := b.paint(ctx, b.smallest)
	if err != nil {
		return err
	}
	defer func() { _ = smallest.Stop() }()
	for _, part := range []struct{ front, what string }{
		{b.smallest.title, "processor time while the browser is in front"},
		{b.helper.title, "processor time while our window is in front"},
	} {
		if err := b.desk.Eye(part.front).Raise(ctx); err != nil {
			return err
		}
		time.Sleep(settled)
		shares, err := b.shares(smallest.PID(), helper.PID())
		if err != nil {
			return err
		}
		b.report.ratio(part.what, shares[1], shares[0], "%", limitWaiting)
	}
	return nil
}

// shares gives the part of a processor that each program takes, in percent.
func (b *bench) shares(pids ...int) ([]float64, error) {
	times := func() ([]time.Duration, error) {
		var all []time.Duration
		for _, pid := range pids {
			one, err := processorTime(pid)
			if err != nil {
				return nil, err
			}
			all = append(all, one)
		}
		return all, nil
	}
	before, err := times()
	if err != nil {
		return nil, err
	}
	time.Sleep(b.watch)
	after, err := times()
	if err != nil {
		return nil, err
	}
	var shares []float64
	for i := range pids {
		shares = append(shares, 100*float64(after[i]-before[i])/float64(b.watch))
	}
	return shares, nil
}

// repaint delivers the answer and watches the window: the page of the result
// changes far more of it than the clock of the page that waits.
func (b *bench) repaint(ctx context.Context, v *visitor, callback string) (time.Duration, error) {
	const changed = 0.02 // of the pixels
	window, err := b.desk.Screen.Find(b.helper.title)
	if err != nil {
		return 0, err
	}
	before, err := b.desk.Screen.Picture(window.Area)
	if err != nil {
		return 0, err
	}
	delivered := make(chan error, 1)
	began := time.Now()
	go func() { delivered <- v.deliver(ctx, callback) }()
	for time.Since(began) < 20*time.Second {
		picture, err := b.desk.Screen.Picture(window.Area)
		if err != nil {
			return 0, err
		}
		took := time.Since(began)
		if difference(before, picture) > changed {
			return took, <-delivered
		}
		pause()
	}
	return 0, errors.Join(errors.New("the window did not change within 20 s of the answer"), <-delivered)
}

// difference is the part of the pixels that are not the same.
func difference(a, b *image.RGBA) float64 {
	if len(a.Pix) != len(b.Pix) {
		return 1
	}
	differ := 0
	for i := 0; i < len(a.Pix); i += 4 {
		if [3]byte(a.Pix[i:i+3]) != [3]byte(b.Pix[i:i+3]) {
			differ++
		}
	}
	return 4 * float64(differ) / float64(len(a.Pix))
}
