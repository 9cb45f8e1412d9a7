package cert

import (
	"bytes"
	"context"
	"encoding/pem"
	"errors"
	"os"
	"path/filepath"
	"runtime"
	"sync"
	"testing"
	"time"

	"granthelper/flow"
)

// bareHome gives the test a home folder of its own in which nobody has a
// browser, and programs from the given paths only.
func bareHome(t *testing.T, programs ...string) string {
	t.Helper()
	home := t.TempDir()
	bin := t.TempDir()
	for _, program := range programs {
		if err := os.Symlink(program, filepath.Join(bin, filepath.Base(program))); err != nil {
			t.Fatal(err)
		}
	}
	t.Setenv("PATH", bin)
	t.Setenv("HOME", home)
	t.Setenv("XDG_DATA_HOME", "")
	t.Setenv("XDG_CONFIG_HOME", "")
	return home
}

func newHome(t *testing.T) *Home {
	t.Helper()
	return Open(filepath.Join(t.TempDir(), "granthelper", "certificate"))
}

// serial makes the certificate if need be and returns its number.
func serial(t *testing.T, h *Home) string {
	t.Helper()
	pair, err := h.Certificate(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return pair.Leaf.SerialNumber.Text(16)
}

func TestHome_MakesNothingBeforeItIsNeeded(t *testing.T) {
	bareHome(t)
	h := newHome(t)
	if !h.Due(time.Now()) {
		t.Error("want a missing certificate to be due")
	}
	report, _ := h.Check(t.Context())
	if report.Exists || report.Fingerprint != "" || !report.Expires.IsZero() || report.Trusted() {
		t.Errorf("got %+v, want nothing", report)
	}
	if _, err := os.Stat(h.dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the folder is there: %v", err)
	}
}

func TestHome_KeepsTheKeyToItsOwner(t *testing.T) {
	bareHome(t)
	h := newHome(t)
	first := serial(t, h)
	for path, want := range map[string]os.FileMode{h.dir: 0o700, filepath.Join(h.dir, keyName): 0o600, h.CAFile(): 0o600} {
		info, err := os.Lstat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); runtime.GOOS != "windows" && got != want {
			t.Errorf("%s: got %v, want %v", filepath.Base(path), got, want)
		}
	}
	if text, err := os.ReadFile(h.CAFile()); err != nil || bytes.Contains(text, []byte("PRIVATE")) {
		t.Errorf("the file for other programs: %v, or it holds the key", err)
	}
	if got := serial(t, Open(h.dir)); got != first {
		t.Error("want the same certificate next time")
	}
	if h.Due(time.Now()) || !h.Due(time.Now().Add(306*24*time.Hour)) || !h.Due(time.Now().Add(-48*time.Hour)) {
		t.Error("want it to be due when 60 days are left, or when it is not good yet, and not before")
	}
}

func TestHome_ReplacesWhatCannotBeUsed(t *testing.T) {
	foreign, err := newLeaf(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		name  string
		spoil func(t *testing.T, h *Home, key string)
	}{
		{"empty", func(t *testing.T, _ *Home, key string) { put(t, key, nil) }},
		{"garbage", func(t *testing.T, _ *Home, key string) { put(t, key, []byte("-----BEGIN PRIVATE KEY-----\nAAAA\n")) }},
		{"half", func(t *testing.T, _ *Home, key string) {
			text, _ := os.ReadFile(key)
			put(t, key, text[:len(text)/2])
		}},
		{"another key", func(t *testing.T, _ *Home, key string) {
			text, _ := foreign.bothPEM()
			own, _ := os.ReadFile(key)
			block, _ := pem.Decode(text)
			put(t, key, append(pem.EncodeToMemory(block), own[bytes.Index(own, []byte("-----BEGIN CERT")):]...))
		}},
		{"readable by others", func(t *testing.T, _ *Home, key string) {
			if err := os.Chmod(key, 0o644); err != nil {
				t.Fatal(err)
			}
		}},
		{"a folder", func(t *testing.T, _ *Home, key string) {
			if err := errors.Join(os.Remove(key), os.Mkdir(key, 0o700)); err != nil {
				t.Fatal(err)
			}
		}},
		{"past its end", func(_ *testing.T, h *Home, _ string) {
			h.now = func() time.Time { return time.Now().Add(400 * 24 * time.Hour) }
		}},
	} {
		t.Run(c.name, func(t *testing.T) {
			bareHome(t)
			h := newHome(t)
			first := serial(t, h)
			c.spoil(t, h, filepath.Join(h.dir, keyName))
			if !h.Due(h.now()) {
				t.Error("want it to be due")
			}
			second := serial(t, h)
			if first == second {
				t.Error("want a new certificate")
			}
			if h.Due(h.now()) || serial(t, h) != second {
				t.Error("want the new one to stay")
			}
			if pair, err := parseLeaf(mustRead(t, filepath.Join(h.dir, keyName))); err != nil || !bytes.Equal(pair.certPEM(), mustRead(t, h.CAFile())) {
				t.Errorf("want both files to tell of the same certificate (%v)", err)
			}
		})
	}
}

