package cert

import (
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
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

func TestTrust_FindsEveryListInUse(t *testing.T) {
	outside := t.TempDir()
	for _, c := range []struct {
		name     string
		chromium bool
		prepare  func(t *testing.T, home string)
		want     string
	}{
		{"nothing yet", true, func(*testing.T, string) {}, ".local/share/pki/nssdb"},
		{"old list", true, func(t *testing.T, home string) { makeList(t, home+"/.pki/nssdb") }, ".pki/nssdb"},
		{"old folder, still empty", false, func(t *testing.T, home string) { mkdir(t, home+"/.pki/nssdb") }, ".pki/nssdb"},
		{"new list", false, func(t *testing.T, home string) { makeList(t, home+"/.local/share/pki/nssdb") }, ".local/share/pki/nssdb"},
		{"both", true, func(t *testing.T, home string) {
			makeList(t, home+"/.pki/nssdb")
			makeList(t, home+"/.local/share/pki/nssdb")
		}, ".pki/nssdb"},
		{"data home", true, func(t *testing.T, home string) { t.Setenv("XDG_DATA_HOME", home+"/data") }, "data/pki/nssdb"},
		{"relative data home", true, func(t *testing.T, _ string) { t.Setenv("XDG_DATA_HOME", "data") }, ".local/share/pki/nssdb"},
		{"one profile", false, func(t *testing.T, home string) { firefox(t, home+"/.mozilla/firefox", "a.default") }, ".mozilla/firefox/a.default"},
		{"profiles of a recent Firefox", false, func(t *testing.T, home string) {
			firefox(t, home+"/.config/mozilla/firefox", "a.default", "Profiles/b")
		}, ".config/mozilla/firefox/a.default .config/mozilla/firefox/Profiles/b"},
		{"config home", false, func(t *testing.T, home string) {
			t.Setenv("XDG_CONFIG_HOME", home+"/settings")
			firefox(t, home+"/settings/mozilla/firefox", "a.default")
		}, "settings/mozilla/firefox/a.default"},
		{"absolute, named twice", false, func(t *testing.T, home string) {
			firefox(t, home+"/.mozilla/firefox", home+"/else where/p")
			firefox(t, home+"/.config/mozilla/firefox", home+"/else where/p", outside)
		}, "else where/p " + relative(outside)},
		{"snap", false, func(t *testing.T, home string) {
			mkdir(t, home+"/snap/chromium/2900")
			if err := os.Symlink("2900", home+"/snap/chromium/current"); err != nil {
				t.Fatal(err)
			}
			mkdir(t, home+"/snap/brave/current/.pki/nssdb")
			firefox(t, home+"/snap/firefox/common/.mozilla/firefox", "a")
		}, "snap/brave/current/.pki/nssdb snap/chromium/current/.local/share/pki/nssdb snap/firefox/common/.mozilla/firefox/a"},
		{"Flatpak", false, func(t *testing.T, home string) {
			mkdir(t, home+"/.var/app/com.google.Chrome/.pki/nssdb")
			mkdir(t, home+"/.var/app/org.chromium.Chromium")
			firefox(t, home+"/.var/app/org.mozilla.firefox/.mozilla/firefox", "a")
			firefox(t, home+"/.var/app/org.mozilla.firefox/config/mozilla/firefox", "b")
		}, ".var/app/com.google.Chrome/.pki/nssdb .var/app/org.chromium.Chromium/data/pki/nssdb " +
			".var/app/org.mozilla.firefox/.mozilla/firefox/a .var/app/org.mozilla.firefox/config/mozilla/firefox/b"},
	} {
		t.Run(c.name, func(t *testing.T) {
			home := withCertutil(t, c.chromium)
			c.prepare(t, home)
			want := c.want
			if strings.Contains(want, "OUTSIDE") {
				path, _ := filepath.Rel(home, outside)
				want = strings.ReplaceAll(want, "OUTSIDE", path)
			}
			h := newHome(t)
			before, err := h.Check(t.Context())
			if got := paths(home, before); got != want || err != nil {
				t.Fatalf("before: got %q, %v; want %q", got, err, want)
			}
			after := install1(t, h)
			all := "+" + strings.ReplaceAll(strings.ReplaceAll(want, " ", " +"), "else +where", "else where")
			if got := paths(home, after); got != all || !after.Trusted() {
				t.Errorf("after: got %q, want %q", got, all)
			}
			checked, err := h.Check(t.Context())
			if got := paths(home, checked); got != all || err != nil || checked.Fingerprint != after.Fingerprint {
				t.Errorf("checked: got %q, %v", got, err)
			}
			removed, err := h.Remove(t.Context())
			if err != nil || removed.Exists || removed.Trusted() {
				t.Errorf("removed: got %+v, %v", removed, err)
			}
			if got := paths(home, removed); len(removed.Places) < len(after.Places) || strings.Contains(got, "+") {
				t.Errorf("removed: got %q, want every list, none of them trusted", got)
			}
			for _, place := range removed.Places {
				if text := certutil(t, "-L", "-d", "sql:"+place.Path); strings.Contains(text, "Grant") {
					t.Errorf("%s still holds %s", place.Path, text)
				}
			}
		})
	}
}

// relative stands for a folder outside of home in a row's want.
func relative(string) string { return "OUTSIDE" }

func mkdir(t *testing.T, dir string) {
	t.Helper()
	if err := os.MkdirAll(dir, 0o700); err != nil {
		t.Fatal(err)
	}
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
	second := install1(t, h)
	if second.Fingerprint == first.Fingerprint || !second.Trusted() || h.Due(later) {
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
