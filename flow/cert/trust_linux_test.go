package cert

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"granthelper/flow"
)

// withCertutil is a bare home in which certutil is installed and, if wanted, a
// browser of Chromium's kind.
func withCertutil(t *testing.T, chromium bool) string {
	t.Helper()
	program, err := exec.LookPath("certutil")
	if err != nil {
		t.Fatal("certutil is missing; make test installs it (Debian: libnss3-tools)")
	}
	programs := []string{program}
	if chromium {
		fake := filepath.Join(t.TempDir(), "chromium")
		if err := os.WriteFile(fake, []byte("#!/bin/sh\n"), 0o700); err != nil {
			t.Fatal(err)
		}
		programs = append(programs, fake)
	}
	return bareHome(t, programs...)
}

func certutil(t *testing.T, args ...string) string {
	t.Helper()
	out, err := exec.Command("certutil", args...).CombinedOutput()
	if err != nil {
		t.Fatalf("certutil %v: %v: %s", args, err, out)
	}
	return string(out)
}

func makeList(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
	certutil(t, "-N", "--empty-password", "-d", "sql:"+dir)
}

// firefox writes a profiles.ini into dir, and the folders it names.
func firefox(t *testing.T, dir string, folders ...string) {
	t.Helper()
	mkdir(t, dir)
	text := "[General]\nStartWithLastProfile=1\nVersion=2\n\n[Install4F96D1932A9F858E]\nDefault=nowhere\nLocked=1\n"
	for i, folder := range folders {
		relative, path := 1, filepath.Join(dir, folder)
		if filepath.IsAbs(folder) {
			relative, path = 0, folder
		}
		if err := os.MkdirAll(path, 0o700); err != nil {
			t.Fatal(err)
		}
		text += fmt.Sprintf("\n[Profile%d]\nName=n%d\nIsRelative=%d\nPath=%s\n", i, i, relative, folder)
	}
	text += "\n[Profile9]\nName=gone\nIsRelative=1\nPath=gone.default\n"
	put(t, filepath.Join(dir, "profiles.ini"), []byte(text))
}

