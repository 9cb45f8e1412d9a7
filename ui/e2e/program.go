package e2e

import (
	"bytes"
	"fmt"
	"os/exec"
	"sync"
	"syscall"
	"time"
)

// Program is a program that runs on a desk.
type Program struct {
	command *exec.Cmd
	ended   chan struct{}
	err     error // how it ended; set before ended is closed
	output  log
}

// log collects what a program prints while others may read it.
type log struct {
	mu   sync.Mutex
	text bytes.Buffer
}

// Write adds to the log.
func (l *log) Write(p []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.text.Write(p)
}

// Run starts a program on the desk; the desk's Close ends it at the latest.
func (d *Desk) Run(path string, arguments ...string) (*Program, error) {
	p := &Program{command: exec.Command(path, arguments...), ended: make(chan struct{})}
	p.command.Env = d.Env
	p.command.Dir = d.Home
	p.command.Stdout, p.command.Stderr = &p.output, &p.output
	// A browser it opened holds on to its output and would keep Wait from returning.
	p.command.WaitDelay = time.Second
	if err := p.command.Start(); err != nil {
		return nil, fmt.Errorf("starting %s: %w", path, err)
	}
	go func() {
		p.err = p.command.Wait()
		close(p.ended)
	}()
	d.programs = append(d.programs, p)
	return p, nil
}

// PID is the program's process number.
func (p *Program) PID() int { return p.command.Process.Pid }

// Output is everything it printed so far, errors too.
func (p *Program) Output() string {
	p.output.mu.Lock()
	defer p.output.mu.Unlock()
	return p.output.text.String()
}

// Ended is closed once the program has ended.
func (p *Program) Ended() <-chan struct{} { return p.ended }

// endLimit is how long a program may take to end: a page in the browser that
// still waits for its verdict gets five seconds, and a busy machine some more.
const endLimit = 15 * time.Second

// Stop asks the program to end, as a session does that is logged out. One that
// takes longer than endLimit is an error: it is made to print what each of its
// goroutines does, and killed. Stop may be called again.
func (p *Program) Stop() error {
	_ = p.command.Process.Signal(syscall.SIGTERM)
	if p.endsWithin(endLimit) {
		return nil
	}
	_ = p.command.Process.Signal(syscall.SIGQUIT)
	if !p.endsWithin(endLimit) {
		_ = p.command.Process.Kill()
		<-p.ended
	}
	return fmt.Errorf("%s did not end within %v of being asked", p.command.Path, endLimit)
}

func (p *Program) endsWithin(limit time.Duration) bool {
	select {
	case <-p.ended:
		return true
	case <-time.After(limit):
		return false
	}
}
