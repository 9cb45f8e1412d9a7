package practice

import (
	"net/http"
	"net/url"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// choose picks a line of the page as a person does.
func (b *browser) choose(pairs ...string) page {
	b.t.Helper()
	saved := b.post(nextPath, b.get(nextPath).with(pairs...))
	if saved.status != http.StatusSeeOther || saved.location != nextPath {
		b.t.Fatalf("saving: got status %d to %q, want 303 back to the page", saved.status, saved.location)
	}
	return b.get(nextPath)
}

// waits returns what the page says is waiting.
func (p page) waits() string {
	m := regexp.MustCompile(`<p class="now"><span[^>]*>[^<]*</span><strong[^>]*>([^<]*)</strong>`).FindStringSubmatch(p.body)
	if m == nil {
		return ""
	}
	return page{body: m[1]}.text()
}

func TestNext_ShowsTheChosenErrorOnce(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	lines := map[string]string{
		"oauth_absent_parameters":             "BAD REQUEST (400): oauth_absent_parameters: client_id",
		"oauth_duplicated_parameters":         "BAD REQUEST (400): oauth_duplicated_parameters: client_id",
		"oauth_unsupported_parameters":        "BAD REQUEST (400): oauth_unsupported_parameters: state",
		"oauth_invalid_parameters":            "BAD REQUEST (400): oauth_invalid_parameters:response_type=co,de",
		"oauth_invalid_responsetype":          "UNAUTHORIZED (401): oauth_invalid_responsetype",
		"oauth_invalid_clientid":              "UNAUTHORIZED (401): oauth_invalid_clientid",
		"callback":                            "UNAUTHORIZED (401): Callback URI sent with the request is not the same as the one registered for this Company App",
		"oauth_consumer_missing_subscription": "UNAUTHORIZED (401): oauth_consumer_missing_subscription",
		"oauth_request_failed":                "INTERNAL SERVER ERROR (500): oauth_request_failed",
	}
	if len(lines) != len(choices.errors) {
		t.Errorf("the page offers %d errors, want %d", len(choices.errors), len(lines))
	}
	for id, line := range lines {
		if got := b.choose("next", id).waits(); got != line {
			t.Errorf("%s: %q is waiting, want %q", id, got, line)
		}
		got := b.signIn(good(s.Demo()), "alex")
		if !strings.Contains(line, "("+strconv.Itoa(got.status)+")") || !strings.Contains(got.text(), "\n"+line+"\n") {
			t.Errorf("%s: got status %d, want the page with %q", id, got.status, line)
		}
		if got := b.get(nextPath).waits(); got != "As usual" {
			t.Errorf("%s: afterwards %q is waiting, want nothing", id, got)
		}
		if got := b.signIn(good(s.Demo()), "alex"); got.status != http.StatusOK {
			t.Errorf("%s: the next sign-in got %d, want the question again", id, got.status)
		}
	}
}

func TestNext_SpoilsTheAnswerAsChosen(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	code := "code=[0-9a-f]{256}"
	for id, want := range map[string]string{
		"deny": `\?oauth_error=oauth_denied`, "both": `\?` + code + "&oauth_error=oauth_denied", "two": `\?` + code + "&" + code,
		"empty": `\?code=`, "none": "", "extra": `\?` + code + "&session=practice&lang=en", "long": `\?code=[0-9a-f]{300}`,
		"path": `/elsewhere\?` + code, "reason": `\?oauth_error=oauth_server_busy`, "usual": `\?` + code,
	} {
		b.choose("next", id)
		got := b.signIn(good(s.Demo()), "robin")
		if !regexp.MustCompile("^" + regexp.QuoteMeta(s.Demo().Callback) + want + "$").MatchString(got.location) {
			t.Errorf("%s: got status %d to an address of another form, want the callback and %s", id, got.status, want)
		}
		b.signIn(good(s.Demo()), "robin").answer(t, s.Demo().Callback)
	}
}

func TestNext_KeepsOneAnswerAtATime(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	if err := s.Next(Answer{Error: textRequest}); err != nil {
		t.Fatal(err)
	}
	if got := b.get(nextPath); got.waits() != "INTERNAL SERVER ERROR (500): oauth_request_failed" || !strings.Contains(got.body, `value="oauth_request_failed" required checked`) {
		t.Errorf("%q is waiting, want what a program scripted", got.waits())
	}
	b.choose("next", "oauth_invalid_clientid")
	b.choose("next", "two", "slow", "yes")
	slow := b.choose("next", "deny", "slow", "yes")
	if s.waiting() != (Answer{Deny: true, Delay: slowness}) || slow.waits() != "Say no without asking" || !strings.Contains(slow.body, `name="slow" value="yes" checked`) {
		t.Errorf("%q is waiting as %+v, want the last choice alone", slow.waits(), s.waiting())
	}
	b.choose("next", "deny")
	if got := b.signIn(good(s.Demo()), "alex"); !strings.HasSuffix(got.location, denied) {
		t.Errorf("first: got status %d, want the refusal chosen on the page", got.status)
	}
	if got := b.signIn(good(s.Demo()), "alex"); got.status != http.StatusInternalServerError {
		t.Errorf("second: got status %d, want what a program scripted before", got.status)
	}
	if err := s.Next(Answer{Error: textRequest}); err != nil {
		t.Fatal(err)
	}
	b.choose("next", "usual")
	if got := b.signIn(good(s.Demo()), "alex"); got.status != http.StatusOK {
		t.Errorf("after “As usual”: got status %d, want the question", got.status)
	}
}

func TestNext_IsClearedByReset(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	b.choose("next", "oauth_request_failed")
	s.Reset()
	if got := b.get(nextPath).waits(); got != "As usual" {
		t.Errorf("%q is waiting after Reset, want nothing", got)
	}
	if got := b.signIn(good(s.Demo()), "alex"); got.status != http.StatusOK {
		t.Errorf("the next sign-in got %d, want the question", got.status)
	}
}

func TestNext_RefusesFormsItDidNotMake(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	form := b.get(nextPath).with("next", "deny")
	without := b.get(nextPath).with("next", "deny")
	without.Del("token")
	foreign := b.request(http.MethodPost, nextPath, form.Encode())
	foreign.Header.Set("Sec-Fetch-Site", "cross-site")
	for name, row := range map[string]struct {
		got  page
		want int
	}{
		"no token":        {b.post(nextPath, without), 403},
		"another token":   {b.post(nextPath, url.Values{"token": {"00"}, "next": {"deny"}}), 403},
		"another site":    {b.do(foreign), 403},
		"two choices":     {b.post(nextPath, url.Values{"token": form["token"], "next": {"deny", "two"}}), 403},
		"an unknown line": {b.post(nextPath, b.get(nextPath).with("next", "oauth_made_up")), 400},
		"no line":         {b.post(nextPath, b.get(nextPath).with()), 400},
	} {
		if row.got.status != row.want {
			t.Errorf("%s: got %d, want %d", name, row.got.status, row.want)
		}
	}
	if got := s.waiting(); got != (Answer{}) {
		t.Errorf("%+v is waiting, want nothing", got)
	}
}

// Every line can be reached, named and told apart without seeing it.
func TestNext_LabelsEveryLine(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	body := b.get(nextPath).body
	ids := regexp.MustCompile(`<input type="(?:radio|checkbox)" id="([\w-]+)"`).FindAllStringSubmatch(body, -1)
	if want := len(choices.ordinary) + len(choices.errors) + len(choices.faults) + 1; len(ids) != want {
		t.Errorf("the page has %d boxes, want %d", len(ids), want)
	}
	for _, id := range ids {
		if !strings.Contains(body, `<label for="`+id[1]+`"`) || strings.Count(body, `id="`+id[1]+`"`) != 1 {
			t.Errorf("%s has no label of its own", id[1])
		}
	}
	if strings.Count(body, "<fieldset") != 3 || strings.Count(body, "<legend>") != 3 || strings.Count(body, " checked") != 1 {
		t.Error("want three groups with a legend each, and one line checked")
	}
	for _, help := range regexp.MustCompile(`aria-describedby="([\w-]+)"`).FindAllStringSubmatch(body, -1) {
		if !strings.Contains(body, `id="`+help[1]+`"`) {
			t.Errorf("%s describes a group and is not there", help[1])
		}
	}
	if !strings.Contains(b.get("/").body, `href="/next">What comes next</a>`) {
		t.Error("the home page does not lead here")
	}
}

// Each fault that can be scripted can be chosen.
func TestNext_OffersEveryFault(t *testing.T) {
	offered := map[Fault]bool{}
	for _, c := range choices.faults {
		offered[c.answer.Fault] = true
	}
	for f := NoFault + 1; f <= OddReason; f++ {
		if !offered[f] {
			t.Errorf("fault %d is not on the page", f)
		}
	}
}
