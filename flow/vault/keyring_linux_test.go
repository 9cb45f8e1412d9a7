package vault

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"granthelper/flow"
)

// Every situation has a process of its own: the library holds on to its bus
// for as long as a process lives. So the test program, told to by its
// environment, does a few calls and prints what came of each.
const (
	tasksVar = "GRANTHELPER_VAULT_TASKS"
	limitVar = "GRANTHELPER_VAULT_LIMIT"
)

func TestMain(m *testing.M) {
	if tasks := os.Getenv(tasksVar); tasks != "" {
		perform(tasks)
		return
	}
	os.Exit(m.Run())
}

// perform does tasks such as "keep name,fetch name" and prints a line for each.
func perform(tasks string) {
	v := New()
	if wait, err := time.ParseDuration(os.Getenv(limitVar)); err == nil {
		v.limit = wait
	}
	for task := range strings.SplitSeq(tasks, ",") {
		verb, name, _ := strings.Cut(task, " ")
		ctx, began, said := context.Background(), time.Now(), ""
		var err error
		switch verb {
		case "keep":
			err = v.Keep(ctx, name, flow.Conceal(canary))
		case "keep-long":
			err = v.Keep(ctx, name, flow.Conceal(strings.Repeat("x", 65536)))
		case "fetch":
			var s flow.Secret
			s, err = v.Fetch(ctx, name)
			if said = fmt.Sprintf(" %d bytes", s.Len()); s.Equal(flow.Conceal(canary)) {
				said = " the canary"
			}
		case "forget":
			err = v.Forget(ctx, name)
		}
		var problem *flow.Problem
		switch {
		case errors.As(err, &problem):
			fmt.Printf("%s: %s\n", task, problem.Code)
			fmt.Fprintln(os.Stderr, err)
		case errors.Is(err, ErrNone):
			fmt.Printf("%s: none\n", task)
		case err != nil:
			fmt.Printf("%s: %v\n", task, err)
		default:
			fmt.Printf("%s:%s good\n", task, said)
		}
		if time.Since(began) > v.limit+2*time.Second {
			fmt.Printf("%s took %v\n", task, time.Since(began))
		}
	}
}

