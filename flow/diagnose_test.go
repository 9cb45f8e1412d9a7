package flow

import (
	"fmt"
	"strings"
	"testing"
)

// texts are the documented errors of both steps as the guide prints them: the
// nine of the authorize step, then what only the token step has.
var texts = map[string]Code{
	"BAD REQUEST (400): oauth_absent_parameters: client_id, callback_uri":                                               AbsentParameters,
	"BAD REQUEST (400): oauth_duplicated_parameters: client_id":                                                         DuplicatedParameters,
	"BAD REQUEST (400): oauth_unsupported_parameters: state":                                                            UnsupportedParameters,
	"BAD REQUEST (400): oauth_invalid_parameters:response_type=co,de":                                                   UnreadableType,
	"UNAUTHORIZED (401): oauth_invalid_responsetype":                                                                    WrongType,
	"UNAUTHORIZED (401): oauth_invalid_clientid":                                                                        UnknownClient,
	"UNAUTHORIZED (401): Callback URI sent with the request is not the same as the one registered for this Company App": CallbackMismatch,
	"UNAUTHORIZED (401): oauth_consumer_missing_subscription":                                                           NoSubscription,
	"INTERNAL SERVER ERROR (500): oauth_request_failed":                                                                 RequestFailed,
	"UNAUTHORIZED (401): fail decrypt client secret":                                                                    SecretRefused,
	"UNAUTHORIZED (401): oauth_missing_clientsecret":                                                                    SecretRefused,
	"oauth_invalid_clientsecret":                                                                                        SecretRefused, // seen, not documented
	"UNAUTHORIZED (401): oauth_authorization_code_expired":                                                              CodeTooOld,
	"UNAUTHORIZED (401): oauth_invalid_authorizationcode":                                                               CodeRefused,
	"UNAUTHORIZED (401): oauth_missing_authorizationcode":                                                               CodeRefused,
	"UNAUTHORIZED (401): Service Component not found":                                                                   AppGone,
	"UNAUTHORIZED (401): oauth_missing_callbackurl":                                                                     CallbackLeftOut,
	"BAD REQUEST (400): oauth_unsupported_grant_type":                                                                   GrantTypeRefused,
	"UNAUTHORIZED (401): oauth_access_token_expired":                                                                    AccessEnded,
	"UNAUTHORIZED (401): refresh token encrypt failure":                                                                 RefreshRefused,
	"UNAUTHORIZED (401): fail decrypt refresh token":                                                                    RefreshRefused,
}

func TestRequest_ReadErrorKnowsEveryDocumentedText(t *testing.T) {
	wrap := []func(string) string{
		func(s string) string { return s },
		strings.ToUpper,
		func(s string) string {
			return "\n PRACTICE — x \r\n\t" + strings.ReplaceAll(s, " ", " \n ") + "\nCopy this text."
		},
		func(s string) string {
			return "<html><style>p{}</style><h1>HTTP Status 401</h1><p>" + strings.ReplaceAll(s, "registered", "<b>registered</b>") + "</p></html>"
		},
		func(s string) string { return strings.ReplaceAll(s, ":", "&#58;") },
		func(s string) string { return strings.Join(strings.Split(s, ""), "\r\n> > ") },
		func(s string) string { return strings.Join(strings.Split(s, ""), "<wbr/>") },
		func(s string) string { return strings.Join(strings.Split(s, ""), "&shy;&#8203;\u200d") },
		func(s string) string { return strings.Join(strings.Split(s, ""), "</td>\n<td class='x'>") },
		func(s string) string { return "“" + strings.ReplaceAll(s, "_", "&amp;#x5F;") + "”" },
		func(s string) string { return strings.ToUpper(escapeAll(s)) },
	}
	for text, want := range texts {
		for i, w := range wrap {
			got := goodRequest.ReadError(w(text))
			if got.Answer || got.Problem == nil || got.Problem.Code != want || !got.Problem.ByUser {
				t.Errorf("wrapping %d of %q: %+v, want %v", i, text, got.Problem, want)
			}
		}
	}
}

// escapeAll writes every letter as a reference by number.
func escapeAll(s string) string {
	var b strings.Builder
	for _, r := range s {
		fmt.Fprintf(&b, "&#x%X;", r)
	}
	return b.String()
}

