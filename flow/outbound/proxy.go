package outbound

import (
	"context"
	"errors"
	"net"
	"net/http"
	"net/url"
	"strconv"

	"granthelper/flow"
)

// errNoProxyAddress is all that is told about a setting that cannot be read:
// it may hold a password.
var errNoProxyAddress = errors.New("the proxy setting cannot be read")

// refusal is a proxy's answer to CONNECT other than 200 (RFC 9110, 9.3.6).
type refusal struct{ status int }

func (r *refusal) Error() string { return "the proxy answered CONNECT with " + strconv.Itoa(r.status) }

// admitted looks at a proxy's answer before the transport turns it into text.
func admitted(_ context.Context, _ *url.URL, _ *http.Request, answer *http.Response) error {
	if answer.StatusCode != http.StatusOK {
		return &refusal{answer.StatusCode}
	}
	return nil
}

// proxyFor returns the proxy that applies to a target, or nil.
func (n *Network) proxyFor(at target) (*url.URL, error) {
	if at.here() {
		return nil, nil
	}
	ask := n.Proxy
	if ask == nil {
		ask = func(server *url.URL) (*url.URL, error) { return http.ProxyFromEnvironment(&http.Request{URL: server}) }
	}
	proxy, err := ask(at.page("https", ""))
	if err != nil || proxy != nil && proxy.Hostname() == "" {
		return nil, blocked(at, "", errNoProxyAddress)
	}
	return proxy, nil
}

// proxyPorts are the ports of proxies whose address has none.
var proxyPorts = map[string]string{"http": "80", "https": "443", "socks5": "1080", "socks5h": "1080"}

// placeOf returns host:port of a proxy, without its user name and password.
func placeOf(proxy *url.URL) string {
	if proxy == nil {
		return ""
	}
	port := proxy.Port()
	if port == "" {
		port = proxyPorts[proxy.Scheme]
	}
	return net.JoinHostPort(proxy.Hostname(), port)
}

// blocked says that the way through a proxy ended there. A closed service is
// told as such when the proxy looked for it and did not find it (502 to 504);
// its settings are then not the trouble.
func blocked(at target, proxy string, err error) error {
	status := ""
	if r, ok := errors.AsType[*refusal](err); ok {
		status = strconv.Itoa(r.status)
		if r.status >= http.StatusBadGateway && r.status <= http.StatusGatewayTimeout && flow.Closed(at.name) {
			return closed(at, err)
		}
	}
	return &flow.Problem{
		Code: flow.ProxyBlocked, Step: flow.Checking, Err: err,
		Facts: flow.Facts{"host": at.host, "proxy": proxy, "status": status},
	}
}
