package cert

import (
	"crypto/tls"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"time"
)

// diary is a server's own account of who came.
type diary struct {
	visits   chan string // paths that were fetched, so the certificate was believed
	refusals chan string // what browsers said when they did not believe it
}

func (d *diary) Write(line []byte) (int, error) {
	// Other lines tell of connections opened on suspicion and not used.
	if strings.Contains(string(line), "remote error: tls") {
		d.refusals <- string(line)
	}
	return len(line), nil
}

func (d *diary) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	_, _ = io.WriteString(w, "<!doctype html><title>here</title><p>you are welcome</p>")
	d.visits <- r.URL.Path
}

// forget lets go of what came so far.
func (d *diary) forget() {
	for len(d.visits) > 0 {
		<-d.visits
	}
	for len(d.refusals) > 0 {
		<-d.refusals
	}
}

// serve serves the certificate at an address of this computer.
func serve(t *testing.T, pair tls.Certificate) (*diary, string) {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	d := &diary{make(chan string, 100), make(chan string, 100)}
	server := &http.Server{
		Handler: d, ErrorLog: log.New(d, "", 0), ReadHeaderTimeout: 5 * time.Second,
		TLSConfig: &tls.Config{Certificates: []tls.Certificate{pair}, MinVersion: tls.VersionTLS12},
	}
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		_ = server.ServeTLS(listener, "", "")
	}()
	t.Cleanup(func() { _ = server.Close(); <-ended })
	return d, "https://localhost:" + fmt.Sprint(listener.Addr().(*net.TCPAddr).Port)
}

// browserHome gives a browser a home folder of its own, with the PATH as it is.
func browserHome(t *testing.T) string {
	t.Helper()
	home := t.TempDir()
	t.Setenv("HOME", home)
	t.Setenv("XDG_RUNTIME_DIR", t.TempDir())
	for _, name := range []string{"XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "DISPLAY", "WAYLAND_DISPLAY", "DBUS_SESSION_BUS_ADDRESS"} {
		t.Setenv(name, "")
	}
	return home
}

// browse lets a browser go to address and returns the first that happens: the
// path that was fetched, or what the browser said when it refused.
func browse(t *testing.T, d *diary, program string, args ...string) (visited, refusal string) {
	t.Helper()
	cmd := exec.Command(program, args...)
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	// Firefox does not end by itself before a warning page.
	defer func() {
		_ = syscall.Kill(-cmd.Process.Pid, syscall.SIGKILL)
		_ = cmd.Wait()
	}()
	select {
	case visited = <-d.visits:
	case refusal = <-d.refusals:
	case <-time.After(2 * time.Minute):
		t.Fatalf("%s did not come", program)
	}
	return visited, refusal
}

// Without any override, a real Chromium and a real Firefox refuse the
// certificate before Install, load the page after it, and refuse again after
// Remove.
func TestTrust_RealBrowsersBelieveIt(t *testing.T) {
	for _, c := range []struct {
		name string
		args func(home, address string) []string
	}{
		{"chromium", func(_, address string) []string {
			args := []string{"--headless", "--disable-gpu", "--no-first-run"}
			if os.Getuid() == 0 {
				args = append(args, "--no-sandbox") // as which Chromium does not start with it
			}
			return append(args, "--dump-dom", address)
		}},
		{"firefox-esr", func(home, address string) []string {
			return []string{"--headless", "--screenshot", filepath.Join(home, "picture.png"), address}
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			program, err := exec.LookPath(c.name)
			if err != nil {
				t.Skipf("%s is not installed, so nothing was learnt about it; make test installs it", c.name)
			}
			home := browserHome(t)
			h := newHome(t)
			pair, err := h.Certificate(t.Context())
			if err != nil {
				t.Fatal(err)
			}
			d, address := serve(t, pair)
			if visited, refusal := browse(t, d, program, c.args(home, address+"/before")...); refusal == "" {
				t.Errorf("before: %s was loaded, want a refusal", visited)
			}
			report := install1(t, h)
			t.Log(paths(home, report))
			d.forget() // Firefox refuses twice
			if visited, refusal := browse(t, d, program, c.args(home, address+"/after")...); visited != "/after" {
				t.Errorf("after: got %q and %q, want the page loaded", visited, refusal)
			}
			if _, err := h.Remove(t.Context()); err != nil {
				t.Fatal(err)
			}
			d.forget()
			if visited, refusal := browse(t, d, program, c.args(home, address+"/gone")...); refusal == "" {
				t.Errorf("removed: %s was loaded, want a refusal", visited)
			}
		})
	}
}
