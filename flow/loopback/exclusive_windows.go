package loopback

import "syscall"

// exclusiveAddrUse is Winsock's SO_EXCLUSIVEADDRUSE: without it another
// program may bind the same address beside us and take our answers.
const exclusiveAddrUse = ^syscall.SO_REUSEADDR

func exclusive(_, _ string, c syscall.RawConn) error {
	var err error
	if e := c.Control(func(fd uintptr) {
		err = syscall.SetsockoptInt(syscall.Handle(fd), syscall.SOL_SOCKET, exclusiveAddrUse, 1)
	}); e != nil {
		return e
	}
	return err
}
