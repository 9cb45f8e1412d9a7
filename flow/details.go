package flow

import (
	"strings"
	"unicode"
)

// Field names one box of the details form.
type Field string

// The boxes.
const (
	FieldServer   Field = "server"
	FieldClientID Field = "client_id"
	FieldCallback Field = "callback"
	FieldSecret   Field = "secret"
)

// Weight says what a finding about a field means for going on.
type Weight int

// The weights, lightest first.
const (
	Tidied Weight = iota // something was put right already; say so
	Hint                 // fine, but small things count
	Warn                 // unusual; the person may go on
	Block                // cannot work
)

// Rule names one rule of the form for ever; its words' key is "rule." and this.
type Rule string

// Finding is what a rule says about a field.
type Finding struct {
	Field  Field
	Rule   Rule
	Weight Weight
	Facts  Facts
	Fix    *string // what the field would hold if the person takes the offered fix; its button's key is "fix." and the rule
}

// Details is what a person types about an application.
type Details struct {
	Practice   bool   // the built-in server: Address is the tool's own business
	Address    string // https://host[:port] of the server
	ClientID   string
	Callback   string
	WithSecret bool // the person keeps a client secret here too
	Secret     Secret
}

// Request turns details into what an attempt asks of a server.
func (d Details) Request(s Server) Request {
	return Request{Server: s, Address: d.Address, ClientID: d.ClientID, Callback: d.Callback}
}

// Tidy puts right what came along with a paste and cannot be meant: spaces
// around, line breaks, invisible characters, typographic quotes around. It
// reports each field it changed. A space inside a client ID stays and is
// reported by Check, since it could be two IDs; a line break inside a secret
// goes, since no secret has one.
func (d Details) Tidy() (Details, []Finding) {
	var found []Finding
	tidy := func(field Field, text string) string {
		clean := strings.TrimSpace(visible(text))
		clean = strings.TrimSpace(strings.Trim(clean, "“”„‟\"'‘’«»"))
		if clean != text {
			found = append(found, Finding{Field: field, Rule: tidyRule(field, text, clean), Weight: Tidied})
		}
		return clean
	}
	d.Address = tidy(FieldServer, d.Address)
	d.ClientID = tidy(FieldClientID, d.ClientID)
	d.Callback = tidy(FieldCallback, d.Callback)
	secret := d.Secret.Reveal()
	if clean := strings.TrimSpace(visible(strings.NewReplacer("\r", "", "\n", "").Replace(secret))); clean != secret {
		found = append(found, Finding{Field: FieldSecret, Rule: tidyRule(FieldSecret, secret, clean), Weight: Tidied})
		d.Secret = Conceal(clean)
	}
	return d, found
}

// tidyRule names what was put right, as exactly as can be said in one line.
func tidyRule(field Field, before, after string) Rule {
	trimmed := strings.TrimSpace(before)
	switch {
	case field == FieldSecret && strings.ContainsAny(trimmed, "\r\n"):
		return "tidied_break"
	case trimmed != after:
		return "tidied_hidden"
	case after != "" && strings.HasPrefix(before, after):
		return "tidied_end"
	}
	return "tidied_space"
}

// visible drops characters that leave no mark: control characters other than
// white space, zero-width and direction marks, the byte order mark.
func visible(text string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return r
		}
		if unicode.IsControl(r) || unicode.In(r, unicode.Cf) {
			return -1
		}
		return r
	}, text)
}
