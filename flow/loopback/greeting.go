package loopback

import (
	"bytes"
	"crypto/tls"
	"errors"
	"io"
	"net"
	"reflect"
	"strconv"
	"sync/atomic"
	"syscall"
)

// recordHandshake is the first byte of every TLS connection (RFC 8446 5.1).
const recordHandshake = 0x16

// outcome is how a connection that brought no request ended.
type outcome int

const (
	harmless   outcome = iota
	refusedUs          // the client does not believe our certificate
	spokePlain         // plain HTTP on the TLS port
	noCommon           // no TLS version or cipher in common
)

// greeting is what a handshake told.
type greeting struct {
	kind   outcome
	detail string
}

// alerts are those by which a client says that it does not believe a
// certificate (RFC 8446 6.2).
var alerts = map[uint64]string{
	42: "bad_certificate", 43: "unsupported_certificate", 44: "certificate_revoked",
	45: "certificate_expired", 46: "certificate_unknown", 48: "unknown_ca",
}

// judge says what the error of a handshake means. Clients that do not believe
// a certificate tell it in several ways: most by an alert; some by an alert
// that cannot be decrypted; some hang up as soon as they have seen it. What
// counts is therefore that our certificate was shown and how it ended, never
// the words of the error.
func judge(err error, shown bool) greeting {
	if n, remote, ok := alertOf(err); ok {
		name, known := alerts[n]
		switch {
		case remote && known:
			return greeting{refusedUs, "alert " + strconv.FormatUint(n, 10) + " " + name}
		case shown && !remote:
			return greeting{refusedUs, "unreadable answer to the certificate"}
		case !shown:
			return greeting{kind: noCommon}
		}
		return greeting{}
	}
	if timeout, ok := errors.AsType[net.Error](err); ok && timeout.Timeout() {
		return greeting{}
	}
	if !shown {
		if errors.Is(err, io.EOF) || errors.Is(err, syscall.ECONNRESET) {
			return greeting{}
		}
		return greeting{kind: noCommon}
	}
	return greeting{refusedUs, "closed at the certificate"}
}

// alertOf returns the number of the TLS alert in err and whether the other
// side sent it. Package crypto/tls wraps it as *net.OpError around a number
// of a type it does not export, so its kind is looked at.
func alertOf(err error) (n uint64, remote, ok bool) {
	if a, is := errors.AsType[tls.AlertError](err); is {
		return uint64(a), true, true
	}
	op, is := errors.AsType[*net.OpError](err)
	if !is || op.Err == nil || (op.Op != "remote error" && op.Op != "local error") {
		return 0, false, false
	}
	if v := reflect.ValueOf(op.Err); v.Kind() == reflect.Uint8 {
		return v.Uint(), op.Op == "remote error", true
	}
	return 0, false, false
}

// secure is a connection after its handshake. It watches the first read, since
// a client that finished the handshake may still refuse the certificate.
type secure struct {
	*tls.Conn
	below  *conn
	heard  atomic.Bool
	notice func(greeting)
}

// Read implements net.Conn.
func (s *secure) Read(p []byte) (int, error) {
	n, err := s.Conn.Read(p)
	if n == 0 && err == nil {
		return n, err
	}
	if first := !s.heard.Swap(true); first && n == 0 {
		if alert, remote, ok := alertOf(err); ok && remote && alerts[alert] != "" {
			s.notice(judge(err, true))
		}
	}
	return n, err
}

// endOfHeaders reports whether a whole HTTP request head is there.
func endOfHeaders(request []byte) bool {
	return bytes.Contains(request, []byte("\r\n\r\n")) || bytes.Contains(request, []byte("\n\n"))
}
