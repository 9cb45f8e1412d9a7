package vault

import (
	"os"
	"path/filepath"
	"strconv"
)

// reachable reports whether there is a session bus to ask. Asking without one
// would make the library start a bus of its own, which stays behind for ever
// and may open a window that nobody expects.
func reachable() error {
	if address := os.Getenv("DBUS_SESSION_BUS_ADDRESS"); address != "" && address != "autolaunch:" {
		return nil
	}
	// Here the library looks by itself.
	own := "/run/user/" + strconv.Itoa(os.Getuid())
	for _, name := range []string{"bus", "dbus-session"} {
		if _, err := os.Stat(filepath.Join(own, name)); err == nil {
			return nil
		}
	}
	// Here it does not; D-Bus's own library does.
	if dir := os.Getenv("XDG_RUNTIME_DIR"); filepath.IsAbs(dir) {
		socket := filepath.Join(dir, "bus")
		if info, err := os.Stat(socket); err == nil && info.Mode()&os.ModeSocket != 0 {
			return os.Setenv("DBUS_SESSION_BUS_ADDRESS", "unix:path="+escapeBus(socket))
		}
	}
	return errNoBus
}

// escapeBus writes a path as a value in a bus address (D-Bus specification,
// "Server Addresses").
func escapeBus(path string) string {
	const hex = "0123456789abcdef"
	var out []byte
	for i := range len(path) {
		c := path[i]
		switch {
		case c >= 'a' && c <= 'z', c >= 'A' && c <= 'Z', c >= '0' && c <= '9', c == '-', c == '_', c == '/', c == '.', c == '\\', c == '*':
			out = append(out, c)
		default:
			out = append(out, '%', hex[c>>4], hex[c&15])
		}
	}
	return string(out)
}
