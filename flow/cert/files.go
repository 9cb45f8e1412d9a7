package cert

// The rules of the folder: it is its owner's alone (0700) and no symbolic
// link. One file holds the key and its certificate together, so that a crash
// leaves the old pair, the new pair, or none; a second holds the certificate
// alone for other programs and is made again from the first whenever it
// differs. Every file is written under a new name, flushed, and then renamed.

import (
	"bytes"
	"crypto/rand"
	"errors"
	"fmt"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"runtime"
	"strings"
)

const (
	keyName  = "localhost-key.pem" // the key and its certificate
	certName = "localhost.pem"     // the certificate alone
	newMark  = ".new-"             // in the name of a file that is being written
)

// sizeLimit is the largest file that is read, in bytes.
const sizeLimit = 64 << 10

// load reads the certificate and its key. Every error means that there is none
// that could be used.
func (h *Home) load() (*leaf, error) {
	text, err := readPrivate(filepath.Join(h.dir, keyName))
	if err != nil {
		return nil, err
	}
	return parseLeaf(text)
}

// readPrivate reads a file that only its owner may read. A key that others
// could read, or that lies behind a symbolic link, is as good as lost.
func readPrivate(path string) ([]byte, error) {
	before, err := os.Lstat(path)
	if err != nil {
		return nil, err
	}
	if !before.Mode().IsRegular() || !private(before) {
		return nil, fmt.Errorf("%s is not a file of its owner alone", filepath.Base(path))
	}
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	// Between the two looks somebody may have put a link in its place.
	if after, err := file.Stat(); err != nil || !os.SameFile(before, after) {
		return nil, fmt.Errorf("%s was exchanged", filepath.Base(path))
	}
	return io.ReadAll(io.LimitReader(file, sizeLimit))
}

// private reports whether nobody but the owner has any right. Windows keeps
// rights elsewhere: there a person's configuration folder is their own.
func private(info fs.FileInfo) bool {
	return runtime.GOOS == "windows" || info.Mode().Perm()&0o077 == 0
}

// folder makes the folder, or makes it private again.
func (h *Home) folder() error {
	if err := os.MkdirAll(h.dir, 0o700); err != nil {
		return broken(fmt.Errorf("make the certificate's folder: %w", err))
	}
	info, err := os.Lstat(h.dir)
	if err != nil {
		return broken(fmt.Errorf("look at the certificate's folder: %w", err))
	}
	if !info.IsDir() {
		return broken(errors.New("the certificate's folder is a symbolic link; that is refused"))
	}
	if private(info) {
		return nil
	}
	if err := os.Chmod(h.dir, 0o700); err != nil {
		return broken(fmt.Errorf("make the certificate's folder private: %w", err))
	}
	return nil
}

// save puts the pair on disk; the caller holds the lock.
func (h *Home) save(l *leaf) error {
	text, err := l.bothPEM()
	if err != nil {
		return broken(err)
	}
	h.sweep()
	if err := h.write(keyName, text); err != nil {
		return err
	}
	return h.publish(l)
}

// publish sees to it that the file for other programs holds this certificate.
func (h *Home) publish(l *leaf) error {
	have, err := readPrivate(h.CAFile())
	if err == nil && bytes.Equal(have, l.certPEM()) {
		return nil
	}
	return h.write(certName, l.certPEM())
}

// write replaces a file of the folder, whole or not at all. What had the name
// before, a link or an empty folder too, is taken away and not followed.
func (h *Home) write(name string, text []byte) error {
	path := filepath.Join(h.dir, name)
	if info, err := os.Lstat(path); err == nil && !info.Mode().IsRegular() {
		if err := os.Remove(path); err != nil {
			return broken(fmt.Errorf("clear the place of %s: %w", name, err))
		}
	}
	temporary := path + newMark + rand.Text()
	file, err := os.OpenFile(temporary, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return broken(fmt.Errorf("write %s: %w", name, err))
	}
	_, err = file.Write(text)
	err = errors.Join(err, file.Sync(), file.Close())
	if err == nil {
		err = os.Rename(temporary, path)
	}
	if err != nil {
		_ = os.Remove(temporary)
		return broken(fmt.Errorf("write %s: %w", name, err))
	}
	return nil
}

// sweep takes away what a crash left half written.
func (h *Home) sweep() {
	files, _ := os.ReadDir(h.dir)
	for _, file := range files {
		if strings.Contains(file.Name(), newMark) {
			_ = os.Remove(filepath.Join(h.dir, file.Name()))
		}
	}
}

// wipe deletes everything this package ever put into the folder, and the
// folder itself if nothing else is in it.
func (h *Home) wipe() error {
	h.sweep()
	var faults []error
	for _, name := range []string{keyName, certName} {
		if err := os.Remove(filepath.Join(h.dir, name)); err != nil && !errors.Is(err, fs.ErrNotExist) {
			faults = append(faults, err)
		}
	}
	_ = os.Remove(filepath.Join(h.dir, lockName)) // holds nothing; some systems keep it while it is open
	_ = os.Remove(h.dir)                          // stays when somebody else keeps something there
	if len(faults) > 0 {
		return trouble(fmt.Errorf("delete the certificate: %w", errors.Join(faults...)))
	}
	return nil
}
