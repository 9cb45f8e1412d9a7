package flow

import (
	"net/url"
	"strings"
)

// Server describes one kind of authorization server, as data (DESIGN 5). To
// support another kind, add a value; nothing branches on which one it is.
type Server struct {
	ID            string // stable, for files and reports
	AuthorizePath string // appended to the server's address
	RedirectParam string // what the server calls the callback URL in a request
	ErrorParam    string // the name under which a refusal comes back
	DeniedValue   string // its value when the person said no
	CodeLimit     int    // longest code in characters
	SecretLimit   int    // longest client secret in characters
	CodeMinutes   int    // how long a code may live, in minutes, for words of advice
}

// ConnectionsCloud is the server of the two reference documents: exactly three
// parameters, no state, `callback_uri` for the callback URL, and every error
// but the refusal on the server's own page (PROTOCOL, step 2).
var ConnectionsCloud = Server{
	ID:            "connections-cloud",
	AuthorizePath: "/manage/oauth2/authorize",
	RedirectParam: "callback_uri",
	ErrorParam:    "oauth_error",
	DeniedValue:   "oauth_denied",
	CodeLimit:     256,
	SecretLimit:   256,
	CodeMinutes:   10,
}

// closedHosts are the addresses of IBM's own service, closed in July 2020.
var closedHosts = []string{".collabserv.com", ".lotuslive.com", ".collabservnext.com", ".collabservtest.lotus.com"}

// Closed reports whether host belonged to IBM's own service, which has closed.
func Closed(host string) bool {
	host = "." + strings.TrimSuffix(strings.ToLower(host), ".")
	for _, suffix := range closedHosts {
		if strings.HasSuffix(host, suffix) {
			return true
		}
	}
	return false
}

// Request is what one attempt asks of a server.
type Request struct {
	Server   Server
	Address  string // https://host[:port] of the server, nothing after it
	ClientID string
	Callback string // the registered callback URL, to the letter
}

// AuthorizeURL returns the address of the sign-in page with exactly
// response_type=code, client_id and the callback, each once, each escaped
// (PROTOCOL, step 2; escaping by RFC 3986, so that every server reads the same
// bytes: a space becomes %20, never a plus sign).
func (r Request) AuthorizeURL() string {
	return strings.TrimSuffix(r.Address, "/") + r.Server.AuthorizePath +
		"?response_type=code" +
		"&client_id=" + escape(r.ClientID) +
		"&" + r.Server.RedirectParam + "=" + escape(r.Callback)
}

// Host returns the host of the server's address, without a port, or "".
func (r Request) Host() string {
	u, err := url.Parse(r.Address)
	if err != nil {
		return ""
	}
	return u.Hostname()
}

func escape(s string) string { return strings.ReplaceAll(url.QueryEscape(s), "+", "%20") }
