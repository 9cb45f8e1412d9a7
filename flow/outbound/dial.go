package outbound

import (
	"bufio"
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"net"
	"net/http"
	"net/url"
	"strconv"

	"granthelper/flow"
)

// netConn is net.Conn, by a name that is short enough for a function's type.
type netConn = net.Conn

// way is a verified connection to a server, and the proxy it goes through.
type way struct {
	conn  *tls.Conn
	proxy string // host:port, or ""
}

// dial connects to a server and verifies its certificate. Its errors are
// *flow.Problem.
func (n *Network) dial(ctx context.Context, target *url.URL) (way, error) {
	proxy, err := n.proxyFor(target)
	if err != nil {
		return way{}, problem(flow.ProxyBlocked, flow.Facts{"host": target.Hostname(), "proxy": "", "status": ""}, err)
	}
	authority := net.JoinHostPort(target.Hostname(), flow.CallbackPort(target))
	first := authority
	if proxy != nil {
		first = proxyAuthority(proxy)
	}
	dialCtx, cancel := context.WithTimeout(ctx, dialLimit)
	defer cancel()
	raw, err := (&net.Dialer{Resolver: n.Resolver}).DialContext(dialCtx, "tcp", first)
	if err != nil && proxy != nil {
		return way{}, problem(flow.ProxyBlocked, flow.Facts{"host": target.Hostname(), "proxy": flow.Sanitize(first), "status": ""}, err)
	}
	if err != nil {
		return way{}, unreachable(target, err)
	}
	if proxy != nil {
		if err := tunnel(ctx, raw, proxy, authority); err != nil {
			_ = raw.Close()
			return way{}, blocked(target, first, err)
		}
	}
	conn, err := n.shake(ctx, raw, target)
	if err != nil {
		_ = raw.Close()
		return way{}, n.untrusted(ctx, target, err)
	}
	if proxy == nil {
		first = ""
	}
	return way{conn, first}, nil
}

func proxyAuthority(proxy *url.URL) string {
	if proxy.Port() != "" {
		return proxy.Host
	}
	return net.JoinHostPort(proxy.Hostname(), "80")
}

// shake does the TLS handshake, HTTP/1.1 only.
func (n *Network) shake(ctx context.Context, raw net.Conn, target *url.URL) (*tls.Conn, error) {
	ctx, cancel := context.WithTimeout(ctx, shakeLimit)
	defer cancel()
	conn := tls.Client(raw, &tls.Config{
		ServerName: target.Hostname(), RootCAs: n.Roots, MinVersion: tls.VersionTLS12, NextProtos: []string{"http/1.1"},
	})
	return conn, conn.HandshakeContext(ctx)
}

// refusal is a proxy's answer that is not yes.
type refusal struct{ status int }

func (r refusal) Error() string { return "the proxy answered " + strconv.Itoa(r.status) }

// tunnel asks a proxy for a way to the server (RFC 9110 9.3.6).
func tunnel(ctx context.Context, raw net.Conn, proxy *url.URL, authority string) error {
	stop := context.AfterFunc(ctx, func() { _ = raw.Close() })
	defer stop()
	request := &http.Request{Method: http.MethodConnect, URL: &url.URL{Opaque: authority}, Host: authority, Header: http.Header{"User-Agent": {"GrantHelper"}}}
	if user := proxy.User; user != nil {
		password, _ := user.Password()
		request.SetBasicAuth(user.Username(), password)
		request.Header["Proxy-Authorization"] = request.Header["Authorization"]
		request.Header.Del("Authorization")
	}
	if err := request.Write(raw); err != nil {
		return fmt.Errorf("ask the proxy: %w", err)
	}
	// One byte more than the answer would be the server's, which speaks only
	// after us; so nothing is lost in this buffer.
	answer, err := http.ReadResponse(bufio.NewReaderSize(raw, 4<<10), request)
	if err != nil {
		return fmt.Errorf("read the proxy's answer: %w", err)
	}
	if answer.StatusCode != http.StatusOK {
		_ = answer.Body.Close()
		return refusal{answer.StatusCode}
	}
	return nil
}

// blocked says that the proxy did not let us through.
func blocked(target *url.URL, proxy string, err error) error {
	facts := flow.Facts{"host": target.Hostname(), "proxy": flow.Sanitize(proxy), "status": ""}
	if r, ok := errors.AsType[refusal](err); ok {
		facts["status"] = strconv.Itoa(r.status)
	}
	return problem(flow.ProxyBlocked, facts, err)
}
