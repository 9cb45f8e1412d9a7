package outbound

import (
	"context"
	"crypto/x509"
	"net"
	"net/http"
	"net/netip"
	"net/url"
	"time"

	"granthelper/flow"
)

// Network looks at servers. The zero value is ready to use.
type Network struct {
	// Proxy is host:port of the proxy to go through. Empty means what the
	// environment says (HTTPS_PROXY, NO_PROXY). This computer itself is never
	// reached through a proxy.
	Proxy string
	// Roots are the authorities to believe; nil is the system's own.
	Roots *x509.CertPool
	// Resolver finds addresses; nil is the system's own.
	Resolver *net.Resolver

	online func() bool // whether this computer has a network; nil is hasNetwork
}

var _ flow.Network = (*Network)(nil)

// The limits of SECURITY 5. A context may end everything sooner.
const (
	dialLimit    = 10 * time.Second
	shakeLimit   = 10 * time.Second
	headersLimit = 20 * time.Second
	totalLimit   = 30 * time.Second
	bodyLimit    = 64 << 10
	headLimit    = 32 << 10
)

// Lookup implements [flow.Network]. A number is its own address.
func (n *Network) Lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	if a, err := netip.ParseAddr(host); err == nil {
		return []netip.Addr{a}, nil
	}
	addresses, err := n.resolver().LookupNetIP(ctx, "ip", host)
	if err == nil {
		return addresses, nil
	}
	online := n.online
	if online == nil {
		online = hasNetwork
	}
	facts := flow.Facts{"host": flow.Sanitize(host)}
	switch {
	case !online():
		return nil, problem(flow.Offline, nil, err)
	case flow.Closed(host):
		return nil, problem(flow.ServiceClosed, facts, err)
	}
	return nil, problem(flow.NoSuchName, facts, err)
}

func (n *Network) resolver() *net.Resolver {
	if n.Resolver != nil {
		return n.Resolver
	}
	return net.DefaultResolver
}

// hasNetwork reports whether an interface is up with an address that leads
// beyond this computer and its cable.
func hasNetwork() bool {
	addresses, err := net.InterfaceAddrs()
	if err != nil {
		return true // not knowing is no reason to say that there is none
	}
	for _, a := range addresses {
		if ip, ok := a.(*net.IPNet); ok && ip.IP.IsGlobalUnicast() {
			return true
		}
	}
	return false
}

// proxyFor gives the proxy on the way to an address, or nil.
func (n *Network) proxyFor(target *url.URL) (*url.URL, error) {
	if flow.Loopback(target.Hostname()) {
		return nil, nil
	}
	if n.Proxy != "" {
		return &url.URL{Scheme: "http", Host: n.Proxy}, nil
	}
	return http.ProxyFromEnvironment(&http.Request{URL: target})
}

func problem(code flow.Code, facts flow.Facts, err error) *flow.Problem {
	return &flow.Problem{Code: code, Step: flow.Checking, Facts: facts, Err: err}
}
