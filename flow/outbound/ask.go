package outbound

import (
	"bytes"
	"context"
	"crypto/tls"
	"html"
	"io"
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"time"

	"granthelper/flow"
)

// Greet implements [flow.Network]: a TLS handshake and no request.
func (n *Network) Greet(ctx context.Context, address string) (flow.Greeting, error) {
	target, err := url.Parse(address)
	if err != nil {
		return flow.Greeting{}, problem(flow.CannotReach, flow.Facts{"host": flow.Sanitize(address), "port": "", "reason": "other"}, err)
	}
	ctx, cancel := context.WithTimeout(ctx, totalLimit)
	defer cancel()
	way, err := n.dial(ctx, target)
	if err != nil {
		return flow.Greeting{}, err
	}
	defer func() { _ = way.conn.Close() }()
	leaf := way.conn.ConnectionState().PeerCertificates[0]
	return flow.Greeting{Proxy: way.proxy, Issuer: issuerOf(leaf), Until: leaf.NotAfter}, nil
}

// Ask implements [flow.Network].
func (n *Network) Ask(ctx context.Context, address string) (flow.Page, error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil || request.URL.Scheme != "https" {
		return flow.Page{}, problem(flow.CannotReach, flow.Facts{"host": flow.Sanitize(address), "port": "", "reason": "other"}, err)
	}
	request.Header.Set("Accept", "text/html, text/plain")
	request.Header.Set("User-Agent", "GrantHelper")
	answer, err := n.client().Do(request)
	if err != nil {
		return flow.Page{}, n.asProblem(request.URL, err)
	}
	defer func() { _ = answer.Body.Close() }()
	// What came before a body broke off still tells something.
	body, _ := io.ReadAll(io.LimitReader(answer.Body, bodyLimit))
	return pageOf(answer, body, time.Now()), nil
}

// client makes a client for one question.
func (n *Network) client() *http.Client {
	return &http.Client{
		Timeout:       totalLimit,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
		Transport: &http.Transport{
			DialTLSContext: func(ctx context.Context, _, authority string) (conn netConn, err error) {
				way, err := n.dial(ctx, &url.URL{Scheme: "https", Host: authority})
				if err != nil {
					return nil, err
				}
				return way.conn, nil
			},
			DisableKeepAlives: true, DisableCompression: true, ForceAttemptHTTP2: false,
			TLSNextProto:           map[string]func(string, *tls.Conn) http.RoundTripper{},
			ResponseHeaderTimeout:  headersLimit,
			MaxResponseHeaderBytes: headLimit,
		},
	}
}

// pageOf keeps of an answer what is looked at.
func pageOf(answer *http.Response, body []byte, now time.Time) flow.Page {
	page := flow.Page{
		Status: answer.StatusCode, Location: answer.Header.Get("Location"),
		Text: string(bytes.ToValidUTF8(body, nil)), Title: titleOf(body),
		RetryAfter: retryAfter(answer.Header.Get("Retry-After"), now),
	}
	if date, err := http.ParseTime(answer.Header.Get("Date")); err == nil {
		page.Date = date
	}
	return page
}

// retryAfter reads the seconds or the date of RFC 9110 10.2.3, or 0.
func retryAfter(text string, now time.Time) time.Duration {
	if n, err := strconv.Atoi(strings.TrimSpace(text)); err == nil && n >= 0 && n < 1<<31 {
		return time.Duration(n) * time.Second
	}
	if at, err := http.ParseTime(text); err == nil && at.After(now) {
		return at.Sub(now)
	}
	return 0
}

var title = regexp.MustCompile(`(?is)<title[^>]*>([^<]{1,300})`)

func titleOf(page []byte) string {
	m := title.FindSubmatch(page)
	if m == nil {
		return ""
	}
	return flow.Sanitize(html.UnescapeString(string(m[1])))
}
