package cert

import (
	"context"
	"os"
	"path/filepath"
	"time"
)

// lockName is a file in the folder that whoever changes something holds
// locked, so that two windows of this tool do not make two certificates.
const lockName = "lock"

// lock waits for its turn, in this program and among programs, and returns
// what ends it. It makes the folder if need be.
func (h *Home) lock(ctx context.Context) (unlock func(), err error) {
	select {
	case h.turn <- struct{}{}:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	file, err := h.lockFile(ctx)
	if err != nil {
		<-h.turn
		return nil, err
	}
	return func() {
		_ = file.Close() // lets the lock go
		<-h.turn
	}, nil
}

func (h *Home) lockFile(ctx context.Context) (*os.File, error) {
	path := filepath.Join(h.dir, lockName)
	again := time.NewTicker(20 * time.Millisecond)
	defer again.Stop()
	for {
		if err := h.folder(); err != nil {
			return nil, err
		}
		file, err := os.OpenFile(path, os.O_CREATE|os.O_RDWR, 0o600)
		if err == nil {
			var got bool
			got, err = tryLock(file)
			if got && current(file, path) {
				return file, nil
			}
			_ = file.Close()
		}
		if err != nil && !os.IsNotExist(err) { // the folder may just have been removed
			return nil, broken(err)
		}
		select {
		case <-again.C:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// current reports whether file still is what path names: Remove deletes the
// file while others wait for it, and a lock on a deleted file keeps nobody out.
func current(file *os.File, path string) bool {
	held, err := file.Stat()
	if err != nil {
		return false
	}
	named, err := os.Lstat(path)
	return err == nil && os.SameFile(held, named)
}
