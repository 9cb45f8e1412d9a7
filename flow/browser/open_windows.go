package browser

import (
	"os"
	"os/exec"
	"syscall"
)

// command goes past the command interpreter, which cuts addresses at the
// first "&".
func command(address string) (string, []string) {
	return "rundll32", []string{"url.dll,FileProtocolHandler", address}
}

// detach keeps a Ctrl+C meant for this program away from the launcher.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{CreationFlags: syscall.CREATE_NEW_PROCESS_GROUP}
}

// channel returns two ends between a launcher's error output and this program.
func channel() (near, far *os.File, err error) { return os.Pipe() }
