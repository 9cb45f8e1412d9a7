package ui

import (
	"os"
	"testing"
	"time"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

// TestMain fixes the language and the zone, so that the words and the goldens
// are the same on every machine. Once for all tests: what a test leaves under
// way may still look at the clock when the next one begins.
func TestMain(m *testing.M) {
	time.Local = time.UTC
	for _, name := range []string{"LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE"} {
		if err := os.Setenv(name, "en_US.UTF-8"); err != nil {
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// dress starts an app for one test in one look.
func dress(t *testing.T, l look) {
	t.Helper()
	test.NewTempApp(t)
	test.ApplyTheme(t, l)
}

// stage shows an object in a window of its own size, or larger.
func stage(t *testing.T, content fyne.CanvasObject, size fyne.Size) fyne.Window {
	t.Helper()
	w := test.NewTempWindow(t, content)
	w.SetPadded(false)
	w.Resize(size)
	return w
}

// newTestFrame makes a frame with the four steps and one later entry.
func newTestFrame(t *testing.T, keys keymap) *frame {
	t.Helper()
	steps := newRail([]string{"Details", "This computer", "Sign in", "Result"})
	steps.addEntry(iconClock, "History", func() {})
	return newFrame(test.NewTempWindow(t, nil), newBand(func() {}, func() {}), steps, keys)
}

// key types one key where the driver would send it: to what has the focus,
// else to the canvas.
func key(c fyne.Canvas, name fyne.KeyName) {
	ev := &fyne.KeyEvent{Name: name}
	if focused := c.Focused(); focused != nil {
		focused.TypedKey(ev)
		return
	}
	if typed := c.OnTypedKey(); typed != nil {
		typed(ev)
	}
}
