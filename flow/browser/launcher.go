package browser

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os/exec"
	"regexp"
	"strings"
	"time"

	"granthelper/flow"
)

// tailLimit is how much of what a launcher writes to its error output is kept,
// in bytes: the end of it, where the reason stands.
const tailLimit = 2048

// launcher is one started launcher.
type launcher struct {
	name    string
	address string
	ended   chan struct{} // closed when it has ended and was waited for
	err     error         // how it ended; to be read after ended
	heard   chan struct{} // closed when nothing can write to its error output any more
	tail    []byte        // the end of its error output; to be read after heard
}

// start starts the launcher in a group of its own, so that a Ctrl+C meant for
// this program does not reach the browser, and with a context of its own, so
// that the end of a sign-in does not close it.
func start(name string, args []string, address string) (*launcher, error) {
	path, err := exec.LookPath(name)
	if err != nil {
		return nil, fmt.Errorf("find the browser's launcher: %w", err)
	}
	near, far, err := channel()
	if err != nil {
		return nil, fmt.Errorf("prepare the browser's launcher: %w", err)
	}
	cmd := exec.Command(path, args...)
	cmd.Stderr = far
	detach(cmd)
	err = cmd.Start()
	_ = far.Close() // the launcher has its own copy
	if err != nil {
		_ = near.Close()
		return nil, fmt.Errorf("start the browser's launcher: %w", err)
	}
	l := &launcher{name: name, address: address, ended: make(chan struct{}), heard: make(chan struct{})}
	go func() {
		defer close(l.heard)
		defer near.Close()
		l.tail = readTail(near)
	}()
	go func() {
		defer close(l.ended)
		l.err = cmd.Wait()
	}()
	return l, nil
}

// wait returns nil when the launcher said yes or takes longer than limit.
func (l *launcher) wait(ctx context.Context, limit time.Duration) error {
	slow := time.NewTimer(limit)
	defer slow.Stop()
	select {
	case <-ctx.Done():
		return ctx.Err()
	case <-slow.C:
		return nil
	case <-l.ended:
	}
	if l.err == nil {
		return nil
	}
	return trouble(l.reason())
}

// reason says in words why a launcher ended badly.
func (l *launcher) reason() error {
	var exit *exec.ExitError
	if !errors.As(l.err, &exit) {
		return fmt.Errorf("wait for %s: %w", l.name, l.err)
	}
	said := ""
	// Something the launcher left running may hold its error output open for
	// hours; what was said so far is not worth waiting for that.
	brief := time.NewTimer(500 * time.Millisecond)
	defer brief.Stop()
	select {
	case <-l.heard:
		said = l.withoutAddress(string(l.tail))
	case <-brief.C:
	}
	if words := meaning(l.name, exit.ExitCode()); words != "" {
		said = strings.TrimSuffix(words+"; "+said, "; ")
	}
	if said == "" {
		return fmt.Errorf("%s: %w", l.name, l.err)
	}
	return fmt.Errorf("%s: %w: %s", l.name, l.err, said)
}

// meanings are the exit codes that xdg-open's manual page documents.
var meanings = map[int]string{
	1: "it did not understand what it was asked",
	2: "it took the address for a file",
	3: "a program it needs is missing",
	4: "it could not start a browser",
}

func meaning(name string, code int) string {
	if name != "xdg-open" {
		return ""
	}
	return meanings[code]
}

var webAddress = regexp.MustCompile(`(?i)https?://[^\s'"<>]*`)

// withoutAddress makes a launcher's own words fit to be kept: launchers like
// to repeat the address, which holds a ticket.
func (l *launcher) withoutAddress(words string) string {
	words = strings.ReplaceAll(words, l.address, "(the address)")
	return flow.Sanitize(webAddress.ReplaceAllString(words, "(an address)"))
}

// readTail reads to the end and keeps the last tailLimit bytes.
func readTail(r io.Reader) []byte {
	var tail []byte
	buffer := make([]byte, 16<<10)
	for {
		n, err := r.Read(buffer)
		tail = append(tail, buffer[:n]...)
		if over := len(tail) - tailLimit; over > 0 {
			tail = append(tail[:0], tail[over:]...)
		}
		if err != nil || n == 0 {
			return tail
		}
	}
}
