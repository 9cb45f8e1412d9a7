package e2e

import (
	"context"
	"errors"
	"fmt"
	"image"
	"image/png"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// Eye looks at one window, and acts on it with the pointer and the keys, as a
// person would: by the words that can be read. It belongs to one [Desk] and,
// like it, to one goroutine.
type Eye struct {
	// Clicks counts the presses of the pointer's button so far.
	Clicks int

	desk  *Desk
	title string
}

// NotSeenError says that a phrase did not come up (or did not go away) in time.
type NotSeenError struct {
	Phrase string
	Window string
	Still  bool     // the phrase should have gone
	Words  []string // what could be read instead, line by line
	Err    error    // why the looking ended
}

// Error names the phrase and everything that was read.
func (e *NotSeenError) Error() string {
	verb := "not seen"
	if e.Still {
		verb = "still seen"
	}
	return fmt.Sprintf("%s in the window %q: %q (%v); read: %s", verb, e.Window, e.Phrase, e.Err, strings.Join(e.Words, " / "))
}

// Unwrap gives the reason, such as the deadline that passed.
func (e *NotSeenError) Unwrap() error { return e.Err }

// Eye restricts looking to the newest window with the words in its title. The
// window need not be there yet.
func (d *Desk) Eye(title string) *Eye { return &Eye{desk: d, title: title} }

// enlargements are tried one after the other: a misreading at one size is
// often cleared at another.
var enlargements = [...]float64{2.5, 3, 2}

// See waits until the phrase can be read, or until ctx ends: a [NotSeenError].
func (e *Eye) See(ctx context.Context, phrase string) (Spot, error) {
	return e.watch(ctx, phrase, true)
}

// Gone waits until the phrase can no longer be read.
func (e *Eye) Gone(ctx context.Context, phrase string) error {
	_, err := e.watch(ctx, phrase, false)
	return err
}

// watch looks again whenever the picture has changed; nothing on a screen tells
// when it does, hence the short pauses.
func (e *Eye) watch(ctx context.Context, phrase string, present bool) (Spot, error) {
	var before *image.RGBA
	var read [3][]word
	for looks := 0; ; looks++ {
		picture, err := e.picture()
		if err != nil && !errors.Is(err, ErrNoWindow) {
			return Spot{}, err
		}
		if !same(picture, before) {
			looks, before = 0, picture
		}
		if picture == nil && !present {
			return Spot{}, nil
		}
		if picture != nil && looks < len(enlargements) {
			words, err := readOut(ctx, picture, enlargements[looks])
			if err != nil {
				return Spot{}, err
			}
			read = words
			if spot, found := match(phrase, read); found == present {
				return spot, nil
			}
		}
		select {
		case <-ctx.Done():
			return Spot{}, &NotSeenError{Phrase: phrase, Window: e.title, Still: !present, Words: merged(read), Err: ctx.Err()}
		case <-time.After(100 * time.Millisecond):
		}
	}
}

// lookLimit is how long one look may take at the most.
const lookLimit = 3 * time.Minute

// readOut reads a picture to the end even when ctx ends meanwhile: how long it
// takes says how busy this machine is, not how long the program made us wait.
func readOut(ctx context.Context, picture *image.RGBA, factor float64) ([3][]word, error) {
	ctx, cancel := context.WithTimeout(context.WithoutCancel(ctx), lookLimit)
	defer cancel()
	return readScreen(ctx, picture, factor)
}

func same(a, b *image.RGBA) bool {
	return a != nil && b != nil && a.Rect == b.Rect && string(a.Pix) == string(b.Pix)
}

func (e *Eye) picture() (*image.RGBA, error) {
	window, err := e.desk.Screen.Find(e.title)
	if err != nil {
		return nil, err
	}
	return e.desk.Screen.Picture(window.Area)
}

// Words reads everything in the window now, line by line.
func (e *Eye) Words(ctx context.Context) ([]string, error) {
	picture, err := e.picture()
	if err != nil {
		return nil, err
	}
	read, err := readScreen(ctx, picture, enlargements[0])
	return merged(read), err
}

// Click waits for the phrase and clicks the middle of it.
func (e *Eye) Click(ctx context.Context, phrase string) error {
	spot, err := e.See(ctx, phrase)
	if err != nil {
		return err
	}
	return e.press(ctx, (spot.Box.Min.X+spot.Box.Max.X)/2, (spot.Box.Min.Y+spot.Box.Max.Y)/2)
}

// ClickBeside waits for the phrase and clicks on its line, right of where it
// begins by so many pixels: into the box that the phrase is the label of.
func (e *Eye) ClickBeside(ctx context.Context, phrase string, right int) error {
	spot, err := e.See(ctx, phrase)
	if err != nil {
		return err
	}
	return e.press(ctx, spot.Box.Min.X+right, (spot.Box.Min.Y+spot.Box.Max.Y)/2)
}

func (e *Eye) press(ctx context.Context, x, y int) error {
	e.Clicks++
	// The pauses are those of a hand: toolkits leave out a press that comes with the move.
	return e.desk.xdotool(ctx, "mousemove", strconv.Itoa(x), strconv.Itoa(y), "sleep", "0.08", "click", "1", "sleep", "0.08")
}

// Scroll turns the wheel down by so many notches, with the pointer over the
// middle of the window.
func (e *Eye) Scroll(ctx context.Context, notches int) error {
	window, err := e.desk.Screen.Find(e.title)
	if err != nil {
		return err
	}
	x, y := (window.Area.Min.X+window.Area.Max.X)/2, (window.Area.Min.Y+window.Area.Max.Y)/2
	const wheelDown = "5"
	return e.desk.xdotool(ctx, "mousemove", strconv.Itoa(x), strconv.Itoa(y), "click", "--repeat", strconv.Itoa(notches), "--delay", "20", wheelDown)
}

// Raise brings the window to the front and gives it the keys.
func (e *Eye) Raise(ctx context.Context) error {
	window, err := e.desk.Screen.Find(e.title)
	if err != nil {
		return err
	}
	return e.desk.xdotool(ctx, "windowactivate", "--sync", strconv.FormatUint(uint64(window.ID), 10))
}

// Type types into whatever has the keys.
func (e *Eye) Type(ctx context.Context, text string) error {
	return e.desk.xdotool(ctx, "type", "--clearmodifiers", "--delay", "15", "--", text)
}

// Key presses keys one after the other, named as in "Tab", "Return", "ctrl+a".
func (e *Eye) Key(ctx context.Context, names ...string) error {
	return e.desk.xdotool(ctx, append([]string{"key", "--clearmodifiers", "--delay", "40"}, names...)...)
}

func (d *Desk) xdotool(ctx context.Context, arguments ...string) error {
	command := exec.CommandContext(ctx, "xdotool", arguments...)
	command.Env = d.Env
	if said, err := command.CombinedOutput(); err != nil {
		return fmt.Errorf("xdotool %s: %w: %s", arguments[0], err, strings.TrimSpace(string(said)))
	}
	return nil
}

// Shot saves a picture of the window as PNG.
func (e *Eye) Shot(path string) error {
	picture, err := e.picture()
	if err != nil {
		return err
	}
	return savePicture(path, picture)
}

// Shot saves a picture of the whole screen as PNG.
func (d *Desk) Shot(path string) error {
	bounds, err := d.Screen.Bounds()
	if err != nil {
		return err
	}
	picture, err := d.Screen.Picture(bounds)
	if err != nil {
		return err
	}
	return savePicture(path, picture)
}

func savePicture(path string, picture image.Image) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	err = png.Encode(file, picture)
	return errors.Join(err, file.Close())
}
