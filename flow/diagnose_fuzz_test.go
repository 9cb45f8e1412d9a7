package flow

import (
	"net/url"
	"reflect"
	"strings"
	"testing"
	"unicode"
)

// secretCode is the value of every code in these tests that must not show.
const secretCode = "SECRET"

// checkFacts holds what is promised of the facts of a text from outside: they
// can be shown, and they hold no markup and no code.
func checkFacts(t *testing.T, text string, facts Facts) {
	t.Helper()
	for name, fact := range facts {
		if name == "callback" || name == "expected" {
			continue // the person's own details
		}
		if fact != Sanitize(fact) || strings.ContainsFunc(fact, func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Errorf("%q: fact %s = %q is not fit to show", text, name, fact)
		}
		if strings.ContainsAny(fact, "<>") || strings.Contains(fact, secretCode) {
			t.Errorf("%q: fact %s = %q holds markup or a code", text, name, fact)
		}
	}
}

func FuzzRequest_ReadError(f *testing.F) {
	for text := range texts {
		f.Add(text)
	}
	for _, text := range []string{
		"<p>&lt;oauth_invalid_clientid", tomcatPage, oldTomcatPage, webSpherePage, ibmPage, quotedMail, wrappedAt20,
		"oauth_absent_parameters: a,'b',\"c\" , d", "oauth_invalid_parameters:response_type=<b>", "<!--", "<script></", "&amp;#95", "&#x110000;", "&#", "&",
		"https://me@h/a;b&c?d#e", goodRequest.Callback + "?oauth_error=<b>", goodRequest.AuthorizeURL(),
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		if strings.Contains(text, secretCode) {
			return
		}
		for _, text := range []string{text, text + "?code=" + secretCode, "https://" + text + "?code=" + secretCode, goodRequest.Callback + "?" + text + "&code=" + secretCode} {
			r := goodRequest.ReadError(text)
			if r.Answer != (r.Problem == nil) {
				t.Fatalf("%q: neither one nor the other: %+v", text, r)
			}
			if again := goodRequest.ReadError(text); !reflect.DeepEqual(r, again) {
				t.Errorf("%q: read as %+v, then as %+v", text, r, again)
			}
			if r.Problem != nil {
				checkFacts(t, text, r.Problem.Facts)
			}
		}
	})
}

// FuzzRequest_ReadErrorFindsWhatIsThere compares with a simple oracle: a
// documented text stays known whatever stands around it, unless that hides it
// or brings another one.
func FuzzRequest_ReadErrorFindsWhatIsThere(f *testing.F) {
	f.Add("before ", " after")
	f.Add("<script>", "&amp;")
	f.Add("&am", ";")
	f.Fuzz(func(t *testing.T, before, after string) {
		if strings.ContainsAny(before, "<&") || strings.Contains(before, "://") || len(before) > readLimit/2 {
			return // markup that does not end, an escape, an address
		}
		text := before + " oauth_authorization_code_expired " + after
		if p := goodRequest.ReadError(text).Problem; p == nil || p.Code != CodeTooOld && len(before)+len(after) < len("oauth_authorization_code_expired") {
			t.Errorf("%q: %v, want %s", text, p, CodeTooOld)
		}
	})
}

func FuzzRequest_ReadPasted(f *testing.F) {
	for _, text := range []string{
		goodRequest.Callback + "?code=abc", " " + goodRequest.Callback + "?oauth_error=oauth_denied\n", goodRequest.Callback + "#?code=abc",
		goodRequest.Callback + "&code=abc", goodRequest.Callback + "&cod\x15e=0", goodRequest.Callback + "?%63ode=abc", goodRequest.Callback + "/?code=abc", "HTTPS://localhost:8443/callback?code=abc", goodRequest.AuthorizeURL(), "code=abc", "",
	} {
		f.Add(text)
	}
	f.Fuzz(func(t *testing.T, text string) {
		answer, problem := goodRequest.ReadPasted(text)
		if problem != nil {
			if problem.Code != NotTheAnswer || !problem.ByUser || !answer.Code.Empty() || answer.Denied {
				t.Fatalf("%q: %+v with %+v, want U23 alone", text, problem, answer)
			}
			return
		}
		if !strings.Contains(visible(text), goodRequest.Callback) {
			t.Errorf("%q was read as an answer and does not hold the callback", text)
		}
		whole, _, _ := strings.Cut(visible(text), "#")
		if plain, err := url.QueryUnescape(whole); err == nil && !answer.Code.Empty() && !strings.Contains(plain, "code=") {
			t.Errorf("%q gave the code %q", text, answer.Code.Reveal())
		}
	})
}
