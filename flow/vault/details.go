package vault

// The rules of the details file: it never holds a secret; it is its owner's
// alone (0600 in a 0700 folder); it is written whole or not at all; fields
// this version does not know are kept, so that an older and a newer version
// can share it; and a file that cannot be read is set aside, not overwritten.

import (
	"bytes"
	"crypto/rand"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"time"

	"granthelper/flow"
)

// fileLimit is the largest details file that is read, in bytes.
const fileLimit = 1 << 20

// fileName is the name of the details file in its folder.
const fileName = "details.json"

// forbidden are field names that a file edited by hand may hold and that are
// not carried on, because what they name is a secret.
var forbidden = []string{"secret", "client_secret", "code", "password", "access_token", "refresh_token"}

// Damaged says that the details file could not be read and was set aside.
type Damaged struct {
	Aside string // where it lies now
	Err   error  // what is wrong with it
}

// Error implements error.
func (d *Damaged) Error() string {
	return fmt.Sprintf("the details file could not be read and was set aside as %s: %v", filepath.Base(d.Aside), d.Err)
}

// Unwrap returns what is wrong with the file.
func (d *Damaged) Unwrap() error { return d.Err }

// File is the details file in a folder.
type File struct {
	dir string
	now func() time.Time
}

// Details names the details file in dir, which need not exist.
func Details(dir string) *File { return &File{dir: dir, now: time.Now} }

// Folder returns the folder of this tool among the person's configuration:
// $XDG_CONFIG_HOME/granthelper on Linux, and where such things belong on other
// systems. It fails when the system does not say where that is.
func Folder() (string, error) {
	base, err := os.UserConfigDir()
	if err != nil {
		return "", fmt.Errorf("find the configuration folder: %w", err)
	}
	return filepath.Join(base, "granthelper"), nil
}

// Path returns where the file lies, for technical details.
func (f *File) Path() string { return filepath.Join(f.dir, fileName) }

// Load reads the details. No file gives the zero value and no error. A damaged
// one gives the zero value and a [Damaged] error: tell the person and go on,
// the file is kept beside. Other errors come from the system, when the file
// may not be read; it then stays as it is.
func (f *File) Load() (flow.Saved, error) {
	_, saved, err := f.read()
	return saved, err
}

// Save writes the details, whole or not at all, and keeps fields that this
// version does not know. When what was there is damaged it is set aside first,
// and Save succeeds.
func (f *File) Save(s flow.Saved) error {
	all, _, err := f.read()
	var damaged *Damaged
	if err != nil && !errors.As(err, &damaged) {
		return err
	}
	known, err := json.Marshal(s)
	if err == nil {
		err = json.Unmarshal(known, &all)
	}
	if err != nil {
		return fmt.Errorf("write the details down: %w", err)
	}
	for _, name := range forbidden {
		delete(all, name)
	}
	text, err := json.MarshalIndent(all, "", "  ")
	if err != nil {
		return fmt.Errorf("write the details down: %w", err)
	}
	if err := f.write(append(text, '\n')); err != nil {
		return fmt.Errorf("save the details: %w", err)
	}
	return nil
}

// read returns all fields of the file and the ones this version knows.
func (f *File) read() (map[string]json.RawMessage, flow.Saved, error) {
	all, saved := map[string]json.RawMessage{}, flow.Saved{}
	file, err := os.Open(f.Path())
	if errors.Is(err, fs.ErrNotExist) {
		return all, saved, nil
	}
	if err != nil {
		return all, saved, fmt.Errorf("read the details: %w", err)
	}
	text, err := io.ReadAll(io.LimitReader(file, fileLimit+1))
	_ = file.Close() // before it is renamed: some systems insist
	if err != nil {
		return all, saved, fmt.Errorf("read the details: %w", err)
	}
	if len(text) > fileLimit {
		err = errors.New("it is far too long")
	} else if err = json.Unmarshal(text, &saved); err == nil {
		err = json.Unmarshal(text, &all)
	}
	if err == nil && all == nil {
		err = errors.New("it holds nothing")
	}
	if err == nil {
		return all, saved, nil
	}
	err = f.setAside(err)
	return map[string]json.RawMessage{}, flow.Saved{}, err
}

// setAside renames a damaged file; no file that was set aside before is lost.
func (f *File) setAside(reason error) error {
	aside := f.Path() + ".damaged-" + f.now().UTC().Format("20060102-150405")
	if _, err := os.Lstat(aside); err == nil {
		aside += "-" + rand.Text()[:8]
	}
	if err := os.Rename(f.Path(), aside); err != nil {
		return fmt.Errorf("set the damaged details aside: %w", err)
	}
	return &Damaged{Aside: aside, Err: reason}
}

func (f *File) write(text []byte) error {
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		return err
	}
	if err := os.Chmod(f.dir, 0o700); err != nil {
		return err
	}
	// CreateTemp makes it 0600 and under a name nobody had.
	file, err := os.CreateTemp(f.dir, fileName+".new-")
	if err != nil {
		return err
	}
	_, err = io.Copy(file, bytes.NewReader(text))
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(file.Name(), f.Path())
	}
	if err != nil {
		_ = os.Remove(file.Name())
	}
	return err
}
