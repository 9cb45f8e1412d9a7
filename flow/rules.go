package flow

import (
	"net"
	"net/netip"
	"net/url"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"golang.org/x/net/idna"
)

// Check holds the details against the rules of UX 3.3 for this kind of
// server. Findings come in the order of the form; none of weight Block means
// that an attempt can start. Call Tidy first.
func (d Details) Check(s Server) []Finding {
	var found []Finding
	add := func(field Field, rule Rule, weight Weight, facts Facts, fix ...string) {
		f := Finding{Field: field, Rule: rule, Weight: weight, Facts: facts}
		if len(fix) > 0 {
			f.Fix = &fix[0]
		}
		found = append(found, f)
	}
	if !d.Practice {
		checkAddress(d.Address, add)
	}
	checkClientID(d, add)
	checkCallback(d.Callback, add)
	if d.WithSecret {
		switch n := len([]rune(d.Secret.Reveal())); {
		case n == 0:
			add(FieldSecret, "secret_empty", Block, nil)
		case n > s.SecretLimit:
			add(FieldSecret, "secret_long", Block, Facts{"n": strconv.Itoa(n), "limit": strconv.Itoa(s.SecretLimit)})
		}
	}
	return found
}

// Blocked returns the findings that stop an attempt.
func Blocked(found []Finding) []Finding {
	var blocks []Finding
	for _, f := range found {
		if f.Weight == Block {
			blocks = append(blocks, f)
		}
	}
	return blocks
}

type addFinding func(field Field, rule Rule, weight Weight, facts Facts, fix ...string)

// lookAlike is the rule of an address with letters beyond ASCII.
const lookAlike Rule = "server_letters"

// LookAlikeProblem turns the finding that an address may only look like the
// one that is meant into a question for the person (UX 3.8, U39), or returns
// nil.
func LookAlikeProblem(found []Finding) *Problem {
	for _, f := range found {
		if f.Rule == lookAlike {
			// An address that can't be written either way is shown as it was typed.
			host, err := idna.ToUnicode(f.Facts["host"])
			if err != nil {
				host = f.Facts["host"]
			}
			punycode, err := idna.ToASCII(host)
			if err != nil {
				punycode = host
			}
			return &Problem{Code: LookAlike, Step: Ready, Facts: Facts{"host": host, "punycode": punycode}}
		}
	}
	return nil
}

func checkAddress(address string, add addFinding) {
	if address == "" {
		add(FieldServer, "server_empty", Block, nil)
		return
	}
	if rest, ok := cutFold(address, "http://"); ok {
		add(FieldServer, "server_http", Block, nil, "https://"+rest)
		return
	}
	if !strings.Contains(address, "://") {
		add(FieldServer, "server_no_scheme", Block, nil, "https://"+address)
		return
	}
	u := parseHTTPS(address)
	switch {
	case u == nil:
		add(FieldServer, "server_unreadable", Block, nil)
	case u.User != nil:
		add(FieldServer, "server_user", Block, nil, "https://"+u.Host)
	case !goodPort(u.Port()):
		add(FieldServer, "server_port", Block, nil)
	case hasMore(u):
		add(FieldServer, "server_path", Block, Facts{"address": "https://" + u.Host}, "https://"+u.Host)
	case !ascii(u.Host) || strings.Contains(strings.ToLower(u.Host), "xn--"):
		add(FieldServer, lookAlike, Warn, Facts{"host": u.Hostname()})
	case Closed(u.Hostname()):
		add(FieldServer, "server_closed", Warn, nil)
	}
}

// usualClientID is the form seen in public samples (PROTOCOL, step 1); it is
// not documented, so only a hint follows from it.
var usualClientID = regexp.MustCompile(`^app_[0-9]{8,9}_[0-9]{13}$`)

// secretLike is the form of the client secrets seen in public samples
// (PROTOCOL, step 1).
var secretLike = regexp.MustCompile(`^[0-9a-fA-F]{64,}$`)

func checkClientID(d Details, add addFinding) {
	id := d.ClientID
	switch {
	case id == "":
		add(FieldClientID, "client_empty", Block, nil)
	case strings.ContainsAny(id, " \t\r\n\u00a0"):
		add(FieldClientID, "client_space", Block, nil, strings.Join(strings.Fields(id), ""))
	case d.WithSecret && id == d.Secret.Reveal():
		add(FieldClientID, "client_is_secret", Warn, nil)
	case secretLike.MatchString(id):
		add(FieldClientID, "client_secret_like", Warn, nil)
	case strings.Contains(id, "://") || strings.Contains(id, "@"):
		add(FieldClientID, "client_address", Warn, nil)
	case !usualClientID.MatchString(id):
		add(FieldClientID, "client_form", Hint, nil)
	}
}

