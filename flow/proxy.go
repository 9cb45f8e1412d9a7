package flow

import (
	"net"
	"net/url"
	"strconv"
	"strings"
)

// ProxyAddress makes host:port of what a person typed for a proxy; "" stays "",
// which is the system's own. It reports false for what can't be an address.
// A user name and password have no place in it, since it is kept in a plain
// file.
func ProxyAddress(typed string) (address string, ok bool) {
	typed = strings.TrimSpace(visible(typed))
	if typed == "" {
		return "", true
	}
	if !strings.Contains(typed, "://") {
		typed = "http://" + typed
	}
	u, err := url.Parse(typed)
	if err != nil || u.Scheme != "http" || u.User != nil || u.Hostname() == "" || hasMore(u) || strings.ContainsAny(u.Host, " \t\r\n") {
		return "", false
	}
	port := u.Port()
	if port == "" {
		port = "80"
	}
	if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
		return "", false
	}
	return net.JoinHostPort(u.Hostname(), port), true
}
