package flow

// Kind says how serious an entry of the catalogue is. Each has its own shape,
// word and colour in the window (UX 3.9).
type Kind string

// The kinds.
const (
	KindInfo    Kind = "info"
	KindCaution Kind = "caution"
	KindProblem Kind = "problem"
	KindChoice  Kind = "choice"
)

// Who can do something about a problem; the word's key is "who." and this.
type Who string

// The people who can fix things.
const (
	You           Who = "you"
	YouThenOwner  Who = "you_then_owner"
	YouOrOwner    Who = "you_or_owner"
	Owner         Who = "owner"
	YouThenAdmin  Who = "you_then_admin"
	Administrator Who = "admin"
	YouSupport    Who = "you_then_support"
	NoOne         Who = "no_one"
)

// Action is something a person can do next; its word's key is "action." and this.
type Action string

// The actions a problem may offer. The window knows how to do each.
const (
	FixDetails    Action = "fix_details"
	CheckServer   Action = "check_server"
	CheckClientID Action = "check_client_id"
	RemoveExtras  Action = "remove_extras" // a new link with the three details only
	SetToCode     Action = "set_to_code"   // the same, from a wrong response type
	CompareTwo    Action = "compare"
	NoteForAdmin  Action = "note_admin"
	NoteForOwner  Action = "note_owner"
	OtherAccount  Action = "other_account"
	TryAgain      Action = "try_again"
	StartAgain    Action = "start_again"
	AskAgain      Action = "ask_again"
	FinishDone    Action = "done"
	ByHand        Action = "by_hand"
	OpenAgain     Action = "open_again"
	CopyLink      Action = "copy_link"
	KeepWaiting   Action = "keep_waiting"
	BrowserError  Action = "browser_error"
	SetUpTrust    Action = "set_up_trust"
	PasteAgain    Action = "paste_again"
	PickFromList  Action = "pick_from_list"
	CopyDetails   Action = "copy_details"
	KeepForNow    Action = "keep_for_now"
	GoOn          Action = "go_on" // to the sign-in, although something is not as it should be
	ChangeURL     Action = "change_callback"
	CarryOn       Action = "carry_on"
	CheckAgain    Action = "check_again"
	UsePractice   Action = "use_practice"
	ChangeServer  Action = "change_server"
	ProxySettings Action = "proxy_settings"
	MakeNew       Action = "make_new" // another certificate in place of this one
	TypeAgain     Action = "type_again"
	KnowServer    Action = "know_server"
	TypeThemAgain Action = "type_them_again"
	PasteSecret   Action = "paste_secret"
	NewCode       Action = "new_code"
	SignInAgain   Action = "sign_in_again"
	CloseWords    Action = "close"
)

// Channel is where a problem first meets the person (UX 3.9).
type Channel string

// The channels.
const (
	Dialog     Channel = "dialog"      // the flow stopped and needs a choice
	Banner     Channel = "banner"      // the flow goes on; its help opens the dialog
	Inline     Channel = "inline"      // under a box of the form; a dialog only when it gets past the form
	ResultPage Channel = "result_page" // the attempt ended as designed
	InBrowser  Channel = "in_browser"  // the page in the browser says it
)

// Entry is what is known about one kind of problem. Its words are found by
// key: problem.CODE.title, .what, .why, .step1 to .stepN (N = Steps).
type Entry struct {
	Channel   Channel
	Kind      Kind
	Who       Who
	Steps     int
	Primary   Action // does step 1 in one click
	Secondary Action
	Technical string // a text/template over Facts, for "Technical details"
}
