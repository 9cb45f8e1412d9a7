package practice

import (
	"fmt"
	"net/http"
	"net/url"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Rules of an authorize request, in the order they are looked at. The order is
// that of the document's table (PROTOCOL, "Unknowns and the most plausible
// behaviour"); one answer tells one kind of mistake, with every name of it.
//
//  1. A required parameter whose name is not there is absent. One that is
//     there and empty is judged by its value further down.
//  2. A name that comes twice is duplicated, whatever its values.
//  3. Every other name than the three is unsupported: state, scope and
//     redirect_uri too.
//  4. A response_type with a comma, a space or another sign is invalid.
//  5. Then response type, client ID, callback and subscription, by value.

// The required parameters, in the order of the document's table.
var required = []string{"response_type", "client_id", "callback_uri"}

// maxQuery is the longest query that is looked at, in bytes (SECURITY §3).
const maxQuery = 4 << 10

// parameter is one name=value of a query, decoded.
type parameter struct{ name, value string }

// parseQuery takes a raw query apart in the order it was sent. It refuses
// nothing, as a mistake is told only after the sign-in: a piece that can't be
// decoded stays as it was written, and ; is a letter like any other.
func parseQuery(raw string) []parameter {
	var list []parameter
	for piece := range strings.SplitSeq(raw, "&") {
		if piece == "" {
			continue
		}
		name, value, _ := strings.Cut(piece, "=")
		list = append(list, parameter{decode(name), decode(value)})
	}
	return list
}

// decode undoes percent and plus, or returns s when it can't be undone.
func decode(s string) string {
	if plain, err := url.QueryUnescape(s); err == nil {
		return plain
	}
	return s
}

// checkNames looks at the names of the parameters: rules 1 to 3.
func checkNames(list []parameter) *Failure {
	count := map[string]int{}
	var repeated, unknown []string
	for _, p := range list {
		count[p.name]++
		if count[p.name] == 2 {
			repeated = append(repeated, visible(p.name))
		}
		if count[p.name] == 1 && !slices.Contains(required, p.name) {
			unknown = append(unknown, visible(p.name))
		}
	}
	var absent []string
	for _, name := range required {
		if count[name] == 0 {
			absent = append(absent, name)
		}
	}
	switch {
	case len(absent) > 0:
		return withNames(textAbsent, absent)
	case len(repeated) > 0:
		return withNames(textDuplicated, repeated)
	case len(unknown) > 0:
		return withNames(textUnsupported, unknown)
	}
	return nil
}

// checkResponseType looks at the value of response_type: rules 4 and 5. The
// document names comma and space "among" the signs that are not allowed; here
// it is everything but letters, digits, underscore, hyphen and dot.
func checkResponseType(value string) *Failure {
	if strings.ContainsFunc(value, oddSign) {
		// No space after this colon: so the document has it.
		return &Failure{http.StatusBadRequest, textInvalid + "response_type=" + visible(value)}
	}
	if value != "code" {
		return &Failure{http.StatusUnauthorized, textResponseType}
	}
	return nil
}

func oddSign(r rune) bool {
	return r > unicode.MaxASCII || !unicode.IsLetter(r) && !unicode.IsDigit(r) && !strings.ContainsRune("_-.", r)
}

// value returns the value of the one parameter called name.
func value(list []parameter, name string) string {
	for _, p := range list {
		if p.name == name {
			return p.value
		}
	}
	return ""
}

// visible makes a text from outside fit for a page: whatever does not print as
// itself (control, direction and zero-width signs, broken UTF-8) is written in
// percent form again.
func visible(s string) string {
	var b strings.Builder
	for len(s) > 0 {
		r, size := utf8.DecodeRuneInString(s)
		if r == utf8.RuneError && size == 1 || !unicode.IsPrint(r) {
			for _, c := range []byte(s[:size]) {
				fmt.Fprintf(&b, "%%%02X", c)
			}
		} else {
			b.WriteString(s[:size])
		}
		s = s[size:]
	}
	return b.String()
}