// place is a home and a runtime folder for one test. Its path is short: that
// of a socket may have 107 bytes.
func place(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp("", "gh")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	for _, name := range []string{"home", "run"} {
		if err := os.Mkdir(filepath.Join(dir, name), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// run runs a shell script in which $0 is this test program, and returns its
// output. Nothing of this session's display and bus is passed on.
func run(t *testing.T, dir string, script string, env ...string) string {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command("sh", "-c", script, self)
	cmd.Env = append([]string{
		"PATH=" + os.Getenv("PATH"), "HOME=" + dir + "/home", "XDG_RUNTIME_DIR=" + dir + "/run", limitVar + "=10s", "LC_ALL=C",
	}, env...)
	var complaint strings.Builder
	cmd.Stderr = &complaint
	out, err := cmd.Output()
	if err != nil {
		t.Errorf("%v: %s", err, complaint.String())
	}
	t.Log(strings.TrimSpace(complaint.String()))
	for _, form := range inEveryForm() {
		if strings.Contains(string(out)+complaint.String(), form) {
			t.Error("the secret was printed")
		}
	}
	return strings.TrimSpace(string(out))
}

// unlocked starts a private bus with an unlocked GNOME Keyring and runs the
// script given as $1 there.
const unlocked = `exec dbus-run-session -- sh -c 'printf test | gnome-keyring-daemon --unlock --components=secrets >/dev/null; eval "$SCRIPT"' "$0"`

func needKeyring(t *testing.T) {
	t.Helper()
	for _, program := range []string{"dbus-run-session", "gnome-keyring-daemon"} {
		if _, err := exec.LookPath(program); err != nil {
			t.Fatalf("%s is missing; make test installs it (Debian: dbus, gnome-keyring)", program)
		}
	}
}

func TestVault_RealKeyring(t *testing.T) {
	needKeyring(t)
	dir := place(t)
	script := tasksVar + `="fetch a,keep a,fetch a,keep-long b,fetch b" "$0"; ` +
		tasksVar + `="fetch a,forget a,fetch a,forget a,fetch b" "$0"`
	got := run(t, dir, unlocked, "SCRIPT="+script)
	want := strings.Join([]string{
		"fetch a: none", "keep a: good", "fetch a: the canary good", "keep-long b: good", "fetch b: 65536 bytes good",
		"fetch a: the canary good", "forget a: good", "fetch a: none", "forget a: good", "fetch b: 65536 bytes good",
	}, "\n")
	if got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	// The next day, before anybody has logged in: the keyring is there, locked.
	locked := `exec dbus-run-session -- sh -c 'gnome-keyring-daemon --start --components=secrets >/dev/null; eval "$SCRIPT"' "$0"`
	got = run(t, dir, locked, "SCRIPT="+tasksVar+`="fetch b,keep b,forget b" "$0"`)
	if want := "fetch b: U40\nkeep b: U40\nforget b: U40"; got != want {
		t.Errorf("locked: got\n%s\nwant\n%s", got, want)
	}
}

func TestVault_NoBus(t *testing.T) {
	dir := place(t)
	for _, name := range []string{"bus", "dbus-session"} {
		if _, err := os.Stat(fmt.Sprintf("/run/user/%d/%s", os.Getuid(), name)); err == nil {
			t.Skip("there is a bus where the system keeps them, so its absence cannot be tried here")
		}
	}
	launcher := "#!/bin/sh\ntouch '" + dir + "/launched'\nexit 1\n"
	if err := os.WriteFile(filepath.Join(dir, "dbus-launch"), []byte(launcher), 0o700); err != nil {
		t.Fatal(err)
	}
	for _, address := range []string{"", "autolaunch:"} {
		got := run(t, dir, `exec "$0"`, tasksVar+"=keep a,fetch a,forget a", "PATH="+dir+":"+os.Getenv("PATH"), "DBUS_SESSION_BUS_ADDRESS="+address, "DISPLAY=:1")
		if want := "keep a: U41\nfetch a: U41\nforget a: U41"; got != want {
			t.Errorf("%q: got\n%s\nwant\n%s", address, got, want)
		}
	}
	if _, err := os.Stat(dir + "/launched"); err == nil {
		t.Error("a bus was launched")
	}
}

func TestVault_BusThatLeadsNowhere(t *testing.T) {
	dir := place(t)
	got := run(t, dir, `exec "$0"`, tasksVar+"=keep a,fetch a", "DBUS_SESSION_BUS_ADDRESS=unix:path="+dir+"/nowhere")
	if want := "keep a: U41\nfetch a: U41"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
}

func TestVault_BusWithoutAStore(t *testing.T) {
	needKeyring(t)
	dir := place(t)
	config := `<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=` + dir + `/run/bus</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>`
	file := filepath.Join(dir, "bus.conf")
	if err := os.WriteFile(file, []byte(config), 0o600); err != nil {
		t.Fatal(err)
	}
	// The second run finds the bus by its socket in the runtime folder.
	script := `exec dbus-run-session --config-file=` + file + ` -- sh -c '"$0"; unset DBUS_SESSION_BUS_ADDRESS; "$0"' "$0"`
	got := run(t, dir, script, tasksVar+"=keep a,fetch a,forget a")
	one := "keep a: U41\nfetch a: U41\nforget a: U41"
	if got != one+"\n"+one {
		t.Errorf("got\n%s\nwant twice\n%s", got, one)
	}
}

// A bus that takes connections and stays silent, as one behind a stuck
// password window does.
func TestVault_BusThatNeverAnswers(t *testing.T) {
	dir := place(t)
	bus, err := net.Listen("unix", dir+"/run/bus")
	if err != nil {
		t.Fatal(err)
	}
	came := make(chan net.Conn, 10)
	go func() {
		defer close(came)
		for {
			conn, err := bus.Accept()
			if err != nil {
				return
			}
			came <- conn
		}
	}()
	began := time.Now()
	got := run(t, dir, `exec "$0"`, tasksVar+"=keep a,fetch a,forget a", limitVar+"=300ms", "DBUS_SESSION_BUS_ADDRESS=unix:path="+dir+"/run/bus")
	if want := "keep a: U40\nfetch a: U40\nforget a: U40"; got != want {
		t.Errorf("got\n%s\nwant\n%s", got, want)
	}
	if took := time.Since(began); took > 10*time.Second {
		t.Errorf("took %v", took)
	}
	_ = bus.Close()
	n := 0
	for conn := range came {
		_ = conn.Close()
		n++
	}
	if n != 1 {
		t.Errorf("asked %d times, want once while the first call hangs", n)
	}
}
