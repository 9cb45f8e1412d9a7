package flow

// Meeting is how a way of failing meets the person.
type Meeting string

// The meetings beyond the channels of the catalogue.
const (
	Prevented Meeting = "prevented" // it can't happen, or does no harm; Failure.How says why
	ByDialog  Meeting = "dialog"
	ByBanner  Meeting = "banner"
	ByBox     Meeting = "box"      // under a box of the form
	ByLine    Meeting = "line"     // a line of the checks, no more
	ByResult  Meeting = "result"   // the page of a result
	ByPage    Meeting = "page"     // the page in the browser says it
	ByAsking  Meeting = "question" // "Was that you?"
	ByHands   Meeting = "by_hand"  // the person pastes the address
)

// Failure says what becomes of one of the eighty ways in which a sign-in by a
// loopback listener fails in the wild. The numbers are those of the paper
// FAILURES and are never reused.
type Failure struct {
	Number int
	Met    Meeting
	Code   Code   // of the problem, where there is one
	Rule   Rule   // of the form, with ByBox
	How    string // where neither says it
}

// Failures are all eighty, in order.
var Failures = []Failure{
	{Number: 1, Met: ByBox, Rule: "tidied_space"},
	{Number: 2, Met: ByBox, Rule: "client_secret_like"},
	{Number: 3, Met: ByBox, Rule: "server_path"},
	{Number: 4, Met: ByDialog, Code: FarCallback},
	{Number: 5, Met: ByBox, Rule: "callback_no_port"},
	{Number: 6, Met: ByDialog, Code: PortKept},
	{Number: 7, Met: ByBox, Rule: "callback_unsafe_port"},
	{Number: 8, Met: ByDialog, Code: PortBusy},
	{Number: 9, Met: ByDialog, Code: AlreadyOpen},
	{Number: 10, Met: ByDialog, Code: PortReserved},
	{Number: 11, Met: ByDialog, Code: PortRefused},
	{Number: 12, Met: ByLine, How: "the check \"families\" says that only one local address is there; the sign-in goes on"},
	{Number: 13, Met: Prevented, How: "the listener binds loopback addresses only, which no firewall asks about"},
	{Number: 14, Met: ByDialog, Code: CertificateBroken},
	{Number: 15, Met: ByDialog, Code: NoSuchName},
	{Number: 16, Met: ByDialog, Code: ServerUntrusted},
	{Number: 17, Met: ByDialog, Code: ProxyBlocked},
	{Number: 18, Met: ByDialog, Code: NoStore},
	{Number: 19, Met: ByDialog, Code: NoBrowser},
	{Number: 20, Met: ByBanner, Code: NoContact},
	{Number: 21, Met: Prevented, How: "the launcher runs beside everything else; nothing waits for it"},
	{Number: 22, Met: ByDialog, Code: AbsentParameters},
	{Number: 23, Met: Prevented, How: "Copy link gives a fresh link for any other browser, as often as wanted"},
	{Number: 24, Met: ByBanner, Code: NoContact},
	{Number: 25, Met: ByDialog, Code: NoBrowser},
	{Number: 26, Met: ByDialog, Code: UnknownClient},
	{Number: 27, Met: ByDialog, Code: CallbackMismatch},
	{Number: 28, Met: ByDialog, Code: UnsupportedParameters},
	{Number: 29, Met: ByDialog, Code: WrongType},
	{Number: 30, Met: ByDialog, Code: NoSubscription},
	{Number: 31, Met: ByDialog, Code: RequestFailed},
	{Number: 32, Met: ByDialog, Code: CannotSignIn},
	{Number: 33, Met: Prevented, How: "the system browser is used, never one inside this tool"},
	{Number: 34, Met: ByBanner, Code: StillOpen},
	{Number: 35, Met: ByDialog, Code: Slept},
	{Number: 36, Met: ByBanner, Code: NoQuestion},
	{Number: 37, Met: Prevented, How: "the answer comes by a page visit, which browsers do not block; other requests are refused anyway"},
	{Number: 38, Met: Prevented, How: "only https callbacks are accepted, which no browser refuses"},
	{Number: 39, Met: Prevented, How: "only https callbacks are accepted, so a browser that insists on https does no harm"},
	{Number: 40, Met: ByBanner, Code: PlainAnswer},
	{Number: 41, Met: ByDialog, Code: NotTrusted},
	{Number: 42, Met: Prevented, How: "the certificate is trusted before the first page opens, so there is no warning page to get past"},
	{Number: 43, Met: Prevented, How: "every list is served: both of Chromium and each Firefox profile, snap and flatpak too"},
	{Number: 44, Met: Prevented, How: "the listener waits on 127.0.0.1 and on ::1"},
	{Number: 45, Met: ByDialog, Code: LocalhostMoved},
	{Number: 46, Met: ByHands, How: "the line \"It can’t reach localhost\" leads to pasting the address"},
	{Number: 47, Met: ByHands, How: "the line \"It can’t reach localhost\" leads to pasting the address"},
	{Number: 48, Met: ByAsking, How: "an answer from a container or a private tab is asked about, with digits"},
	{Number: 49, Met: Prevented, How: "only https callbacks are accepted, so there is nothing to force"},
	{Number: 50, Met: ByHands, How: "the line \"A blank page\" leads to pasting the address"},
	{Number: 51, Met: ByPage, How: "while the program waits for another answer, an old tab is told that nobody waits for it"},
	{Number: 52, Met: Prevented, How: "only the exact callback path with an answer counts"},
	{Number: 53, Met: ByResult, Code: AccessDenied},
	{Number: 54, Met: ByDialog, Code: NewReason},
	{Number: 55, Met: ByDialog, Code: NoAnswer},
	{Number: 56, Met: ByDialog, Code: CodeAndRefusal},
	{Number: 57, Met: ByDialog, Code: DamagedCode},
	{Number: 58, Met: ByAsking, How: "an answer that is not bound to this attempt is asked about, never taken"},
	{Number: 59, Met: ByPage, Code: RepeatedAnswer},
	{Number: 60, Met: Prevented, How: "they get 204, 403 or 405, change nothing, and are counted"},
	{Number: 61, Met: ByAsking, How: "host, navigation headers and the tab value are checked; what is not bound is asked about"},
	{Number: 62, Met: ByBanner, Code: OtherDelivery},
	{Number: 63, Met: Prevented, How: "the listener closes only when the page has its verdict, at most five seconds later"},
	{Number: 64, Met: Prevented, How: "the page says in words that it can be closed; there is no button that can’t do it"},
	{Number: 65, Met: Prevented, How: "the window asks for the focus, and the desktop shows a notice"},
	{Number: 66, Met: ByDialog, Code: SecretRefused},
	{Number: 67, Met: ByDialog, Code: CodeTooOld},
	{Number: 68, Met: ByDialog, Code: CodeRefused},
	{Number: 69, Met: ByDialog, Code: CallbackLeftOut},
	{Number: 70, Met: ByDialog, Code: AppGone},
	{Number: 71, Met: ByBanner, Code: AccessEnded},
	{Number: 72, Met: ByDialog, Code: RefreshRefused},
	{Number: 73, Met: ByDialog, Code: UnreadableReply},
	{Number: 74, Met: Prevented, How: "the unit of a lifetime is a fact of the server kind, never guessed from the number"},
	{Number: 75, Met: ByDialog, Code: ClockWrong},
	{Number: 76, Met: ByDialog, Code: OutcomeUnknown},
	{Number: 77, Met: ByDialog, Code: OutcomeUnknown},
	{Number: 78, Met: Prevented, How: "nothing is kept that a busy server could make this tool throw away"},
	{Number: 79, Met: ByDialog, Code: StoreLocked},
	{Number: 80, Met: Prevented, How: "secrets print as dots, codes are masked, and nothing of either goes into details or logs"},
}
