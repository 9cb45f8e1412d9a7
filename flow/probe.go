package flow

import (
	"net/http"
	"net/url"
	"strconv"
	"time"
)

// JudgePage says what the answer to one look at the sign-in page means for a
// request, or nil when nothing speaks against it. A page that wants a sign-in
// first, or leads elsewhere for it, is as it should be.
func JudgePage(r Request, page Page) *Problem {
	facts := Facts{"host": r.Host(), "status": strconv.Itoa(page.Status)}
	judged := func(code Code, facts Facts) *Problem { return &Problem{Code: code, Step: Checking, Facts: facts} }
	if page.Status >= http.StatusBadRequest {
		if p := r.ReadError(page.Text).Problem; p != nil && p.Code.documented() {
			p.Step, p.ByUser = Checking, false
			return p
		}
	}
	switch page.Status {
	case http.StatusNotFound, http.StatusMethodNotAllowed, http.StatusGone:
		return judged(NotConnections, facts.with("path", r.Server.AuthorizePath))
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		return judged(ServerBusy, facts.with("n", minutes(page.RetryAfter)).with("wait", seconds(page.RetryAfter)))
	case http.StatusProxyAuthRequired:
		return judged(ProxyBlocked, facts.with("proxy", r.Host()))
	case http.StatusNetworkAuthenticationRequired: // RFC 6585 6: a network's own page
		return judged(ForeignPage, facts.with("title", page.Title))
	case http.StatusBadGateway, http.StatusGatewayTimeout:
		return judged(CannotReach, Facts{"host": r.Host(), "port": portOf(r.Address), "reason": "HTTP " + strconv.Itoa(page.Status)})
	}
	if u, err := url.Parse(page.Location); err == nil && u.Scheme == "http" {
		return judged(ForeignPage, facts.with("title", page.Title))
	}
	return nil
}

// minutes rounds up, so that nobody comes back too early; "" when not known.
func minutes(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	return strconv.Itoa(int((d + time.Minute - 1) / time.Minute))
}

func seconds(d time.Duration) string {
	if d <= 0 {
		return ""
	}
	return strconv.Itoa(int(d / time.Second))
}

// portOf is the port of an https address, 443 when it names none.
func portOf(address string) string {
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	return CallbackPort(u)
}
