package loopback

import (
	"net"
	"net/netip"
	"net/url"
	"strconv"
	"strings"

	"granthelper/flow"
)

// place is where a visit waits, in the form in which a browser asks for it.
type place struct {
	port      string
	authority string // the Host header: lower case, the shortest form of a number, no port 443
	origin    string // the Origin header
	path      string // escaped, never empty
	query     string // the callback's own query; an answer comes after it
}

// placeOf reads a callback URL, or says by a [*flow.Problem] why nobody can
// wait there.
func placeOf(callback *url.URL) (place, error) {
	refuse := func(code flow.Code, facts flow.Facts) (place, error) {
		return place{}, &flow.Problem{Code: code, Step: flow.Listening, Facts: facts}
	}
	odd := func(rule string) (place, error) {
		return refuse(flow.OddDetails, flow.Facts{"field": string(flow.FieldCallback), "rule": rule})
	}
	switch {
	case callback == nil:
		return odd("callback_empty")
	case strings.EqualFold(callback.Scheme, "http"):
		return refuse(flow.HTTPCallback, nil)
	case !strings.EqualFold(callback.Scheme, "https") || callback.Opaque != "":
		return odd("callback_unreadable")
	case callback.User != nil:
		return odd("callback_user")
	case callback.Fragment != "":
		return refuse(flow.HashCallback, nil)
	case !flow.Loopback(callback.Hostname()):
		return refuse(flow.FarCallback, flow.Facts{"host": flow.Sanitize(callback.Hostname())})
	}
	n, err := strconv.ParseUint(flow.CallbackPort(callback), 10, 16)
	if err != nil || n == 0 {
		return odd("callback_port")
	}
	p := place{port: strconv.FormatUint(n, 10), path: callback.EscapedPath(), query: callback.RawQuery}
	if p.path == "" {
		p.path = "/"
	}
	host := strings.ToLower(callback.Hostname())
	if ip, err := netip.ParseAddr(host); err == nil {
		host = ip.String()
	}
	p.authority = net.JoinHostPort(host, p.port)
	if p.port == "443" { // browsers leave the scheme's own port out (RFC 9110 4.2.2)
		p.authority = strings.TrimSuffix(p.authority, ":443")
	}
	p.origin = "https://" + p.authority
	return p, nil
}
