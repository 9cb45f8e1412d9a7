//go:build unix

package cert

import (
	"errors"
	"os"
	"syscall"
)

// tryLock takes the lock on file unless somebody else has it. The system lets
// it go when the file is closed, after a crash too.
func tryLock(file *os.File) (bool, error) {
	err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB)
	if errors.Is(err, syscall.EWOULDBLOCK) || errors.Is(err, syscall.EINTR) {
		return false, nil
	}
	return err == nil, os.NewSyscallError("flock", err)
}
