package practice

import (
	"net/url"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Limits of a registration. The document sets the days; the rest keeps a page
// readable and the memory small.
const (
	maxName        = 60   // characters
	maxDescription = 500  // characters
	maxCallback    = 1024 // bytes
	maxDays        = 90   // days; step 1: "You can set the value for as many as 90 days"
)

// Registration is what the Register App window of step 1 asks for. Space
// around the texts is dropped, as pasted texts often bring some.
type Registration struct {
	// Name is shown in the question to the person; 1 to 60 characters.
	Name string
	// Description is for the owner's own use; at most 500 characters.
	Description string
	// Callback is the one address answers are sent to. It must start with
	// https (step 1: "supports only secure HTTPS-based callback URLs"). It may
	// have a query and a fragment: real applications registered both.
	Callback string
	// Days is the Access Grant Duration, the life of a refresh token; 1 to 90.
	Days int
	// WebServerFlow is the option "Enable API Access via OAuth 2.0 Web Server
	// Flow". Without it there are no credentials to give, so it must be true.
	WebServerFlow bool
}

// Field names a part of a [Registration].
type Field string

// The fields, named as in the form of the page.
const (
	FieldName          Field = "name"
	FieldDescription   Field = "description"
	FieldCallback      Field = "callback"
	FieldDays          Field = "days"
	FieldWebServerFlow Field = "flow"
)

// FieldError says what is to be changed in one field.
type FieldError struct {
	Field Field  // Field is where.
	Key   string // Key names the words, for translation.
	What  string // What says it in English, as a whole sentence.
}

// Error returns the field and the sentence.
func (e FieldError) Error() string { return string(e.Field) + ": " + e.What }

// FieldErrors lists all that is to be changed, in the order of the form. Use
// [errors.As] to get at it.
type FieldErrors []FieldError

// Error returns the sentences, one after another.
func (e FieldErrors) Error() string {
	var lines []string
	for _, one := range e {
		lines = append(lines, one.Error())
	}
	return strings.Join(lines, "; ")
}

// trimmed returns the registration without space around its texts.
func (r Registration) trimmed() Registration {
	r.Name = strings.TrimSpace(r.Name)
	r.Description = strings.TrimSpace(r.Description)
	r.Callback = strings.TrimSpace(r.Callback)
	return r
}

// check returns nil or [FieldErrors].
func (r Registration) check() error {
	var all FieldErrors
	add := func(f Field, key string) {
		if key != "" {
			all = append(all, FieldError{f, key, words[key]})
		}
	}
	add(FieldName, checkName(r.Name))
	add(FieldDescription, checkDescription(r.Description))
	if !r.WebServerFlow {
		add(FieldWebServerFlow, "practice.field.flow")
	}
	if r.Days < 1 || r.Days > maxDays {
		add(FieldDays, "practice.field.days")
	}
	add(FieldCallback, checkCallback(r.Callback))
	if len(all) == 0 {
		return nil
	}
	return all
}

// checkName returns the key of what is wrong with a name, or "".
func checkName(s string) string {
	switch {
	case s == "":
		return "practice.field.name.empty"
	case utf8.RuneCountInString(s) > maxName:
		return "practice.field.name.long"
	case !utf8.ValidString(s), strings.ContainsFunc(s, notPrinting):
		return "practice.field.name.signs"
	}
	return ""
}

// checkDescription returns the key of what is wrong with a description, or "".
func checkDescription(s string) string {
	if utf8.RuneCountInString(s) > maxDescription {
		return "practice.field.description.long"
	}
	return ""
}

func notPrinting(r rune) bool { return !unicode.IsPrint(r) }

// checkCallback returns the key of what is wrong with a callback, or "".
func checkCallback(s string) string {
	if s == "" {
		return "practice.field.callback.empty"
	}
	if len(s) > maxCallback {
		return "practice.field.callback.long"
	}
	if strings.ContainsFunc(s, func(r rune) bool { return r <= ' ' || r >= 0x7F || r == '\\' }) {
		return "practice.field.callback.signs"
	}
	u, err := url.Parse(s)
	switch {
	case err != nil:
		return "practice.field.callback.form"
	case strings.EqualFold(u.Scheme, "http"):
		return "practice.field.callback.http"
	case !strings.EqualFold(u.Scheme, "https"), u.Hostname() == "":
		return "practice.field.callback.form"
	case u.User != nil:
		return "practice.field.callback.user"
	}
	if port := u.Port(); port != "" {
		if n, err := strconv.Atoi(port); err != nil || n < 1 || n > 65535 {
			return "practice.field.callback.form"
		}
	}
	return ""
}
