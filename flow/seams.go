package flow

import (
	"context"
	"net/netip"
	"net/url"
	"time"
)

// Listener waits on this computer for the browser to come back. The real one
// is package loopback.
type Listener interface {
	// Listen binds the address of the site's callback on both loopback
	// families and serves until the returned Visit is closed. It fails with a
	// *Problem (PortBusy, PortKept, …) when it cannot wait exactly there; it
	// never takes another port.
	Listen(ctx context.Context, site Site) (Visit, error)
	// Probe binds and lets go again: without an error Listen would succeed now,
	// on both loopback families or, on a computer without IPv6, on one.
	Probe(ctx context.Context, callback *url.URL) (both bool, err error)
}

// Site is what a listener serves for one attempt.
type Site struct {
	Callback   *url.URL      // the registered callback URL: where to wait, to the letter
	Authorize  string        // the server's sign-in page for this attempt, for the start page's link
	ServerName string        // host of the server, shown on the start page
	Practice   bool          // the start page says so
	Lifetime   time.Duration // how long the start page's cookie may live
	// Read says what the raw query of a request on the callback path means.
	// It is called by many goroutines at once.
	Read func(rawQuery string) Answer
}

// Visit is a listener at work: one attempt's stay on this computer.
type Visit interface {
	// StartURL returns a fresh single-use address of the start page. Every
	// call gives a new one, so that opening the page again taints nothing.
	StartURL() string
	// Notices tells what came, in order. It is closed after Close.
	Notices() <-chan Notice
	// Close lets the page that waits for its verdict have it, then stops
	// listening; it takes five seconds at most.
	Close() error
}

// NoticeKind says what a listener noticed.
type NoticeKind int

// What a listener notices.
const (
	Contact    NoticeKind = iota // a browser fetched the start page: it trusts this computer
	Distrusted                   // a browser came and refused the certificate (TLS alert)
	PlainHTTP                    // somebody spoke plain http on the https port
	Elsewhere                    // a page visit on another path, with something like an answer in it
	Posted                       // a form was sent to the callback path
	Refused                      // a request that breaks the rules; it changed nothing
	AnswerCame                   // an answer on the callback path; Arrival is set
	OneFamily                    // this computer has no IPv6, so only 127.0.0.1 is waited on
)

// Notice is one thing a listener noticed.
type Notice struct {
	Kind    NoticeKind
	At      time.Time
	Detail  string   // for the timeline: the alert, the path, the rule that was broken; no secret, no query
	Arrival *Arrival // with AnswerCame
	More    int      // with Refused: how many more refused requests there was no room to tell of
}

// Level says how well an answer is bound to the browser tab that started the
// sign-in (SECURITY 1).
type Level int

// The binding levels.
const (
	LevelC Level = iota // a stranger: other profile, private window, other browser, or pasted
	LevelB              // same browser profile, another tab (or no JavaScript)
	LevelA              // the very tab that started
)

// String returns the level's letter.
func (l Level) String() string { return [...]string{"C", "B", "A"}[l] }

// Arrival is one answer on the callback path, waiting to hear what becomes of
// it. The page in the browser waits with it.
type Arrival struct {
	Answer Answer
	Level  Level
	Digits string // three digits; the page shows them when Reply says ShowDigits
	Pasted bool   // by hand: there is no page
	At     time.Time
	// Reply tells the page the truth. It may be called more than once while
	// the answer is being asked about; it never blocks. Nil when Pasted.
	Reply func(Verdict)
}

// Verdict is what became of an answer, for the page in the browser.
type Verdict int

// The verdicts.
const (
	Undecided   Verdict = iota // the app is still thinking
	AskInApp                   // the app asks its person: go back there
	ShowDigits                 // the same, and the page shows three digits to type
	GotIt                      // the code was taken
	SaidNo                     // the refusal was taken
	Trouble                    // the app has it and shows what to do
	NotTaken                   // this answer was not used
	AlreadyHere                // this answer was taken before
	NotWaiting                 // the attempt is over
)

// Network looks at a server from this computer before the person meets it in
// the browser. The real one is package outbound. Nothing it sends holds a
// secret or a cookie, it follows no redirect, and it keeps to the limits of
// SECURITY 5. Every error of its methods is a *[Problem].
type Network interface {
	// Lookup finds the addresses of a host name. It fails with Offline (this
	// computer has no network but itself), ServiceClosed (a [Closed] host that
	// is gone, fact host) or NoSuchName (fact host).
	Lookup(ctx context.Context, host string) ([]netip.Addr, error)
	// Greet connects to https://host[:port], through the proxy that applies to
	// it if there is one, and checks the server's certificate. It fails as
	// Lookup does when the name has no address, or with CannotReach (facts host,
	// port, reason), ServiceClosed instead when host is a [Closed] one,
	// ProxyBlocked (facts host, proxy, status), ForeignPage when something answers
	// that speaks no TLS (facts host, status, title), or ServerUntrusted (facts
	// host, reason, issuer).
	Greet(ctx context.Context, address string) (Greeting, error)
	// Ask gets the page at an https address, once. Besides the errors of Greet
	// there is none for what the server says: that is for [JudgePage].
	Ask(ctx context.Context, address string) (Page, error)
}

// Greeting is what a server's TLS handshake told.
type Greeting struct {
	Proxy  string    // host:port of the proxy it went through, or ""
	Issuer string    // common name of who issued the server's certificate, fit to be shown
	Until  time.Time // when that certificate ends
}

// Page is an answer to a GET, as far as it is looked at.
type Page struct {
	Status     int
	Location   string        // where a redirect leads, or ""
	Text       string        // the body, 64 KiB at most
	Title      string        // of an HTML page, fit to be shown, or ""
	Date       time.Time     // by the server's clock; zero when it does not say
	RetryAfter time.Duration // how long the server asks to wait; zero when it does not
}

// Trust knows whether this computer's browsers believe this computer's
// certificate. The real one is package cert.
type Trust interface {
	// Check looks into every place a browser looks.
	Check(ctx context.Context) (TrustReport, error)
	// Install adds the certificate to every place where it is missing, making
	// it first if need be. It asks for no administrator rights.
	Install(ctx context.Context) (TrustReport, error)
	// Remove takes the certificate out of every place again and deletes its
	// key; the report proves it.
	Remove(ctx context.Context) (TrustReport, error)
}

// TrustReport is what was found about the certificate.
type TrustReport struct {
	Exists      bool      // there is a certificate and its key
	Fingerprint string    // SHA-256, hex pairs with colons; empty without one
	Expires     time.Time // zero without one
	Places      []TrustPlace
}

// TrustPlace is one list of certificates that a browser looks into.
type TrustPlace struct {
	Browser string // "Chromium", "Firefox", …: who looks there
	Path    string // where it lies; for technical details only
	Trusted bool
}

// Trusted reports whether every browser found here believes the certificate.
// Without any place it is false: nobody has been told.
func (r TrustReport) Trusted() bool {
	for _, p := range r.Places {
		if !p.Trusted {
			return false
		}
	}
	return r.Exists && len(r.Places) > 0
}

// Believed reports whether at least one browser found here believes the
// certificate, so that a sign-in in that one can end by itself.
func (r TrustReport) Believed() bool {
	for _, p := range r.Places {
		if p.Trusted {
			return r.Exists
		}
	}
	return false
}
