package loopback

import (
	"context"
	"errors"
	"net"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"syscall"

	"granthelper/flow"
)

// bind takes the port on 127.0.0.1 and on ::1: both, or a [*flow.Problem].
// Never the name localhost and never a wildcard, since with one family only
// another user of this computer could take the other (SECURITY 3). On a
// computer without IPv6 nobody can, so there the one is enough.
func bind(ctx context.Context, open openSocket, port string) ([]net.Listener, error) {
	if open == nil {
		open = (&net.ListenConfig{Control: exclusive}).Listen
	}
	four, err := open(ctx, "tcp4", net.JoinHostPort("127.0.0.1", port))
	if err != nil {
		return nil, bindProblem(port, err)
	}
	six, err := open(ctx, "tcp6", net.JoinHostPort("::1", port))
	if err == nil {
		return []net.Listener{four, six}, nil
	}
	if oneOf(err, syscall.EAFNOSUPPORT, syscall.EADDRNOTAVAIL, wsaNoFamily, wsaNoAddress) {
		return []net.Listener{four}, nil
	}
	_ = four.Close() // nothing came yet, so nothing is lost
	return nil, bindProblem(port, err)
}

// The numbers by which Windows says the same; package syscall has other names
// for them there.
const (
	wsaDenied    syscall.Errno = 10013
	wsaInUse     syscall.Errno = 10048
	wsaNoFamily  syscall.Errno = 10047
	wsaNoAddress syscall.Errno = 10049
)

func bindProblem(port string, err error) error {
	facts := flow.Facts{"port": port}
	switch {
	case oneOf(err, syscall.EADDRINUSE, wsaInUse):
		code := flow.PortBusy
		if program, pid := holder(port); program != "" {
			facts["program"], facts["pid"] = program, strconv.Itoa(pid)
			if pid != os.Getpid() && sameProgram(program) {
				code = flow.AlreadyOpen
			}
		}
		return &flow.Problem{Code: code, Step: flow.Listening, Facts: facts, Err: err}
	case oneOf(err, wsaDenied):
		return &flow.Problem{Code: flow.PortReserved, Step: flow.Listening, Facts: facts, Err: err}
	case oneOf(err, syscall.EACCES, syscall.EPERM):
		code := flow.PortRefused
		if n, _ := strconv.Atoi(port); n < firstFreePort {
			code = flow.PortKept
		}
		return &flow.Problem{Code: code, Step: flow.Listening, Facts: facts, Err: err}
	}
	return unexpected(err)
}

// firstFreePort is the first port that a system keeps back from nobody.
const firstFreePort = 1024

// sameProgram reports whether a program goes by the name of this one, as far
// as the kernel keeps names: fifteen bytes (proc(5), comm).
func sameProgram(name string) bool {
	own, err := os.Executable()
	if err != nil {
		return false
	}
	own = filepath.Base(own)
	return name == own[:min(len(own), 15)]
}

func oneOf(err error, numbers ...syscall.Errno) bool {
	errno, ok := errors.AsType[syscall.Errno](err)
	return ok && slices.Contains(numbers, errno)
}
