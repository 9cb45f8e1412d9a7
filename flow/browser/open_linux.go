package browser

import (
	"os"
	"os/exec"
	"syscall"
)

func command(address string) (string, []string) { return "xdg-open", []string{address} }

// detach gives the launcher, and so the browser, a process group of its own.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// channel returns two ends between a launcher's error output and this program.
// The browser often inherits that output and may outlive this program, so it
// is not a pipe: writing to a pipe that nobody reads kills the writer with a
// signal, while a socket that keeps packets apart just refuses.
func channel() (near, far *os.File, err error) {
	ends, err := syscall.Socketpair(syscall.AF_UNIX, syscall.SOCK_SEQPACKET|syscall.SOCK_CLOEXEC, 0)
	if err != nil {
		return nil, nil, os.NewSyscallError("socketpair", err)
	}
	// Non-blocking, so that waiting for words takes no thread of its own.
	if err := syscall.SetNonblock(ends[0], true); err != nil {
		_, _ = syscall.Close(ends[0]), syscall.Close(ends[1])
		return nil, nil, os.NewSyscallError("setnonblock", err)
	}
	return os.NewFile(uintptr(ends[0]), "launcher"), os.NewFile(uintptr(ends[1]), "stderr"), nil
}
