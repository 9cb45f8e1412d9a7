package flow

import (
	"strings"
	"sync"
)

// phrase pairs a text that a server is known to say with its problem.
type phrase struct {
	text string // as documented
	code Code
	list string // the fact that the list behind the text fills, or ""
}

// phrases are the texts of the guide's authorize step, of its token step, and
// of the WebSphere servers that came after (PROTOCOL, "Step 2 errors", "Step 3
// errors", "HCL Connections on-premises and WebSphere"). The order says
// nothing: the longest text on a page decides.
var phrases = []phrase{
	// Step 2, in the order of the document.
	{"oauth_absent_parameters", AbsentParameters, "names"},
	{"oauth_duplicated_parameters", DuplicatedParameters, "names"},
	{"oauth_unsupported_parameters", UnsupportedParameters, "names"},
	{"oauth_invalid_parameters:response_type=", UnreadableType, "value"},
	{"oauth_invalid_parameters", UnreadableType, "value"},
	{"oauth_invalid_responsetype", WrongType, ""},
	{"oauth_invalid_clientid", UnknownClient, ""},
	{"Callback URI sent with the request is not the same as the one registered for this Company App", CallbackMismatch, ""},
	{"Callback URI sent with the request is not the same as the one registered", CallbackMismatch, ""}, // cut short
	{"oauth_consumer_missing_subscription", NoSubscription, ""},
	{"oauth_request_failed", RequestFailed, ""},
	{"oauth_error=oauth_denied", AccessDenied, ""},

	// Step 3, what step 2 does not have.
	{"fail decrypt client secret", SecretRefused, ""},
	{"oauth_missing_clientsecret", SecretRefused, ""},
	{"oauth_invalid_clientsecret", SecretRefused, ""}, // in no document; seen from the live server
	{"oauth_authorization_code_expired", CodeTooOld, ""},
	{"oauth_invalid_authorizationcode", CodeRefused, ""},
	{"oauth_missing_authorizationcode", CodeRefused, ""},
	{"Service Component not found", AppGone, ""},
	{"oauth_missing_callbackurl", CallbackLeftOut, ""},
	{"oauth_unsupported_grant_type", GrantTypeRefused, ""},
	{"oauth_access_token_expired", AccessEnded, ""},
	{"refresh token encrypt failure", RefreshRefused, ""},
	{"fail decrypt refresh token", RefreshRefused, ""},

	// WebSphere's own messages; the words behind them are translated.
	{"CWOAU0061E", UnknownClient, ""},
	{"CWOAU0062E", CallbackMismatch, ""},
}

// letters is more than the different signs of the phrases; a power of two is
// faster.
const letters = 64

// tree finds phrases: each node says which node comes after it by the next
// sign, and which phrase is complete there. Node 0 is the root, and also means
// that the text goes on in no phrase.
type tree struct {
	begins [256]bool  // a phrase begins with this sign
	class  [256]uint8 // upper case falls together with lower case; 0 is no sign of a phrase
	next   [][letters]uint16
	whole  []int // index of the phrase that ends here, or -1
}

// phraseTree is made when the first text is read.
var phraseTree = sync.OnceValue(func() *tree {
	t := &tree{}
	t.node()
	classes := uint8(0)
	for i, p := range phrases {
		at := uint16(0)
		for _, c := range []byte(strings.ToLower(strings.ReplaceAll(p.text, " ", ""))) {
			if t.class[c] == 0 {
				classes++
				t.class[c] = classes
				if 'a' <= c && c <= 'z' {
					t.class[c-'a'+'A'] = classes
				}
			}
			after := t.next[at][t.class[c]]
			if after == 0 {
				after = t.node()
				t.next[at][t.class[c]] = after
			}
			at = after
		}
		t.whole[at] = i
	}
	for c, class := range t.class {
		t.begins[c] = t.next[0][class] != 0
	}
	return t
})

// node adds a node and returns its index.
func (t *tree) node() uint16 {
	t.next, t.whole = append(t.next, [letters]uint16{}), append(t.whole, -1)
	return uint16(len(t.next) - 1)
}

// longest returns the longest phrase that signs begins with and how many signs
// it has, or -1 and 0. It needs no way back after a mismatch, as other trees
// have: no phrase repeats its own beginning, so little is read twice.
func (t *tree) longest(signs []byte) (index, n int) {
	index = -1
	at := uint16(0)
	for i, c := range signs {
		if at = t.next[at][t.class[c]]; at == 0 {
			break
		}
		if whole := t.whole[at]; whole >= 0 {
			index, n = whole, i+1
		}
	}
	return index, n
}
