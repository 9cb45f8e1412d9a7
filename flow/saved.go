package flow

import "errors"

// ErrNoSecret says that the password store keeps nothing under a name.
var ErrNoSecret = errors.New("nothing is kept under this name")

// Saved is what a person typed and chose, to be there again at the next start.
// There is no secret in it. The zero value is that of a person who starts this
// tool for the first time.
type Saved struct {
	Mode         string `json:"mode"`        // ModePractice or ModeServer
	ServerKind   string `json:"server_kind"` // Server.ID
	Address      string `json:"address"`     // https://host[:port]
	ClientID     string `json:"client_id"`
	Callback     string `json:"callback"`
	WithSecret   bool   `json:"with_secret"`   // a client secret belongs to these details
	Remember     bool   `json:"remember"`      // and it is to be kept in the password store
	Welcomed     bool   `json:"welcomed"`      // the first page was seen
	Theme        string `json:"theme"`         // "light", "dark", or empty for the system's
	TextSize     int    `json:"text_size"`     // in percent; 0 for the usual size
	Strict       bool   `json:"strict"`        // answers from another tab are refused, not asked about
	Proxy        string `json:"proxy"`         // host:port of the proxy to the server; empty for the system's own
	AskNobody    bool   `json:"ask_nobody"`    // the sign-in page is not looked at before the browser opens
	SupportTools bool   `json:"support_tools"` // technical details are open from the start
}

// The modes of [Saved].
const (
	ModePractice = "practice" // the built-in practice server
	ModeServer   = "server"   // a real one
)
