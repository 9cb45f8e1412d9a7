package cert

import (
	"context"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
	"testing"

	"granthelper/flow"
)

func TestTrust_ReportsAPrimaryPassword(t *testing.T) {
	home := withCertutil(t, true)
	firefox(t, home+"/.mozilla/firefox", "p")
	profile := home + "/.mozilla/firefox/p"
	password := filepath.Join(t.TempDir(), "password")
	put(t, password, []byte("a primary password\n"))
	certutil(t, "-N", "-f", password, "-d", "sql:"+profile)
	h := newHome(t)
	report, err := h.Install(t.Context())
	var problem *flow.Problem
	if !errors.As(err, &problem) || problem.Code != flow.NotAdded || !strings.Contains(err.Error(), "Firefox's list: the list is protected") {
		t.Errorf("got %v, want the problem NotAdded with words about the password", err)
	}
	if got, want := paths(home, report), "+.local/share/pki/nssdb .mozilla/firefox/p"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	if text := certutil(t, "-L", "-d", "sql:"+profile); strings.Contains(text, nickname) {
		t.Errorf("got %s, want nothing half done", text)
	}
}

func TestTrust_ReportsADamagedList(t *testing.T) {
	home := withCertutil(t, false)
	mkdir(t, home+"/.pki/nssdb")
	put(t, home+"/.pki/nssdb/cert9.db", []byte("no database"))
	put(t, home+"/.pki/nssdb/key4.db", []byte("no database"))
	h := newHome(t)
	report, err := h.Install(t.Context())
	var problem *flow.Problem
	if !errors.As(err, &problem) || problem.Code != flow.NotAdded || report.Trusted() {
		t.Errorf("got %+v, %v; want the problem NotAdded", report, err)
	}
	if got := string(mustRead(t, home+"/.pki/nssdb/cert9.db")); got != "no database" {
		t.Errorf("the damaged list was changed: %q", got)
	}
}

func TestTrust_AsksNothingAndGivesUp(t *testing.T) {
	home := bareHome(t)
	mkdir(t, home+"/.pki/nssdb")
	put(t, home+"/.pki/nssdb/cert9.db", nil)
	bin := t.TempDir()
	gate := filepath.Join(bin, "started")
	if err := syscall.Mkfifo(gate, 0o600); err != nil {
		t.Fatal(err)
	}
	script := "#!/bin/sh\nread line && exit 0\necho > '" + gate + "'\nexec /bin/sleep 600\n"
	if err := os.WriteFile(filepath.Join(bin, "certutil"), []byte(script), 0o700); err != nil {
		t.Fatal(err)
	}
	t.Setenv("PATH", bin)
	ctx, cancel := context.WithCancel(t.Context())
	go func() {
		_, _ = os.ReadFile(gate) // until it hangs, having found no terminal to ask at
		cancel()
	}()
	if _, err := newHome(t).Install(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
}

func TestTrust_TwoInstallAtOnce(t *testing.T) {
	home := withCertutil(t, true)
	firefox(t, home+"/.mozilla/firefox", "p")
	h := newHome(t)
	reports := make([]flow.TrustReport, 4)
	var all sync.WaitGroup
	for i := range reports {
		one := h
		if i%2 == 0 {
			one = Open(h.dir)
		}
		all.Go(func() {
			var err error
			if reports[i], err = one.Install(t.Context()); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
	for _, report := range reports {
		if !report.Trusted() || report.Fingerprint != reports[0].Fingerprint {
			t.Errorf("got %+v, want one and the same certificate, trusted", report)
		}
	}
}

func TestTrust_ReadOnlyList(t *testing.T) {
	if home := os.Getenv("GRANTHELPER_READONLY_HOME"); home != "" {
		installReadOnly(t, home)
		return
	}
	home := withCertutil(t, false)
	makeList(t, home+"/.pki/nssdb")
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	program := filepath.Join(t.TempDir(), "test")
	if err := os.WriteFile(program, mustRead(t, self), 0o755); err != nil {
		t.Fatal(err)
	}
	work := t.TempDir()
	cmd := exec.Command(program, "-test.run", "^TestTrust_ReadOnlyList$", "-test.v")
	cmd.Dir = "/"
	cmd.Env = []string{"PATH=/usr/bin:/bin", "HOME=" + home, "TMPDIR=" + work, "GRANTHELPER_READONLY_HOME=" + home}
	if os.Getuid() == 0 { // to whom nothing is read-only
		// The folder above a test's folders is its owner's alone.
		if err := os.Chmod(filepath.Dir(work), 0o755); err != nil {
			t.Fatal(err)
		}
		cmd.SysProcAttr = &syscall.SysProcAttr{Credential: &syscall.Credential{Uid: 65534, Gid: 65534}}
		if err := os.Chown(work, 65534, 65534); err != nil {
			t.Fatal(err)
		}
	}
	err = filepath.WalkDir(home, func(path string, d os.DirEntry, _ error) error {
		if d.IsDir() {
			return os.Chmod(path, 0o555)
		}
		return os.Chmod(path, 0o444)
	})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		_ = os.Chmod(home+"/.pki/nssdb", 0o700)
		_ = os.Chmod(home+"/.pki", 0o700)
		_ = os.Chmod(home, 0o700)
	})
	out, err := cmd.CombinedOutput()
	if err != nil || !strings.Contains(string(out), "the list cannot be written") {
		t.Errorf("%v: %s", err, out)
	}
}

// installReadOnly runs in a process of its own.
func installReadOnly(t *testing.T, home string) {
	h := newHome(t)
	report, err := h.Install(t.Context())
	var problem *flow.Problem
	if !errors.As(err, &problem) || problem.Code != flow.NotAdded || paths(home, report) != ".pki/nssdb" {
		t.Fatalf("got %+v, %v; want the problem NotAdded", report, err)
	}
	t.Log(err)
}