func install1(t *testing.T, h *Home) flow.TrustReport {
	t.Helper()
	report, err := h.Install(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	return report
}

// paths lists the places of a report relative to home, trusted ones with a "+".
func paths(home string, report flow.TrustReport) string {
	var list []string
	for _, place := range report.Places {
		path, _ := filepath.Rel(home, place.Path)
		if place.Trusted {
			path = "+" + path
		}
		list = append(list, path)
	}
	return strings.Join(list, " ")
}

func TestTrust_NoBrowserNoList(t *testing.T) {
	withCertutil(t, false)
	h := newHome(t)
	report, err := h.Install(t.Context())
	var problem *flow.Problem
	if !errors.As(err, &problem) || problem.Code != flow.NotAdded || !report.Exists || report.Trusted() {
		t.Errorf("got %+v, %v; want a certificate and the problem NotAdded", report, err)
	}
	if report, err := h.Check(t.Context()); err != nil || len(report.Places) != 0 {
		t.Errorf("got %+v, %v; want no place", report, err)
	}
}

func TestTrust_SaysThatCertutilIsMissing(t *testing.T) {
	home := bareHome(t)
	mkdir(t, home+"/.pki/nssdb")
	put(t, home+"/.pki/nssdb/cert9.db", nil)
	h := newHome(t)
	for name, call := range map[string]func(context.Context) (flow.TrustReport, error){"check": h.Check, "install": h.Install, "remove": h.Remove} {
		_, err := call(t.Context())
		var problem *flow.Problem
		if !errors.As(err, &problem) || problem.Code != flow.PartMissing || problem.Facts["package"] != "libnss3-tools" || problem.Facts["program"] != "certutil" {
			t.Errorf("%s: got %v, want the problem PartMissing", name, err)
		}
	}
}

func TestTrust_LeavesOthersEntriesAlone(t *testing.T) {
	home := withCertutil(t, true)
	list := home + "/.pki/nssdb"
	makeList(t, list)
	other, err := newLeaf(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "other.pem")
	put(t, file, other.certPEM())
	certutil(t, "-A", "-t", "C,,", "-n", "My company", "-a", "-i", file, "-d", "sql:"+list)
	h := newHome(t)
	install1(t, h)
	if _, err := h.Remove(t.Context()); err != nil {
		t.Fatal(err)
	}
	if text := certutil(t, "-L", "-d", "sql:"+list); !strings.Contains(text, "My company") {
		t.Errorf("got %s, want the company's entry to stay", text)
	}
}

func TestTrust_RenewsInOneStep(t *testing.T) {
	home := withCertutil(t, true)
	firefox(t, home+"/.config/mozilla/firefox", "p")
	makeList(t, home+"/.local/share/pki/nssdb")
	h := newHome(t)
	if err := h.Renew(t.Context(), time.Now()); err != nil {
		t.Fatal(err)
	}
	if _, err := os.Stat(h.CAFile()); !errors.Is(err, fs.ErrNotExist) {
		t.Fatalf("Renew made a certificate where there was none: %v", err)
	}
	first := install1(t, h)
	if second := install1(t, h); second.Fingerprint != first.Fingerprint {
		t.Fatal("want the certificate to stay while it is young")
	}
	makeList(t, home+"/.pki/nssdb") // from now on the other list is stale
	later := time.Now().Add(306 * 24 * time.Hour)
	h.now = func() time.Time { return later }
	if !h.Due(later) {
		t.Fatal("want it to be due")
	}
	if pair, err := h.Certificate(t.Context()); err != nil || fingerprintOf(t, pair.Certificate[0]) != first.Fingerprint {
		t.Errorf("want the old one to serve until it is renewed (%v)", err)
	}
	if err := h.Renew(t.Context(), later); err != nil {
		t.Fatal(err)
	}
	second, err := h.Check(t.Context())
	if err != nil || second.Fingerprint == first.Fingerprint || !second.Trusted() || h.Due(later) {
		t.Errorf("got %+v, want a new certificate, trusted", second)
	}
	for list, want := range map[string]int{".pki/nssdb": 1, ".config/mozilla/firefox/p": 1, ".local/share/pki/nssdb": 0} {
		text := certutil(t, "-L", "-d", "sql:"+filepath.Join(home, list))
		if got := strings.Count(text, nickname); got != want {
			t.Errorf("%s: got %d entries, want %d: %s", list, got, want, text)
		}
	}
}

// Where a removal was not possible at its time, the next Install makes up for
// it, in lists that no browser reads any more too.
func TestTrust_ClearsWhatWasLeftBehind(t *testing.T) {
	home := withCertutil(t, true)
	used, unused := home+"/.pki/nssdb", home+"/.local/share/pki/nssdb"
	makeList(t, used)
	makeList(t, unused)
	h := newHome(t)
	serial(t, h)
	old, err := newLeaf(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	file := filepath.Join(t.TempDir(), "old.pem")
	put(t, file, old.certPEM())
	for _, list := range []string{used, unused} {
		certutil(t, "-A", "-t", flags, "-n", old.nickname(), "-a", "-i", file, "-d", "sql:"+list)
	}
	install1(t, h)
	for list, want := range map[string]int{used: 1, unused: 0} {
		text := certutil(t, "-L", "-d", "sql:"+list)
		if got := strings.Count(text, nickname); got != want || strings.Contains(text, old.nickname()) {
			t.Errorf("%s: got %s, want %d entries and not the old one", list, text, want)
		}
	}
}

func fingerprintOf(t *testing.T, der []byte) string {
	t.Helper()
	l, err := newLeaf(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	l.cert.Raw = der
	return l.fingerprint()
}

func TestTrust_MendsAnEntry(t *testing.T) {
	for _, wrong := range []string{"C,,", "P,,", ",,", "p,,", "CTc,CP,CP"} {
		t.Run(wrong, func(t *testing.T) {
			home := withCertutil(t, true)
			list := "sql:" + home + "/.local/share/pki/nssdb"
			h := newHome(t)
			install1(t, h)
			l, err := h.load()
			if err != nil {
				t.Fatal(err)
			}
			certutil(t, "-M", "-t", wrong, "-n", l.nickname(), "-d", list)
			if report, err := h.Check(t.Context()); err != nil || report.Trusted() {
				t.Errorf("got %+v, %v; want flags %s not to be enough", report, err, wrong)
			}
			if report := install1(t, h); !report.Trusted() {
				t.Errorf("got %+v, want it mended", report)
			}
		})
	}
}

func TestTrust_IsNotFooledByTheName(t *testing.T) {
	home := withCertutil(t, true)
	list := home + "/.local/share/pki/nssdb"
	h := newHome(t)
	serial(t, h)
	l, err := h.load()
	if err != nil {
		t.Fatal(err)
	}
	other, err := newLeaf(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	makeList(t, list)
	file := filepath.Join(t.TempDir(), "other.pem")
	put(t, file, other.certPEM())
	certutil(t, "-A", "-t", "CP,,", "-n", l.nickname(), "-a", "-i", file, "-d", "sql:"+list)
	if report, err := h.Check(t.Context()); err != nil || report.Trusted() {
		t.Errorf("got %+v, %v; want another certificate under our name not to count", report, err)
	}
	if report := install1(t, h); !report.Trusted() {
		t.Errorf("got %+v, want ours in its place", report)
	}
	text := certutil(t, "-L", "-a", "-n", l.nickname(), "-d", "sql:"+list)
	if block, rest := pem.Decode([]byte(text)); block == nil || strings.Contains(string(rest), "BEGIN") {
		t.Errorf("got %s, want one certificate", text)
	}
}
