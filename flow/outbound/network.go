package outbound

import (
	"crypto/tls"
	"crypto/x509"
	"net"
	"net/http"
	"net/url"
	"time"

	"granthelper/flow"
)

var _ flow.Network = (*Network)(nil)

const (
	agent     = "GrantHelper"
	headLimit = 32 << 10 // of an answer's head, in bytes
	bodyLimit = 64 << 10 // of a page, in bytes; what is longer is cut
)

// Network is the network as this computer reaches it. The zero value is ready
// to use. It may be used by many goroutines at once; its fields must not be
// changed meanwhile.
type Network struct {
	// Proxy returns the address of the proxy for an address of a server, for
	// instance http://proxy.example:8080, or nil when there is none; the kinds
	// http, https and socks5 are known. It is not asked about this computer
	// itself. Nil means what the environment says in HTTPS_PROXY and NO_PROXY,
	// as [http.ProxyFromEnvironment] reads it.
	Proxy func(server *url.URL) (*url.URL, error)
	// Roots are the authorities whose certificates are believed. Nil means
	// those of the system.
	Roots *x509.CertPool
	// Resolver finds addresses for names, those of proxies too. Nil means the
	// system's.
	Resolver *net.Resolver

	limits limits      // zero means usual; tests shorten them
	online func() bool // nil means hasNetwork
}

// limits are how long the parts of a call may take.
type limits struct {
	reach time.Duration // to find the address of a name and to connect to it
	greet time.Duration // for a TLS handshake
	head  time.Duration // from the request until the head of the answer is there
	total time.Duration
}

var usual = limits{reach: 10 * time.Second, greet: 10 * time.Second, head: 20 * time.Second, total: 30 * time.Second}

func (n *Network) limit() limits {
	if n.limits == (limits{}) {
		return usual
	}
	return n.limits
}

func (n *Network) resolver() *net.Resolver {
	if n.Resolver == nil {
		return net.DefaultResolver
	}
	return n.Resolver
}

// transport holds the rules for one connection that leads through that proxy,
// or straight to the server when it is nil. It makes connections and is never
// given requests itself: a request goes to the one connection that was looked
// at, so that nothing can be sent a second time.
func (n *Network) transport(proxy *url.URL) *http.Transport {
	limit := n.limit()
	only1 := new(http.Protocols)
	only1.SetHTTP1(true)
	return &http.Transport{
		Proxy:                  http.ProxyURL(proxy),
		OnProxyConnectResponse: admitted,
		DialContext:            (&net.Dialer{Timeout: limit.reach, Resolver: n.resolver()}).DialContext,
		TLSClientConfig:        &tls.Config{MinVersion: tls.VersionTLS12, RootCAs: n.Roots},
		TLSHandshakeTimeout:    limit.greet,
		ResponseHeaderTimeout:  limit.head,
		MaxResponseHeaderBytes: headLimit,
		DisableKeepAlives:      true,
		DisableCompression:     true,
		Protocols:              only1,
	}
}
