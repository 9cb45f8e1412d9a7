package cert

import (
	"os"
	"path/filepath"
	"strings"
	"testing"
)

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
