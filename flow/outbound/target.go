package outbound

import (
	"errors"
	"net"
	"net/netip"
	"net/url"
	"strings"

	"granthelper/flow"

	"golang.org/x/net/idna"
)

// target is the server at an address.
type target struct {
	host string // as it was typed, for the person
	name string // as the network knows it
	port string
}

// parse reads an https address. Whatever the form would have stopped is told
// with the form's own rules.
func parse(address string) (*url.URL, target, error) {
	u, err := url.Parse(address)
	switch {
	case err != nil:
		return nil, target{}, odd("server_unreadable", err)
	case !strings.EqualFold(u.Scheme, "https") || u.Hostname() == "":
		return nil, target{}, odd("server_unreadable", errors.New("no https address"))
	case u.User != nil:
		return nil, target{}, odd("server_user", errors.New("a user name in the address"))
	}
	name, err := ascii(u.Hostname())
	if err != nil {
		return nil, target{}, odd("server_unreadable", err)
	}
	at := target{host: u.Hostname(), name: name, port: u.Port()}
	if at.port == "" {
		at.port = "443"
	}
	return u, at, nil
}

func odd(rule string, err error) error {
	return &flow.Problem{
		Code: flow.OddDetails, Step: flow.Checking, Err: err,
		Facts: flow.Facts{"field": string(flow.FieldServer), "rule": rule},
	}
}

// ascii writes a host name as the network knows it, in the way browsers do (RFC
// 5891). A name that is ASCII already stays as it is, so that names with an
// underscore, which companies have, can be looked for.
func ascii(host string) (string, error) {
	for _, r := range host {
		if r > 127 {
			return idna.Lookup.ToASCII(host)
		}
	}
	return host, nil
}

func (t target) address() string { return net.JoinHostPort(t.name, t.port) }

// page returns the address of a page on the server.
func (t target) page(scheme, path string) *url.URL {
	return &url.URL{Scheme: scheme, Host: t.address(), Path: path}
}

// here reports whether the target is this computer itself.
func (t target) here() bool {
	name := strings.TrimSuffix(strings.ToLower(t.name), ".")
	if name == "localhost" || strings.HasSuffix(name, ".localhost") {
		return true
	}
	ip, err := netip.ParseAddr(name)
	return err == nil && ip.IsLoopback()
}
