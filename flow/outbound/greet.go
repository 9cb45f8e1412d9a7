package outbound

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"net"
	"net/http"
	"net/http/httptrace"
	"net/url"

	"granthelper/flow"
)

// Greet implements [flow.Network]: it shakes hands with the server at
// https://host[:port] and sends no request. Besides the errors of the
// interface it gives those of Lookup, when the name has no address, and
// OddDetails for what is no https address. A call whose ctx was cancelled gives
// CannotReach, for want of anything better to say.
func (n *Network) Greet(ctx context.Context, address string) (flow.Greeting, error) {
	ctx, cancel := context.WithTimeout(ctx, n.limit().total)
	defer cancel()
	_, at, err := parse(address)
	if err != nil {
		return flow.Greeting{}, err
	}
	line, greeting, err := n.connect(ctx, at)
	if err != nil {
		return flow.Greeting{}, err
	}
	_ = line.Close()
	return greeting, nil
}

// connect makes one connection to a server whose certificate is good. The
// caller bounds ctx and closes the connection; errors are those of Greet.
func (n *Network) connect(ctx context.Context, at target) (*http.ClientConn, flow.Greeting, error) {
	proxy, err := n.proxyFor(at)
	if err != nil {
		return nil, flow.Greeting{}, err
	}
	var server tls.ConnectionState
	ahead := 1 // handshakes until that with the server has begun
	if proxy != nil && proxy.Scheme == "https" {
		ahead = 2
	}
	// The transport calls these before NewClientConn returns.
	traced := httptrace.WithClientTrace(ctx, &httptrace.ClientTrace{
		TLSHandshakeStart: func() { ahead-- },
		TLSHandshakeDone:  func(state tls.ConnectionState, _ error) { server = state },
	})
	line, err := n.transport(proxy).NewClientConn(traced, "https", at.address())
	switch {
	case err == nil:
		leaf := server.PeerCertificates[0]
		return line, flow.Greeting{Proxy: placeOf(proxy), Issuer: issuerOf(leaf), Until: leaf.NotAfter}, nil
	case errors.Is(ctx.Err(), context.Canceled):
		return nil, flow.Greeting{}, unreached(ctx, at, err)
	case proxy != nil && ahead > 0:
		return nil, flow.Greeting{}, blocked(at, placeOf(proxy), err)
	}
	return nil, flow.Greeting{}, n.refused(ctx, at, proxy, err)
}

// refused says why there is no good connection to a server, no matter which
// proxy let it through.
func (n *Network) refused(ctx context.Context, at target, proxy *url.URL, err error) error {
	if _, ok := errors.AsType[tls.RecordHeaderError](err); ok {
		return n.foreign(ctx, at, proxy, err)
	}
	if reason, chain, ok := doubt(err); ok {
		facts := flow.Facts{"host": at.host, "reason": reason, "issuer": ""}
		if len(chain) > 0 {
			facts["issuer"] = issuerOf(chain[0])
		}
		return &flow.Problem{Code: flow.ServerUntrusted, Step: flow.Checking, Facts: facts, Err: err}
	}
	if _, ok := errors.AsType[*net.DNSError](err); ok {
		return n.unknown(ctx, at, err)
	}
	return unreached(ctx, at, err)
}

// issuerOf names who issued a certificate, fit to be shown.
func issuerOf(leaf *x509.Certificate) string {
	if name := flow.Sanitize(leaf.Issuer.CommonName); name != "" {
		return name
	}
	for _, name := range append(leaf.Issuer.Organization, leaf.Issuer.OrganizationalUnit...) {
		if name = flow.Sanitize(name); name != "" {
			return name
		}
	}
	return ""
}
