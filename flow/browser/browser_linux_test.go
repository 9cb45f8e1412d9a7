package browser

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"granthelper/flow"
)

const ticket = "https://localhost:8443/start/Zm9v%20bar?a=1&b=2;c='x'&d=$HOME"

// desktop puts a launcher made of a shell script in place of the real one and
// returns the folder it may write to.
func desktop(t *testing.T, script string) string {
	t.Helper()
	dir := t.TempDir()
	if script != "" {
		body := "#!/bin/sh\ncd '" + dir + "' || exit 9\nPATH=/usr/bin:/bin\n" + script + "\n"
		if err := os.WriteFile(filepath.Join(dir, "xdg-open"), []byte(body), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", dir)
	return dir
}

func read(t *testing.T, path string) string {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

func TestOpen_HandsTheAddressOverWhole(t *testing.T) {
	dir := desktop(t, `printf '%s' "$#:$1" > got; echo $$ > pid; ps -o pgid= -p $$ > group`)
	if err := Open(t.Context(), ticket); err != nil {
		t.Fatal(err)
	}
	if got, want := read(t, dir+"/got"), "1:"+ticket; got != want {
		t.Errorf("launcher got %q, want %q", got, want)
	}
	pid := strings.TrimSpace(read(t, dir+"/pid"))
	if group := strings.TrimSpace(read(t, dir+"/group")); group != pid {
		t.Errorf("process group %s, want its own, %s", group, pid)
	}
	if _, err := os.Stat("/proc/" + pid); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("launcher %s is still there as a zombie", pid)
	}
}

func TestOpen_SaysWhyTheLauncherSaidNo(t *testing.T) {
	for _, c := range []struct{ name, script, want string }{
		{"missing part", "exit 3", "a program it needs is missing"},
		{"failed", "exit 4", "it could not start a browser"},
		{"unknown code", "echo 'no display' >&2; exit 77", "exit status 77: no display"},
		{"killed", "kill -9 $$", "signal: killed"},
		{"a lot of words", "i=0; while [ $i -lt 20000 ]; do echo line $i of a lot >&2; i=$((i+1)); done; exit 4", "could not start"},
		{"output held open", "sleep 600 & echo $! > child; exit 4", "could not start"},
	} {
		t.Run(c.name, func(t *testing.T) {
			dir := desktop(t, c.script)
			err := Open(t.Context(), ticket)
			if pid, e := os.ReadFile(dir + "/child"); e == nil {
				n, _ := strconv.Atoi(strings.TrimSpace(string(pid)))
				_ = syscall.Kill(n, syscall.SIGKILL)
			}
			var problem *flow.Problem
			if !errors.As(err, &problem) || problem.Code != flow.NoBrowser {
				t.Fatalf("got %v, want the problem NoBrowser", err)
			}
			if !strings.Contains(err.Error(), c.want) {
				t.Errorf("got %q, want it to say %q", err, c.want)
			}
			if len(err.Error()) > 600 {
				t.Errorf("the reason has %d bytes", len(err.Error()))
			}
		})
	}
}

func TestOpen_NeverRepeatsTheAddress(t *testing.T) {
	desktop(t, `echo "cannot open '$1' nor https://localhost:8443/start/Zm9v nor anything" >&2; exit 4`)
	err := Open(t.Context(), ticket)
	if err == nil || strings.Contains(err.Error(), "Zm9v") || !strings.Contains(err.Error(), "nor anything") {
		t.Errorf("got %q, want the launcher's words without the address", err)
	}
}

func TestOpen_MissingLauncher(t *testing.T) {
	desktop(t, "")
	err := Open(t.Context(), ticket)
	var problem *flow.Problem
	if !errors.As(err, &problem) || problem.Code != flow.NoBrowser {
		t.Fatalf("got %v, want the problem NoBrowser", err)
	}
}

func TestOpen_RefusesWhatIsNoWebPage(t *testing.T) {
	dir := desktop(t, "touch called")
	for _, address := range []string{
		"", "file:///etc/passwd", "javascript:alert(1)", "http://example.com/", "https:///x",
		"-version", "/etc/passwd", "mailto:a@b", "https://user@example.com/", "https://a b/", "https://example.com/\n",
		"http://localhost.example.com/", "HTTP://10.0.0.1/",
	} {
		var problem *flow.Problem
		if err := Open(t.Context(), address); !errors.As(err, &problem) || problem.Code != flow.NoBrowser {
			t.Errorf("%q: got %v, want the problem NoBrowser", address, err)
		}
	}
	if _, err := os.Stat(dir + "/called"); err == nil {
		t.Error("the launcher was called")
	}
	for _, address := range []string{"http://127.0.0.1:9/x", "http://[::1]:9/", "http://localhost/", "HTTPS://example.com"} {
		if err := Open(t.Context(), address); err != nil {
			t.Errorf("%q: %v", address, err)
		}
	}
}

func TestLauncher_MayRunAsLongAsTheBrowser(t *testing.T) {
	dir := desktop(t, `read line < gate; echo "$line" > closed`)
	gate := dir + "/gate"
	if err := syscall.Mkfifo(gate, 0o600); err != nil {
		t.Fatal(err)
	}
	l, err := start("xdg-open", []string{ticket}, ticket)
	if err != nil {
		t.Fatal(err)
	}
	if err := l.wait(t.Context(), 10*time.Millisecond); err != nil {
		t.Errorf("a launcher that stays: got %v, want nil", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := l.wait(ctx, time.Hour); !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v, want the context's error", err)
	}
	if err := os.WriteFile(gate, []byte("bye\n"), 0); err != nil {
		t.Fatal(err)
	}
	<-l.ended
	if got := read(t, dir+"/closed"); got != "bye\n" || l.err != nil {
		t.Errorf("got %q, %v; want the launcher to have ended by itself", got, l.err)
	}
}

// A browser that goes on talking after this program has gone must live.
func TestChannel_DoesNotKillTheWriter(t *testing.T) {
	dir := t.TempDir()
	near, far, err := channel()
	if err != nil {
		t.Fatal(err)
	}
	script := fmt.Sprintf(`cd '%s'; read line < gate; /bin/echo words >&2; echo $? > code`, dir)
	if err := syscall.Mkfifo(dir+"/gate", 0o600); err != nil {
		t.Fatal(err)
	}
	process, err := os.StartProcess("/bin/sh", []string{"sh", "-c", script}, &os.ProcAttr{Files: []*os.File{nil, nil, far}})
	if err != nil {
		t.Fatal(err)
	}
	_ = far.Close()
	_ = near.Close()
	if err := os.WriteFile(dir+"/gate", []byte("go\n"), 0); err != nil {
		t.Fatal(err)
	}
	if _, err := process.Wait(); err != nil {
		t.Fatal(err)
	}
	if got := strings.TrimSpace(read(t, dir+"/code")); got != "1" {
		t.Errorf("the writer ended with %s, want 1 (a refused write; 141 would be the signal)", got)
	}
}
