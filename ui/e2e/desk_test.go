package e2e

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// deskFor gives a desk that is gone after the test. When the test does not
// pass, a picture of the whole screen stays in testdata/failed.
func deskFor(t *testing.T) *Desk {
	t.Helper()
	desk, err := StartDesk(within(t, step))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		pictureIfFailed(t, desk)
		if err := desk.Close(); err != nil {
			t.Errorf("clearing the desk: %v", err)
		}
	})
	return desk
}

// pictureIfFailed keeps the first picture of a test that did not pass: later
// ones show windows closing.
func pictureIfFailed(t *testing.T, desk *Desk) {
	t.Helper()
	path := filepath.Join("testdata", "failed", strings.ReplaceAll(t.Name(), "/", "_")+".png")
	if !t.Failed() || desk.pictured {
		return
	}
	desk.pictured = true
	t.Logf("picture of the screen: %s (error: %v)", path, desk.Shot(path))
}

// within bounds one step.
func within(t *testing.T, limit time.Duration) context.Context {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), limit)
	t.Cleanup(cancel)
	return ctx
}

// browse makes the browser the desk's own, or leaves the test out where this
// computer has none that a test can run.
func browse(t *testing.T, desk *Desk, browser Browser) *Eye {
	t.Helper()
	err := desk.UseBrowser(within(t, step), browser)
	if errors.Is(err, ErrSnap) || errors.Is(err, exec.ErrNotFound) {
		t.Skipf("LEFT OUT: no %v that a test can run here: %v", browser, err)
	}
	if err != nil {
		t.Fatal(err)
	}
	return desk.Eye(browser.String())
}

const questionPage = `<!doctype html><meta charset="utf-8"><title>Question</title>
<style>body{font:16px sans-serif;margin:48px}
button{font:16px sans-serif;padding:12px 24px;border:0;border-radius:6px}
.primary{background:#0F5FC2;color:#fff}</style>
<h1>May the app use your data?</h1><p>Nothing is granted until you say so.</p>
<form method="post" action="/answer"><button class="primary" name="say" value="yes">Grant access</button>
<button name="say" value="no">Don&#8217;t allow</button></form>`

// The harness itself: a page opened by xdg-open in a real browser is read,
// clicked and copied from.
func TestDesk_BrowsersOpenReadClickAndCopy(t *testing.T) {
	for _, browser := range []Browser{Chromium, Firefox} {
		t.Run(browser.String(), func(t *testing.T) {
			said := make(chan string, 1)
			server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
				w.Header().Set("Content-Type", "text/html; charset=utf-8")
				if r.Method == http.MethodPost {
					said <- r.FormValue("say")
					_, _ = fmt.Fprint(w, "<title>Answer</title><h1>Got it</h1><p>Go back to the window.</p>")
					return
				}
				_, _ = fmt.Fprint(w, questionPage)
			}))
			defer server.Close()

			desk := deskFor(t)
			page := browse(t, desk, browser)
			if _, err := desk.Run("xdg-open", server.URL+"/"); err != nil {
				t.Fatal(err)
			}
			if _, err := page.See(within(t, 2*time.Minute), "May the app use your data?"); err != nil {
				t.Fatal(err)
			}
			if err := page.Click(within(t, step), "Grant access"); err != nil {
				t.Fatal(err)
			}
			if _, err := page.See(within(t, step), "Got it"); err != nil {
				t.Fatal(err)
			}
			if got := <-said; got != "yes" {
				t.Errorf("the page said %q, want yes", got)
			}
			if err := page.Gone(within(t, step), "May the app use your data?"); err != nil {
				t.Error(err)
			}
			if err := page.Key(t.Context(), "ctrl+a", "ctrl+c"); err != nil {
				t.Fatal(err)
			}
			text := awaitClipboard(t, desk, "Go back")
			// How many line breaks stand between is the browser's own affair.
			if got, want := strings.Join(strings.Fields(text), " "), "Got it Go back to the window."; got != want {
				t.Errorf("copied %q, want %q", got, want)
			}
		})
	}
}

// awaitClipboard waits until the clipboard holds the words; ten seconds at most.
func awaitClipboard(t *testing.T, desk *Desk, words string) string {
	t.Helper()
	ctx := within(t, step)
	for {
		text, err := desk.Screen.Clipboard()
		if err != nil {
			t.Fatal(err)
		}
		if strings.Contains(text, words) {
			return text
		}
		select {
		case <-ctx.Done():
			t.Fatalf("the clipboard holds %d characters, not the words %q", len(text), words)
		case <-time.After(100 * time.Millisecond): // the clipboard tells nobody when it changes
		}
	}
}

func TestDesk_KeyringIsUnlocked(t *testing.T) {
	desk := deskFor(t)
	ask := exec.CommandContext(within(t, step), "dbus-send", "--session", "--print-reply=literal",
		"--dest=org.freedesktop.secrets", "/org/freedesktop/secrets/collection/login",
		"org.freedesktop.DBus.Properties.Get", "string:org.freedesktop.Secret.Collection", "string:Locked")
	ask.Env = desk.Env
	got, err := ask.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, got)
	}
	if !strings.Contains(string(got), "boolean false") {
		t.Errorf("the keyring answered %q, want it unlocked", got)
	}
}

func TestDesk_LeavesNothingBehind(t *testing.T) {
	desk, err := StartDesk(within(t, step))
	if err != nil {
		t.Fatal(err)
	}
	stray, err := desk.Run("sh", "-c", "trap '' TERM; sleep 600")
	if err != nil {
		t.Fatal(err)
	}
	closed := desk.Close()
	if closed != nil {
		t.Error(closed)
	}
	select {
	case <-stray.Ended():
	case <-time.After(10 * time.Second):
		t.Error("a program that does not listen is still there")
	}
	if _, err := os.Stat(desk.Home); !os.IsNotExist(err) {
		t.Errorf("the home folder is still there: %v", err)
	}
	if _, err := OpenScreen(value(desk.Env, "DISPLAY")); err == nil {
		t.Error("the display is still there")
	}
}

func TestEye_SaysWhatItReadInstead(t *testing.T) {
	desk := deskFor(t)
	_, err := desk.Eye("No such window").See(within(t, 300*time.Millisecond), "Practise first")
	var notSeen *NotSeenError
	if !errors.As(err, &notSeen) || !errors.Is(err, context.DeadlineExceeded) {
		t.Fatalf("See = %v, want a NotSeenError because of the deadline", err)
	}
	if notSeen.Phrase != "Practise first" || notSeen.Window != "No such window" {
		t.Errorf("NotSeenError = %+v", notSeen)
	}
}

func value(env []string, name string) string {
	for _, pair := range env {
		if rest, found := strings.CutPrefix(pair, name+"="); found {
			return rest
		}
	}
	return ""
}
