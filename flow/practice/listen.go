package practice

import (
	"context"
	"errors"
	"fmt"
	"net"
	"strconv"
)

// ErrAddress says that Config.Addr is not host:port of this computer itself.
var ErrAddress = errors.New("the address must be localhost, 127.0.0.1 or ::1 and a port")

// tries is how often a free port is looked for that is free on both addresses.
const tries = 20

// listen opens the port on 127.0.0.1 and on ::1; on 127.0.0.1 alone when this
// computer has no IPv6. Both, because Chromium comes over the one and Firefox
// over the other, and so that nobody else sits on the half we leave.
func listen(ctx context.Context, addr string) ([]net.Listener, error) {
	port, err := portOf(addr)
	if err != nil {
		return nil, err
	}
	six := hasIPv6(ctx)
	for try := 1; ; try++ {
		listeners, err := listenBoth(ctx, port, six)
		if err == nil {
			return listeners, nil
		}
		if port != 0 || try == tries {
			return nil, fmt.Errorf("listen for the practice server: %w", err)
		}
	}
}

// listenBoth opens one port; port 0 takes a free one of 127.0.0.1.
func listenBoth(ctx context.Context, port int, six bool) ([]net.Listener, error) {
	var lc net.ListenConfig
	four, err := lc.Listen(ctx, "tcp4", net.JoinHostPort("127.0.0.1", strconv.Itoa(port)))
	if err != nil || !six {
		return []net.Listener{four}, err
	}
	port = four.Addr().(*net.TCPAddr).Port
	sixth, err := lc.Listen(ctx, "tcp6", net.JoinHostPort("::1", strconv.Itoa(port)))
	if err != nil {
		_ = four.Close()
		return nil, err
	}
	return []net.Listener{four, sixth}, nil
}

// hasIPv6 says whether anything can listen on ::1.
func hasIPv6(ctx context.Context) bool {
	var lc net.ListenConfig
	l, err := lc.Listen(ctx, "tcp6", "[::1]:0")
	if err != nil {
		return false
	}
	_ = l.Close()
	return true
}

// portOf checks Config.Addr and returns its port.
func portOf(addr string) (int, error) {
	if addr == "" {
		return 0, nil
	}
	host, text, err := net.SplitHostPort(addr)
	if err != nil {
		return 0, fmt.Errorf("practice server on %q: %w", addr, ErrAddress)
	}
	port, err := strconv.ParseUint(text, 10, 16)
	if err != nil || host != "localhost" && host != "127.0.0.1" && host != "::1" {
		return 0, fmt.Errorf("practice server on %q: %w", addr, ErrAddress)
	}
	return int(port), nil
}