func TestHome_NeverFollowsLinks(t *testing.T) {
	bareHome(t)
	h := newHome(t)
	first := serial(t, h)
	key := filepath.Join(h.dir, keyName)
	elsewhere := filepath.Join(t.TempDir(), "elsewhere")
	if err := errors.Join(os.Rename(key, elsewhere), os.Symlink(elsewhere, key)); err != nil {
		t.Fatal(err)
	}
	before := mustRead(t, elsewhere)
	if serial(t, h) == first {
		t.Error("a key behind a link was used")
	}
	if !bytes.Equal(before, mustRead(t, elsewhere)) {
		t.Error("the link's target was written to")
	}
	link := filepath.Join(t.TempDir(), "link")
	if err := os.Symlink(h.dir, link); err != nil {
		t.Fatal(err)
	}
	var problem *flow.Problem
	if _, err := Open(link).Certificate(t.Context()); !errors.As(err, &problem) || problem.Code != flow.CertificateBroken {
		t.Errorf("a folder behind a link: got %v, want the problem CertificateBroken", err)
	}
}

func TestHome_MakesItsFolderPrivateAgain(t *testing.T) {
	bareHome(t)
	h := newHome(t)
	first := serial(t, h)
	if err := os.Chmod(h.dir, 0o755); err != nil {
		t.Fatal(err)
	}
	put(t, filepath.Join(h.dir, keyName+newMark+"left"), []byte("half"))
	if err := os.Remove(h.CAFile()); err != nil {
		t.Fatal(err)
	}
	if serial(t, h) != first {
		t.Error("want the certificate to stay")
	}
	info, err := os.Stat(h.dir)
	if err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("got %v, %v; want 0700", info.Mode(), err)
	}
	mustRead(t, h.CAFile())
	if _, err := h.Remove(t.Context()); err != nil {
		t.Error(err)
	}
	if _, err := os.Stat(h.dir); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("something is left: %v", err)
	}
}

func TestHome_SaysWhenItCannotWrite(t *testing.T) {
	bareHome(t)
	file := filepath.Join(t.TempDir(), "file")
	put(t, file, nil)
	h := Open(filepath.Join(file, "certificate"))
	var problem *flow.Problem
	if _, err := h.Certificate(t.Context()); !errors.As(err, &problem) || problem.Code != flow.CertificateBroken {
		t.Errorf("got %v, want the problem CertificateBroken", err)
	}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	h = newHome(t)
	h.turn <- struct{}{} // somebody else is at work
	if _, err := h.Certificate(ctx); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want the context's error", err)
	}
}

func TestHome_ManyAtOnceMakeOne(t *testing.T) {
	bareHome(t)
	h := newHome(t)
	numbers := make([]string, 12)
	var all sync.WaitGroup
	for i := range numbers {
		one := h
		if i%2 == 0 { // as another program would
			one = Open(h.dir)
		}
		all.Go(func() {
			if pair, err := one.Certificate(t.Context()); err != nil {
				t.Error(err)
			} else {
				numbers[i] = pair.Leaf.SerialNumber.Text(16)
			}
		})
	}
	all.Wait()
	for _, number := range numbers {
		if number != numbers[0] {
			t.Fatalf("got %v, want one and the same", numbers)
		}
	}
}

// A lock on a file that Remove has deleted keeps nobody out.
func TestCurrent_KnowsADeletedFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), lockName)
	put(t, path, nil)
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	if !current(file, path) {
		t.Error("want the file to be current while it is there")
	}
	if err := os.Rename(path, path+"-gone"); err != nil {
		t.Fatal(err)
	}
	if current(file, path) {
		t.Error("want it not to be current when it is gone")
	}
	put(t, path, nil)
	if current(file, path) {
		t.Error("want it not to be current when another has its name")
	}
}

func put(t *testing.T, path string, text []byte) {
	t.Helper()
	if err := os.WriteFile(path, text, 0o600); err != nil {
		t.Fatal(err)
	}
}

func mustRead(t *testing.T, path string) []byte {
	t.Helper()
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return text
}
