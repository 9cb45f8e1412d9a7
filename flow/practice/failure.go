package practice

import (
	"fmt"
	"net/http"
	"strings"
)

// The texts of the nine documented errors of the authorize address, letter by
// letter ("Step 2: Obtain authorization code", Response codes and messages).
// Those that end in a colon are followed by what they are about.
const (
	textAbsent       = "oauth_absent_parameters:"
	textDuplicated   = "oauth_duplicated_parameters:"
	textUnsupported  = "oauth_unsupported_parameters:"
	textInvalid      = "oauth_invalid_parameters:"
	textResponseType = "oauth_invalid_responsetype"
	textClientID     = "oauth_invalid_clientid"
	textCallback     = "Callback URI sent with the request is not the same as the one registered for this Company App"
	textSubscription = "oauth_consumer_missing_subscription"
	textRequest      = "oauth_request_failed"
)

// documented lists the nine in the order of the document, which is also the
// order they are looked for in.
var documented = []Failure{
	{http.StatusBadRequest, textAbsent},
	{http.StatusBadRequest, textDuplicated},
	{http.StatusBadRequest, textUnsupported},
	{http.StatusBadRequest, textInvalid},
	{http.StatusUnauthorized, textResponseType},
	{http.StatusUnauthorized, textClientID},
	{http.StatusUnauthorized, textCallback},
	{http.StatusUnauthorized, textSubscription},
	{http.StatusInternalServerError, textRequest},
}

// Failure is one documented error of the authorize address.
type Failure struct {
	Status int    // Status is the HTTP status: 400, 401 or 500.
	Text   string // Text is the documented text, e.g. "oauth_invalid_clientid".
}

// Failures returns the nine documented errors in the order of the document. A
// text that ends in a colon is completed when it is shown, for instance to
// "oauth_absent_parameters: client_id".
func Failures() []Failure { return append([]Failure(nil), documented...) }

// Line returns the error as the document prints it and as the page shows it,
// for instance "UNAUTHORIZED (401): oauth_invalid_clientid".
func (f Failure) Line() string {
	return fmt.Sprintf("%s (%d): %s", strings.ToUpper(http.StatusText(f.Status)), f.Status, f.Text)
}

// code returns the part of the text that names the error and holds nothing
// the visitor sent, so that it may be logged.
func (f Failure) code() string {
	name, _, _ := strings.Cut(f.Text, ":")
	return name
}

// failureByText returns the documented error whose whole text is given, with
// its list where it has one.
func failureByText(text string) (Failure, bool) {
	for _, f := range documented {
		if !strings.HasSuffix(f.Text, ":") {
			if text == f.Text {
				return f, true
			}
			continue
		}
		rest, found := strings.CutPrefix(text, f.Text)
		if found && strings.TrimSpace(rest) != "" {
			return Failure{f.Status, text}, true
		}
	}
	return Failure{}, false
}

// withNames completes a text with a list of parameter names. The document
// says only <parameter_list>; names joined by ", " is the likeliest form.
func withNames(text string, names []string) *Failure {
	return &Failure{http.StatusBadRequest, text + " " + strings.Join(names, ", ")}
}
