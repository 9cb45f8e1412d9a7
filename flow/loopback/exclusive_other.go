//go:build !windows

package loopback

import "syscall"

// exclusive has nothing to do here: a second bind to an address that is
// listened on is refused by the system unless both ask for it.
func exclusive(_, _ string, _ syscall.RawConn) error { return nil }
