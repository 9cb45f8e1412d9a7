package cert

// Where browsers on Linux keep their lists of certificates. All are NSS
// databases: folders with a file cert9.db.
//
// Chromium and its relatives share one for each person: ~/.pki/nssdb where
// that exists, and otherwise, since version 146, $XDG_DATA_HOME/pki/nssdb
// (documented in Chromium's docs/linux/cert_management.md; both measured).
// Making the first beside the second would lead a browser away from the list
// it had, so it is never made here. Firefox keeps one in each profile, and a
// profile exists only once Firefox was started. Browsers from snap and Flatpak
// see a home folder of their own, with the same rules inside it.

import (
	"bufio"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// database is one list of certificates; its folder may still have to be made.
type database struct {
	browser string
	dir     string
}

// exists reports whether there is a list at all.
func (d database) exists() bool { return isFile(filepath.Join(d.dir, "cert9.db")) }

// commands are the names under which Chromium and its relatives are installed
// outside snap and Flatpak.
var commands = []string{
	"chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "google-chrome-beta",
	"brave-browser", "brave-browser-stable", "microsoft-edge", "microsoft-edge-stable", "vivaldi", "vivaldi-stable", "opera",
}

// snaps are relatives of Chromium in the snap store, and their own names.
var snaps = map[string]string{"chromium": "Chromium (snap)", "brave": "Brave (snap)", "opera": "Opera (snap)", "vivaldi": "Vivaldi (snap)"}

// flatpaks are relatives of Chromium on Flathub, and their own names.
var flatpaks = map[string]string{
	"org.chromium.Chromium": "Chromium (Flatpak)",
	"com.google.Chrome":     "Chrome (Flatpak)",
	"com.brave.Browser":     "Brave (Flatpak)",
	"com.microsoft.Edge":    "Edge (Flatpak)",
	"com.vivaldi.Vivaldi":   "Vivaldi (Flatpak)",
	"com.opera.Opera":       "Opera (Flatpak)",
}

// pair is where a browser of Chromium's kind may look: into old where that
// folder exists, into new otherwise.
type pair struct {
	browser  string
	old, new string
	here     bool // such a browser is installed or was used
}

// pairs lists where browsers of Chromium's kind look. A person without a home
// folder has none.
func pairs() []pair {
	home, err := os.UserHomeDir()
	if err != nil || !filepath.IsAbs(home) {
		return nil
	}
	list := []pair{{
		browser: "Chromium",
		old:     filepath.Join(home, ".pki", "nssdb"),
		new:     filepath.Join(xdg("XDG_DATA_HOME", home, ".local/share"), "pki", "nssdb"),
		here:    installed(),
	}}
	for _, name := range sorted(snaps) {
		// "current" is a link to the data of the installed revision.
		own := filepath.Join(home, "snap", name, "current")
		list = append(list, pair{snaps[name], filepath.Join(own, ".pki", "nssdb"), filepath.Join(own, ".local/share/pki/nssdb"), isFolder(own)})
	}
	for _, id := range sorted(flatpaks) {
		own := filepath.Join(home, ".var", "app", id)
		list = append(list, pair{flatpaks[id], filepath.Join(own, ".pki", "nssdb"), filepath.Join(own, "data/pki/nssdb"), isFolder(own)})
	}
	return list
}

// inUse lists the databases that browsers here read now, as far as they exist
// or an installed browser would make them.
func inUse() []database {
	var list []database
	for _, p := range pairs() {
		switch {
		case isFolder(p.old):
			list = append(list, database{p.browser, p.old})
		case p.here || isFolder(p.new):
			list = append(list, database{p.browser, p.new})
		}
	}
	return append(list, profiles()...)
}

// existing lists every database there is, whether a browser reads it or not.
func existing() []database {
	var list []database
	for _, p := range pairs() {
		list = append(list, database{p.browser, p.old}, database{p.browser, p.new})
	}
	var there []database
	for _, d := range append(list, profiles()...) {
		if d.exists() {
			there = append(there, d)
		}
	}
	return there
}

// profiles lists the databases of Firefox: one for each profile that a
// profiles.ini names and that is there.
func profiles() []database {
	home, err := os.UserHomeDir()
	if err != nil || !filepath.IsAbs(home) {
		return nil
	}
	var list []database
	seen := map[string]bool{}
	for _, root := range []struct{ browser, dir string }{
		{"Firefox", filepath.Join(home, ".mozilla/firefox")},
		{"Firefox", filepath.Join(xdg("XDG_CONFIG_HOME", home, ".config"), "mozilla/firefox")}, // where Firefox 147 and later begin
		{"Firefox (snap)", filepath.Join(home, "snap/firefox/common/.mozilla/firefox")},
		{"Firefox (snap)", filepath.Join(home, "snap/firefox/common/.config/mozilla/firefox")},
		{"Firefox (snap)", filepath.Join(home, "snap/firefox/current/.config/mozilla/firefox")},
		{"Firefox (Flatpak)", filepath.Join(home, ".var/app/org.mozilla.firefox/.mozilla/firefox")},
		{"Firefox (Flatpak)", filepath.Join(home, ".var/app/org.mozilla.firefox/config/mozilla/firefox")},
	} {
		for _, dir := range profileFolders(root.dir) {
			if real, err := filepath.EvalSymlinks(dir); err == nil && isFolder(real) && !seen[real] {
				seen[real] = true
				list = append(list, database{root.browser, dir})
			}
		}
	}
	return list
}

// profileFolders reads the folders out of Firefox's profiles.ini in dir.
func profileFolders(dir string) []string {
	file, err := os.Open(filepath.Join(dir, "profiles.ini"))
	if err != nil {
		return nil
	}
	defer file.Close()
	var folders []string
	path, relative, profile := "", true, false
	flush := func() {
		if profile && path != "" {
			if relative {
				path = filepath.Join(dir, path)
			}
			folders = append(folders, filepath.Clean(path))
		}
		path, relative = "", true
	}
	lines := bufio.NewScanner(io.LimitReader(file, 1<<20))
	for lines.Scan() {
		line := strings.TrimSpace(lines.Text())
		if strings.HasPrefix(line, "[") {
			flush()
			profile = strings.HasPrefix(line, "[Profile")
			continue
		}
		switch key, value, _ := strings.Cut(line, "="); key {
		case "Path":
			path = value
		case "IsRelative":
			relative = value != "0"
		}
	}
	flush()
	return folders
}

// installed reports whether a browser of Chromium's kind is on the PATH.
func installed() bool {
	for _, name := range commands {
		if _, err := exec.LookPath(name); err == nil {
			return true
		}
	}
	return false
}

// xdg returns a base folder; a relative one is to be ignored (XDG Base
// Directory Specification).
func xdg(variable, home, fallback string) string {
	if dir := os.Getenv(variable); filepath.IsAbs(dir) {
		return dir
	}
	return filepath.Join(home, fallback)
}
