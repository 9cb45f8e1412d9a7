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
	GoOn          Action = "go_on"
	ChangeURL     Action = "change_callback"
	CloseWords    Action = "close"
)

// Entry is what is known about one kind of problem. Its words are found by
// key: problem.CODE.title, .what, .why, .step1 to .stepN (N = Steps).
type Entry struct {
	Kind      Kind
	Who       Who
	Steps     int
	Primary   Action // does step 1 in one click
	Secondary Action
	Technical string // a text/template over Facts, for "Technical details"
}

// Catalogue holds every problem there is. The words are UX 3.8's, the
// technical lines quote the server's documented text (PROTOCOL, step 2).
var Catalogue = map[Code]Entry{
	AbsentParameters:      {KindProblem, You, 3, FixDetails, CopyDetails, "HTTP 400 · oauth_absent_parameters: {{.names}}"},
	DuplicatedParameters:  {KindProblem, You, 2, CheckServer, CopyDetails, "HTTP 400 · oauth_duplicated_parameters: {{.names}}"},
	UnsupportedParameters: {KindProblem, You, 2, RemoveExtras, CopyDetails, "HTTP 400 · oauth_unsupported_parameters: {{.names}}"},
	UnreadableType:        {KindProblem, You, 2, SetToCode, CopyDetails, "HTTP 400 · oauth_invalid_parameters:response_type={{.value}}"},
	WrongType:             {KindProblem, You, 2, SetToCode, CopyDetails, "HTTP 401 · oauth_invalid_responsetype"},
	UnknownClient:         {KindProblem, YouThenOwner, 3, CheckClientID, CopyDetails, "HTTP 401 · oauth_invalid_clientid"},
	CallbackMismatch:      {KindProblem, YouOrOwner, 3, CompareTwo, CopyDetails, "HTTP 401 · Callback URI sent with the request is not the same as the one registered for this Company App · sent {{.callback}}"},
	NoSubscription:        {KindProblem, Administrator, 3, NoteForAdmin, OtherAccount, "HTTP 401 · oauth_consumer_missing_subscription"},
	RequestFailed:         {KindProblem, Administrator, 2, TryAgain, CopyDetails, "HTTP 500 · oauth_request_failed"},
	AccessDenied:          {KindChoice, You, 2, FinishDone, AskAgain, "Callback · oauth_error=oauth_denied"},

	PortBusy:       {KindProblem, YouThenOwner, 3, TryAgain, ByHand, "listen on port {{.port}}: address already in use{{with .program}} · {{.}}{{end}}"},
	PortKept:       {KindProblem, Owner, 2, ByHand, NoteForOwner, "listen on port {{.port}}: permission denied"},
	NoBrowser:      {KindProblem, You, 2, CopyLink, OpenAgain, "open the browser"},
	StillOpen:      {KindCaution, You, 2, OpenAgain, BrowserError, "waiting · no answer so far"},
	NoAnswerInTime: {KindProblem, You, 3, KeepWaiting, BrowserError, "waited {{.n}} min · no answer"},
	NotTrusted:     {KindProblem, You, 3, SetUpTrust, ByHand, "TLS handshake: {{.alert}}"},
	NotAdded:       {KindProblem, YouThenAdmin, 2, TryAgain, ByHand, "certificate store"},
	PlainAnswer:    {KindProblem, Owner, 2, NoteForOwner, ByHand, "plain HTTP request on TLS port {{.port}}"},
	WrongPath:      {KindProblem, You, 2, CompareTwo, CopyDetails, "GET {{.path}} · want {{.expected}}"},
	NoAnswer:       {KindProblem, You, 2, StartAgain, CopyDetails, "callback params: {{.names}}"},
	CodeAndRefusal: {KindProblem, Administrator, 3, StartAgain, CopyDetails, "callback params: {{.names}}"},
	TwoCodes:       {KindProblem, Administrator, 2, StartAgain, CopyDetails, "callback params: {{.names}} · {{.n}} values"},
	ExtraNames:     {KindCaution, NoOne, 2, CloseWords, CopyDetails, "callback params: code, {{.names}}"},
	EmptyCode:      {KindProblem, YouThenAdmin, 2, StartAgain, CopyDetails, "code length 0"},
	DamagedCode:    {KindProblem, You, 2, StartAgain, CopyDetails, "code length {{.n}}; limit {{.limit}} (Step 3 guide)"},
	NewReason:      {KindProblem, Administrator, 2, StartAgain, CopyDetails, "callback · oauth_error={{.value}}"},
	RepeatedAnswer: {KindInfo, NoOne, 2, CloseWords, CopyDetails, "repeat callback · same code"},
	NotTheAnswer:   {KindProblem, You, 3, PasteAgain, CopyDetails, "pasted text is not {{.callback}} with an answer"},
	UnknownText:    {KindProblem, You, 3, PickFromList, CopyDetails, "unmatched text, {{.n}} characters"},
	CannotSignIn:   {KindProblem, YouThenAdmin, 2, OpenAgain, CopyDetails, "reported by user · before grant page"},
	HTTPCallback:   {KindProblem, YouOrOwner, 2, ChangeURL, NoteForOwner, "callback scheme http"},
	FarCallback:    {KindCaution, You, 3, GoOn, ChangeURL, "callback host {{.host}} is not loopback"},
	HashCallback:   {KindProblem, YouOrOwner, 2, ChangeURL, NoteForOwner, "callback fragment present"},
	LongSecret:     {KindProblem, You, 2, FixDetails, CloseWords, "client_secret length {{.n}} > {{.limit}}"},
	StoreLocked:    {KindProblem, You, 3, TryAgain, KeepForNow, "keyring: locked or not answering"},
	NoStore:        {KindCaution, You, 2, KeepForNow, CopyDetails, "keyring: no backend"},
	Unexpected:     {KindProblem, YouSupport, 2, StartAgain, CopyDetails, "step {{.step}}"},
	PartMissing:    {KindProblem, YouThenAdmin, 3, TryAgain, ByHand, "not found: {{.program}} · Debian and Ubuntu: {{.package}}"},
	PracticeDown:   {KindProblem, YouSupport, 2, TryAgain, CopyDetails, "practice server"},
	OddDetails:     {KindProblem, You, 1, FixDetails, CopyDetails, "{{.field}}: {{.rule}}"},
}
