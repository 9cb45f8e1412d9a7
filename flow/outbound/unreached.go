package outbound

import (
	"context"
	"errors"
	"io"
	"net"
	"slices"
	"syscall"

	"granthelper/flow"
)

// unreached says that there was no talking with the server.
func unreached(ctx context.Context, at target, err error) error {
	// Cancelling says nothing about the server.
	if flow.Closed(at.name) && !errors.Is(ctx.Err(), context.Canceled) {
		return closed(at, err)
	}
	return &flow.Problem{
		Code: flow.CannotReach, Step: flow.Checking, Err: err,
		Facts: flow.Facts{"host": at.host, "port": at.port, "reason": whyNot(err)},
	}
}

// closed says that the service is gone for good.
func closed(at target, err error) error {
	return &flow.Problem{Code: flow.ServiceClosed, Step: flow.Checking, Facts: flow.Facts{"host": at.host}, Err: err}
}

// The numbers by which Windows says the same; package syscall has other names
// for them there.
const (
	wsaNetUnreachable  syscall.Errno = 10051
	wsaAborted         syscall.Errno = 10053
	wsaReset           syscall.Errno = 10054
	wsaTimedOut        syscall.Errno = 10060
	wsaRefused         syscall.Errno = 10061
	wsaHostUnreachable syscall.Errno = 10065
)

// whyNot gives the plain key of why a connection was not made or did not last.
func whyNot(err error) string {
	number, _ := errors.AsType[syscall.Errno](err)
	is := func(numbers ...syscall.Errno) bool { return slices.Contains(numbers, number) }
	slow, _ := errors.AsType[net.Error](err)
	switch {
	case is(syscall.ECONNREFUSED, wsaRefused):
		return "refused"
	case is(syscall.ENETUNREACH, syscall.EHOSTUNREACH, syscall.EADDRNOTAVAIL, wsaNetUnreachable, wsaHostUnreachable):
		return "unreachable"
	case is(syscall.ECONNRESET, syscall.ECONNABORTED, syscall.EPIPE, wsaReset, wsaAborted),
		errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF):
		return "reset"
	case is(syscall.ETIMEDOUT, wsaTimedOut), slow != nil && slow.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return "timeout"
	}
	return "other"
}
