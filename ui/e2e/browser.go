package e2e

import (
	"context"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
)

// Browser is a kind of browser.
type Browser int

// The browsers that a desk can use.
const (
	Chromium Browser = iota
	Firefox
)

// String is the name people use, which is also in the title of its windows.
func (b Browser) String() string {
	if b == Firefox {
		return "Firefox"
	}
	return "Chromium"
}

// ErrSnap says that the only browser of a kind is a snap, which cannot run in a
// home folder other than the person's own.
var ErrSnap = errors.New("it is a snap, which runs only in the person's own home folder")

// commands under which a browser may be installed, the plainest first.
var commands = map[Browser][]string{
	Chromium: {"chromium", "google-chrome-stable", "google-chrome", "chromium-browser"},
	Firefox:  {"firefox-esr", "firefox"},
}

// find gives the browser's command, ErrSnap, or exec.ErrNotFound.
func (b Browser) find() (string, error) {
	reason := exec.ErrNotFound
	for _, name := range commands[b] {
		path, err := exec.LookPath(name)
		if err != nil {
			continue
		}
		if isSnap(path) {
			reason = ErrSnap
			continue
		}
		return path, nil
	}
	return "", fmt.Errorf("%v: %w", b, reason)
}

// isSnap also knows Ubuntu's small scripts that only start the snap.
func isSnap(path string) bool {
	real, err := filepath.EvalSymlinks(path)
	if err != nil {
		return false
	}
	if strings.HasPrefix(real, "/snap/") || filepath.Base(real) == "snap" {
		return true
	}
	info, err := os.Stat(real)
	if err != nil || info.Size() > 8<<10 {
		return false
	}
	script, err := os.ReadFile(real)
	return err == nil && strings.Contains(string(script), "/snap/bin/")
}

// UseBrowser makes xdg-open open the browser, with a profile inside the desk's
// home folder that asks and fetches nothing of its own. ctx bounds the making
// of the profile. The error is ErrSnap or exec.ErrNotFound when there is none.
func (d *Desk) UseBrowser(ctx context.Context, b Browser) error {
	path, err := b.find()
	if err != nil {
		return err
	}
	var command []string
	switch b {
	case Firefox:
		command, err = d.firefox(ctx, path)
	default:
		command = d.chromium(path)
	}
	if err != nil {
		return fmt.Errorf("%v: %w", b, err)
	}
	return d.UseCommand(command...)
}

// chromium gives the command line. The switches keep it from asking, updating
// and calling home; none of them touches certificates or pages.
func (d *Desk) chromium(path string) []string {
	command := []string{
		path, "--user-data-dir=" + d.file(".config/desk-chromium"), "--password-store=basic",
		"--no-first-run", "--no-default-browser-check", "--disable-search-engine-choice-screen",
		"--disable-background-networking", "--disable-component-update", "--disable-sync", "--disable-default-apps",
		"--disable-breakpad", "--disable-features=Translate,MediaRouter", "--disable-dev-shm-usage",
	}
	if !sandboxes() {
		command = append(command, "--no-sandbox", "--test-type") // the second one keeps it from warning of the first
	}
	return command
}

// sandboxes tells whether Chromium's own sandbox can work: not for root, and
// not where a container forbids namespaces.
func sandboxes() bool {
	if os.Geteuid() == 0 {
		return false
	}
	return exec.Command("unshare", "--user", "true").Run() == nil
}

const profileName = "desk"

// quietFirefox switches off what would cover the page or call home.
var quietFirefox = map[string]string{
	"browser.aboutwelcome.enabled":                                "false",
	"browser.preonboarding.enabled":                               "false",
	"termsofuse.bypassNotification":                               "true",
	"datareporting.policy.dataSubmissionEnabled":                  "false",
	"datareporting.policy.dataSubmissionPolicyBypassNotification": "true",
	"datareporting.healthreport.uploadEnabled":                    "false",
	"toolkit.telemetry.enabled":                                   "false",
	"toolkit.telemetry.unified":                                   "false",
	"toolkit.telemetry.reportingpolicy.firstRun":                  "false",
	"browser.shell.checkDefaultBrowser":                           "false",
	"browser.startup.homepage_override.mstone":                    `"ignore"`,
	"browser.startup.page":                                        "0",
	"browser.newtabpage.enabled":                                  "false",
	"browser.tabs.warnOnClose":                                    "false",
	"app.update.auto":                                             "false",
	"app.update.enabled":                                          "false",
	"app.normandy.enabled":                                        "false",
	"app.shield.optoutstudies.enabled":                            "false",
	"extensions.update.enabled":                                   "false",
	"extensions.getAddons.cache.enabled":                          "false",
	"browser.safebrowsing.malware.enabled":                        "false",
	"browser.safebrowsing.phishing.enabled":                       "false",
	"browser.search.update":                                       "false",
	"network.captive-portal-service.enabled":                      "false",
	"network.connectivity-service.enabled":                        "false",
	"signon.rememberSignons":                                      "false",
	"sidebar.revamp":                                              "false",
}

// firefox lets Firefox itself make a profile, so that everything a person's
// home folder holds is there (profiles.ini first of all), and gives the command.
func (d *Desk) firefox(ctx context.Context, path string) ([]string, error) {
	create := exec.CommandContext(ctx, path, "--headless", "-CreateProfile", profileName)
	create.Env = d.Env
	if said, err := create.CombinedOutput(); err != nil {
		return nil, fmt.Errorf("making a profile: %w: %s", err, strings.TrimSpace(string(said)))
	}
	profiles, _ := filepath.Glob(d.file(".mozilla/firefox/*." + profileName))
	newer, _ := filepath.Glob(d.file(".config/mozilla/firefox/*." + profileName)) // where newer ones put it in an empty home
	profiles = append(profiles, newer...)
	if len(profiles) != 1 {
		return nil, fmt.Errorf("making a profile: %d are there", len(profiles))
	}
	var settings strings.Builder
	for name, value := range quietFirefox {
		fmt.Fprintf(&settings, "user_pref(%q, %s);\n", name, value)
	}
	if err := os.WriteFile(filepath.Join(profiles[0], "user.js"), []byte(settings.String()), 0o600); err != nil {
		return nil, err
	}
	return []string{"env", "MOZ_CRASHREPORTER_DISABLE=1", path, "-P", profileName}, nil
}

// UseCommand makes xdg-open run a command of the caller's with the address at
// its end, the way a desktop does it. $BROWSER alone would not do: a default of
// the system comes before it.
func (d *Desk) UseCommand(command ...string) error {
	quoted := make([]string, len(command))
	for i, part := range command {
		quoted[i] = "'" + strings.ReplaceAll(part, "'", `'\''`) + "'"
	}
	wrapper := filepath.Join(d.folder, "browser")
	script := "#!/bin/sh\nexec " + strings.Join(quoted, " ") + " \"$@\" >>'" + d.folder + "/browser.log' 2>&1\n"
	entry := "[Desktop Entry]\nType=Application\nName=Desk browser\nExec=" + wrapper +
		" %U\nMimeType=x-scheme-handler/http;x-scheme-handler/https;text/html;\n"
	defaults := "[Default Applications]\nx-scheme-handler/http=desk-browser.desktop\n" +
		"x-scheme-handler/https=desk-browser.desktop\ntext/html=desk-browser.desktop\n"
	return errors.Join(
		os.WriteFile(wrapper, []byte(script), 0o700),
		os.WriteFile(d.file(".local/share/applications/desk-browser.desktop"), []byte(entry), 0o600),
		os.WriteFile(d.file(".config/mimeapps.list"), []byte(defaults), 0o600),
	)
}
