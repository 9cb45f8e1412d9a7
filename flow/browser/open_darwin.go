package browser

import (
	"os"
	"os/exec"
	"syscall"
)

func command(address string) (string, []string) { return "open", []string{address} }

// detach gives the launcher a process group of its own. The browser itself is
// started by the system, not by the launcher.
func detach(cmd *exec.Cmd) { cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true} }

// channel returns two ends between a launcher's error output and this program.
func channel() (near, far *os.File, err error) { return os.Pipe() }