func TestRequest_ReadErrorTakesTheListAfterTheColon(t *testing.T) {
	for text, want := range map[string]string{
		"oauth_absent_parameters: client_id, callback_uri":           "client_id, callback_uri",
		"oauth_absent_parameters:client_id,callback_uri Copy this":   "client_id,callback_uri",
		"oauth_unsupported_parameters: state\nCopy this text":        "state",
		"oauth_duplicated_parameters":                                "…",
		"oauth_unsupported_parameters: <script>alert(1)</script> no": "no",
	} {
		if got := goodRequest.ReadError(text).Problem.Facts["names"]; got != want {
			t.Errorf("%q: names %q, want %q", text, got, want)
		}
	}
}

func TestRequest_ReadErrorIsHonestAboutTheRest(t *testing.T) {
	for _, text := range []string{"", "It works!", "404 Not Found", "oauth", strings.Repeat("x", 1<<20)} {
		if got := goodRequest.ReadError(text); got.Answer || got.Problem.Code != UnknownText {
			t.Errorf("%.20q: %+v, want U24", text, got)
		}
	}
	if got := goodRequest.ReadError(goodRequest.Callback + "?code=abc"); !got.Answer {
		t.Error("the address of an answer was not seen as one")
	}
}

func TestRequest_ReadPastedWantsTheCallbackToTheLetter(t *testing.T) {
	for text, want := range map[string]bool{
		goodRequest.Callback + "?code=abc":                   true,
		"\n " + goodRequest.Callback + "?code=abc#x \u200b":  true,
		goodRequest.Callback:                                 false,
		goodRequest.Callback + "/?code=abc":                  false,
		goodRequest.Callback + "x?code=abc":                  false,
		"https://localhost:9443/callback?code=abc":           false,
		"https://apps.example.com/manage/oauth2/authorize?x": false,
		"code=abc": false,
		"":         false,
	} {
		answer, problem := goodRequest.ReadPasted(text)
		if got := problem == nil && answer.Problem == nil && answer.Code.Reveal() == "abc"; got != want {
			t.Errorf("%q read as an answer: %v, want %v", text, got, want)
		}
	}
	withQuery := goodRequest
	withQuery.Callback += "?action=back"
	if a, p := withQuery.ReadPasted(withQuery.Callback + "&oauth_error=oauth_denied"); p != nil || !a.Denied {
		t.Errorf("a callback with its own query: %+v %v, want the refusal", a, p)
	}
}

func TestSanitize_LeavesNothingThatMisleads(t *testing.T) {
	for text, want := range map[string]string{
		"a\u202eb\u200bc\x00d\ue000": "abcd",
		"  a \r\n\t b  ":             "a b",
		strings.Repeat("é", 400):     strings.Repeat("é", 300),
		"\xff\xfe":                   "",
	} {
		if got := Sanitize(text); got != want {
			t.Errorf("Sanitize(%.20q) = %.40q, want %.40q", text, got, want)
		}
	}
}

func FuzzServer_ReadAnswer(f *testing.F) {
	for _, q := range []string{"code=abc", "oauth_error=oauth_denied", "code=a&code=b", "code=%41", "code=a;b", "code=a&x=%zz", "code=+"} {
		f.Add(q)
	}
	f.Fuzz(func(t *testing.T, query string) {
		a := ConnectionsCloud.ReadAnswer(query)
		set := 0
		for _, is := range []bool{!a.Code.Empty(), a.Denied, a.Problem != nil} {
			if is {
				set++
			}
		}
		if set != 1 {
			t.Fatalf("%q: %d of code, denial and problem are set", query, set)
		}
		if code := a.Code.Reveal(); len(code) > 256 || strings.ContainsAny(code, " \t\r\n\x00") {
			t.Errorf("%q gave the code %q", query, code)
		}
		// The simple oracle: a code is taken only if the word stands there once.
		if !a.Code.Empty() && strings.Count(query, "oauth_error=") > 0 && !strings.Contains(query, "%") && !strings.Contains(strings.TrimPrefix(query, "oauth_error="), "code=") {
			t.Errorf("%q: a code beside a refusal", query)
		}
	})
}