func checkCallback(callback string, add addFinding) {
	if callback == "" {
		add(FieldCallback, "callback_empty", Block, nil)
		return
	}
	if rest, ok := cutFold(callback, "http://"); ok {
		add(FieldCallback, "callback_http", Block, nil, "https://"+rest)
		return
	}
	u := parseHTTPS(callback)
	switch {
	case u == nil:
		add(FieldCallback, "callback_unreadable", Block, nil)
		return
	case u.User != nil:
		add(FieldCallback, "callback_user", Block, nil)
		return
	case strings.Contains(callback, "#"):
		before, _, _ := strings.Cut(callback, "#")
		add(FieldCallback, "callback_hash", Block, nil, before)
		return
	case !goodPort(u.Port()):
		add(FieldCallback, "callback_port", Block, nil)
		return
	}
	checkCallbackPlace(callback, u, add)
}

// unsafePorts are the ports from 1024 on that no browser opens (WHATWG Fetch,
// "bad port").
var unsafePorts = []int{
	1719, 1720, 1723, 2049, 3659, 4045, 4190, 5060, 5061, 6000, 6566,
	6665, 6666, 6667, 6668, 6669, 6679, 6697, 10080,
}

// checkCallbackPlace says what is unusual about a callback that can be read.
func checkCallbackPlace(callback string, u *url.URL, add addFinding) {
	host := u.Hostname()
	if !Loopback(host) {
		add(FieldCallback, "callback_far", Warn, Facts{"host": host})
		return
	}
	if u.Port() == "" {
		add(FieldCallback, "callback_no_port", Warn, nil)
		return
	}
	switch n, _ := strconv.Atoi(u.Port()); {
	case n < 1024:
		add(FieldCallback, "callback_low_port", Warn, Facts{"port": u.Port()})
	case slices.Contains(unsafePorts, n):
		add(FieldCallback, "callback_unsafe_port", Warn, Facts{"port": u.Port()})
	}
	switch {
	case u.RawQuery != "" || u.ForceQuery:
		add(FieldCallback, "callback_query", Hint, nil)
	case !strings.EqualFold(host, "localhost"):
		add(FieldCallback, "callback_number", Hint, nil)
	case strings.HasSuffix(callback, "/") || callback != strings.ToLower(callback):
		add(FieldCallback, "callback_exact", Hint, nil)
	}
}

// parseHTTPS reads an https address with a host, or returns nil.
func parseHTTPS(address string) *url.URL {
	u, err := url.Parse(address)
	if err != nil || !strings.EqualFold(u.Scheme, "https") || u.Hostname() == "" || strings.ContainsAny(address, " \t\r\n") {
		return nil
	}
	return u
}

// hasMore reports whether an address goes on after its host.
func hasMore(u *url.URL) bool {
	return strings.Trim(u.Path, "/") != "" || u.RawQuery != "" || u.ForceQuery || u.Fragment != ""
}

// Loopback reports whether host is a name or number of this very computer:
// localhost, 127.0.0.1 or ::1. Names that only resolve to it do not count,
// since a resolver may lie (RFC 8252 8.3).
func Loopback(host string) bool {
	if strings.EqualFold(host, "localhost") {
		return true
	}
	ip, err := netip.ParseAddr(host)
	return err == nil && (ip == netip.MustParseAddr("127.0.0.1") || ip == netip.IPv6Loopback())
}

// CallbackPort returns the port a listener for callback must take: the one it
// names, or 443, the port of https (RFC 9110 4.2.2).
func CallbackPort(callback *url.URL) string {
	if p := callback.Port(); p != "" {
		return p
	}
	return "443"
}

// goodPort reports whether a port as written in an address can be used at all.
func goodPort(port string) bool {
	if port == "" {
		return true
	}
	n, err := net.LookupPort("tcp", port)
	return err == nil && n > 0 && n <= 65535
}

func ascii(s string) bool {
	return !strings.ContainsFunc(s, func(r rune) bool { return r > 0x7e })
}

// cutFold is strings.CutPrefix without regard to case.
func cutFold(s, prefix string) (string, bool) {
	if len(s) < len(prefix) || !strings.EqualFold(s[:len(prefix)], prefix) {
		return s, false
	}
	return s[len(prefix):], true
}
