package flow

import (
	"strings"
	"unicode"
)

// Code names one kind of problem for ever: it stands in reports, in tests and
// in the words' keys ("problem.D7.title"), and is never given to another.
// D are the documented errors of the guide's step 2, T those of its token step,
// U everything else.
type Code string

// documented reports whether a code is one of a server's documented errors.
func (c Code) documented() bool { return c != AccessDenied && (c[0] == 'D' || c[0] == 'T') }

// The problems this tool knows. [Catalogue] holds what is known about each.
const (
	AbsentParameters      Code = "D1"
	DuplicatedParameters  Code = "D2"
	UnsupportedParameters Code = "D3"
	UnreadableType        Code = "D4"
	WrongType             Code = "D5"
	UnknownClient         Code = "D6"
	CallbackMismatch      Code = "D7"
	NoSubscription        Code = "D8"
	RequestFailed         Code = "D9"
	AccessDenied          Code = "D10" // a result, not a problem; here for its words

	PortBusy         Code = "U1"
	PortKept         Code = "U2"
	AlreadyOpen      Code = "U3"
	LocalhostMoved   Code = "U4"
	NoBrowser        Code = "U5"
	StillOpen        Code = "U6"
	NoAnswerInTime   Code = "U7"
	NotTrusted       Code = "U8"
	NotAdded         Code = "U9"
	CertificateEnded Code = "U10"
	PlainAnswer      Code = "U11"
	WrongPath        Code = "U12"
	ClockWrong       Code = "U13"
	NoAnswer         Code = "U14"
	CodeAndRefusal   Code = "U15"
	TwoCodes         Code = "U16"
	ExtraNames       Code = "U17"
	EmptyCode        Code = "U18"
	DamagedCode      Code = "U19"
	NewReason        Code = "U20"
	RepeatedAnswer   Code = "U21"
	NoQuestion       Code = "U22"
	NotTheAnswer     Code = "U23"
	UnknownText      Code = "U24"
	CannotSignIn     Code = "U25"
	Offline          Code = "U26"
	NoSuchName       Code = "U27"
	ServiceClosed    Code = "U28"
	CannotReach      Code = "U29"
	ProxyBlocked     Code = "U30"
	ForeignPage      Code = "U31"
	ServerUntrusted  Code = "U32"
	NotConnections   Code = "U33"
	ServerBusy       Code = "U34"
	HTTPCallback     Code = "U35"
	FarCallback      Code = "U36"
	HashCallback     Code = "U37"
	LongSecret       Code = "U38"
	LookAlike        Code = "U39"
	StoreLocked      Code = "U40"
	NoStore          Code = "U41"
	SavedUnreadable  Code = "U42"
	ReportNotSaved   Code = "U43"
	Unexpected       Code = "U44"

	// Not in the deck of UX 3.8.
	PartMissing       Code = "U45" // a program this tool needs (certutil) is not installed
	PracticeDown      Code = "U46" // the built-in practice server could not start
	OddDetails        Code = "U47" // details that the form would have stopped reached the attempt
	PortReserved      Code = "U48" // Windows has set the port aside; nothing uses it
	PortRefused       Code = "U49" // the system or security software refuses a port that is not kept back
	CertificateBroken Code = "U50" // this computer's certificate can't be made or read
	NoContact         Code = "U51" // the launcher said yes, and no browser came
	Slept             Code = "U52" // this computer slept while an attempt waited
	OtherDelivery     Code = "U53" // the answer came by POST, which this tool does not read

	// The token step (step 3 of the guide).
	SecretRefused    Code = "T1"
	CodeTooOld       Code = "T2"
	CodeRefused      Code = "T3"
	AppGone          Code = "T4"
	CallbackLeftOut  Code = "T5"
	GrantTypeRefused Code = "T6"
	AccessEnded      Code = "T7"
	RefreshRefused   Code = "T8"
	UnreadableReply  Code = "T9"
	OutcomeUnknown   Code = "T10" // not in the deck: the request went out and no reply came back
)

// Facts fill the placeholders of a problem's words and of its technical line:
// {{.port}}, {{.names}} and the like. They never hold a secret.
type Facts map[string]string

// with returns a copy of f in which name has value.
func (f Facts) with(name, value string) Facts {
	g := make(Facts, len(f)+1)
	for k, v := range f {
		g[k] = v
	}
	g[name] = value
	return g
}

// Problem is the one error type of this tool: what kind it is, where it
// happened, and the error behind it. The window shows the words of its code
// and puts Err under "Technical details" only.
type Problem struct {
	Code   Code
	Step   Step
	Facts  Facts
	Err    error
	ByUser bool // told by the person ("my browser shows an error"), not seen by this tool
}

// Error implements error, for logs and technical details.
func (p *Problem) Error() string {
	if p.Err == nil {
		return string(p.Code)
	}
	return string(p.Code) + ": " + p.Err.Error()
}

// Unwrap returns the error behind the problem.
func (p *Problem) Unwrap() error { return p.Err }

// Entry returns what the catalogue says about the problem.
func (p *Problem) Entry() Entry { return Catalogue[p.Code] }

// textLimit is how much foreign text is ever shown, in characters.
const textLimit = 300

// Sanitize makes foreign text fit to be shown as a quotation: control
// characters, text-direction marks, zero-width and private-use characters are
// taken out, white space becomes single spaces, and it ends after 300
// characters (SECURITY 5).
func Sanitize(text string) string {
	var b strings.Builder
	n, space := 0, false
	for _, r := range text {
		if unicode.IsSpace(r) {
			space = b.Len() > 0
			continue
		}
		if r == unicode.ReplacementChar || !unicode.IsPrint(r) || unicode.In(r, unicode.Co, unicode.Cf) {
			continue
		}
		if space {
			b.WriteByte(' ')
			n, space = n+1, false
		}
		b.WriteRune(r)
		if n++; n >= textLimit {
			break
		}
	}
	return b.String()
}
