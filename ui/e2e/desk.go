// Package e2e runs Grant Helper the way a person does: in a real window, with a
// real pointer and real keys, a real browser and a real password store, all on
// a desk of its own that is gone afterwards.
//
//	desk, err := e2e.StartDesk(ctx)        // display, window manager, message bus, keyring, home folder
//	defer desk.Close()
//	err = desk.UseBrowser(ctx, e2e.Chromium) // xdg-open opens it from now on
//	program, err := desk.Run("/path/to/granthelper")
//	window := desk.Eye("Grant Helper")
//	err = window.Click(ctx, "Practise first")
//
// Nothing here looks into the program: an [Eye] reads the words on the screen
// and acts on them. It promises to leave the person's own home folder, display
// and keyring alone, and to end every process it started, even when the test
// itself is killed. It needs the packages that assets/setup/need installs.
package e2e

import (
	"bufio"
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Desk is a display with a window manager, a message bus, an unlocked
// throw-away keyring and an empty home folder. One goroutine uses it.
type Desk struct {
	// Home is the home folder of everything that runs on the desk.
	Home string
	// Env is the environment for programs on the desk.
	Env []string
	// Screen looks at its display.
	Screen *Screen

	folder   string
	session  *exec.Cmd
	lifeline io.Closer     // closing it ends the session
	ended    chan struct{} // closed when the session has ended
	programs []*Program
	pictured bool // a test kept its picture of what went wrong
}

// mark is the variable by which processes of a desk are known.
const mark = "GRANTHELPER_DESK"

// session runs inside dbus-run-session until its standard input ends, which it
// also does when the test is killed. It prints what programs need to know.
const session = `set -eu
printf %s desk | gnome-keyring-daemon --unlock --components=secrets >/dev/null 2>"$GRANTHELPER_DESK/keyring.log"
mkfifo "$GRANTHELPER_DESK/display" "$GRANTHELPER_DESK/manager"
Xvfb -displayfd 3 -screen 0 1600x1000x24 -nolisten tcp -noreset 3>"$GRANTHELPER_DESK/display" >"$GRANTHELPER_DESK/xvfb.log" 2>&1 &
read -r number <"$GRANTHELPER_DESK/display"
export DISPLAY=":$number"
openbox --sm-disable --startup "sh -c 'echo up >$GRANTHELPER_DESK/manager'" >"$GRANTHELPER_DESK/openbox.log" 2>&1 &
read -r up <"$GRANTHELPER_DESK/manager"
echo "DISPLAY=$DISPLAY"
echo "DBUS_SESSION_BUS_ADDRESS=$DBUS_SESSION_BUS_ADDRESS"
echo ready
cat >/dev/null || true
kill $(jobs -p)
`

// placing puts the browser beside our window, so that both can be read. The
// sizes are those of the screen above and of our window (900 by 640).
const placing = `<?xml version="1.0" encoding="UTF-8"?>
<openbox_config xmlns="http://openbox.org/3.4/rc">
<focus><focusNew>yes</focusNew></focus>
<theme><name>Clearlooks</name></theme>
<applications>
<application class="*" type="normal"><position force="yes"><x>0</x><y>0</y></position></application>
<application role="browser" type="normal"><decor>no</decor><position force="yes"><x>910</x><y>0</y></position><size><width>690</width><height>990</height></size></application>
</applications>
</openbox_config>
`

// StartDesk sets up a desk; ctx bounds only the setting up. Close it.
func StartDesk(ctx context.Context) (*Desk, error) {
	folder, err := os.MkdirTemp("", "granthelper-desk-")
	if err != nil {
		return nil, err
	}
	d := &Desk{folder: folder, Home: filepath.Join(folder, "home"), ended: make(chan struct{})}
	if err := errors.Join(d.furnish(), d.open(ctx)); err != nil {
		return nil, errors.Join(fmt.Errorf("setting up a desk: %w", err), d.Close())
	}
	return d, nil
}

// furnish makes the home folder and the environment. The environment starts
// empty: a variable of the person's own desktop could lead out of the desk.
func (d *Desk) furnish() error {
	runtime := filepath.Join(d.folder, "run")
	for _, dir := range []string{runtime, d.Home, d.file(".cache"), d.file(".config/openbox"), d.file(".local/share/applications")} {
		if err := os.MkdirAll(dir, 0o700); err != nil {
			return err
		}
	}
	for _, name := range []string{"PATH", "USER", "LOGNAME", "TZ"} {
		if value, set := os.LookupEnv(name); set {
			d.Env = append(d.Env, name+"="+value)
		}
	}
	d.Env = append(d.Env, "HOME="+d.Home, "XDG_RUNTIME_DIR="+runtime, "LANG=en_US.UTF-8", "FYNE_THEME=light", mark+"="+d.folder)
	return os.WriteFile(d.file(".config/openbox/rc.xml"), []byte(placing), 0o600)
}

// file names a file in the home folder.
func (d *Desk) file(name string) string { return filepath.Join(d.Home, filepath.FromSlash(name)) }

func (d *Desk) open(ctx context.Context) error {
	d.session = exec.Command("dbus-run-session", "--", "bash", "-c", session)
	d.session.Env = d.Env
	d.session.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	var said bytes.Buffer
	d.session.Stderr = &said
	lifeline, err := d.session.StdinPipe()
	if err != nil {
		return err
	}
	out, err := d.session.StdoutPipe()
	if err != nil {
		return err
	}
	if err := d.session.Start(); err != nil {
		return err
	}
	d.lifeline = lifeline
	told := make(chan []string, 1)
	go func() {
		defer close(d.ended)
		var lines []string
		for scanner := bufio.NewScanner(out); scanner.Scan(); {
			if scanner.Text() == "ready" {
				told <- lines
				continue
			}
			lines = append(lines, scanner.Text())
		}
		_ = d.session.Wait()
	}()
	select {
	case lines := <-told:
		d.Env = append(d.Env, lines...)
		d.Screen, err = OpenScreen(strings.TrimPrefix(lines[0], "DISPLAY="))
		return err
	case <-d.ended:
		return fmt.Errorf("the desk's session ended at once: %s", strings.TrimSpace(said.String()))
	case <-ctx.Done():
		return fmt.Errorf("the desk's session did not start: %w", ctx.Err())
	}
}

// Close ends every process of the desk and removes its folder.
func (d *Desk) Close() error {
	for _, program := range d.programs {
		_ = program.Stop()
	}
	if d.Screen != nil {
		_ = d.Screen.Close()
	}
	if d.lifeline != nil {
		_ = d.lifeline.Close()
		select {
		case <-d.ended:
		case <-time.After(5 * time.Second):
			_ = syscall.Kill(-d.session.Process.Pid, syscall.SIGKILL)
			<-d.ended
		}
	}
	left := d.sweep()
	err := os.RemoveAll(d.folder)
	for tries := 0; err != nil && tries < 100; tries++ {
		time.Sleep(50 * time.Millisecond)
		err = os.RemoveAll(d.folder)
	}
	if left > 0 {
		err = errors.Join(err, fmt.Errorf("%d processes of the desk do not end", left))
	}
	return err
}

// sweep ends what is left on the desk: a browser has moved away from the
// program that opened it, but still names the desk's folder. Chromium writes
// its command line over its environment, so both are looked through.
func (d *Desk) sweep() (left int) {
	for range 50 {
		left = 0
		processes, _ := filepath.Glob("/proc/[0-9]*")
		for _, path := range processes {
			pid, err := strconv.Atoi(filepath.Base(path))
			if err != nil || pid == os.Getpid() || !d.owns(path) {
				continue
			}
			left++
			_ = syscall.Kill(pid, syscall.SIGKILL)
		}
		if left == 0 {
			return 0
		}
		time.Sleep(20 * time.Millisecond) // the system tells nobody when a stranger's process is gone
	}
	return left
}

// owns reports whether a process, by its folder in /proc, belongs to the desk.
func (d *Desk) owns(process string) bool {
	for _, name := range []string{"environ", "cmdline"} {
		text, err := os.ReadFile(filepath.Join(process, name))
		if err == nil && bytes.Contains(text, []byte(d.folder)) {
			return true
		}
	}
	return false
}
