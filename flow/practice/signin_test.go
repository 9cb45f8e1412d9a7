package practice

import (
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestAuthorize_TellsEachDocumentedErrorAfterSignIn(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	app := s.Demo()
	fine := good(app)
	change := func(name, value string) string {
		q, _ := url.ParseQuery(fine)
		q.Set(name, value)
		return q.Encode()
	}
	drop := func(names ...string) string {
		q, _ := url.ParseQuery(fine)
		for _, n := range names {
			q.Del(n)
		}
		return q.Encode()
	}
	rows := []struct {
		name, query, person string
		status              int
		line                string
	}{
		{"absent", drop("client_id"), "alex", 400, "BAD REQUEST (400): oauth_absent_parameters: client_id"},
		{"absent, all", "", "alex", 400, "BAD REQUEST (400): oauth_absent_parameters: response_type, client_id, callback_uri"},
		{"absent before unsupported", drop("callback_uri") + "&redirect_uri=x", "alex", 400, "BAD REQUEST (400): oauth_absent_parameters: callback_uri"},
		{"duplicated", fine + "&client_id=" + app.ClientID, "alex", 400, "BAD REQUEST (400): oauth_duplicated_parameters: client_id"},
		{"duplicated before unsupported", fine + "&state=1&state=2&client_id=x", "alex", 400, "BAD REQUEST (400): oauth_duplicated_parameters: state, client_id"},
		{"unsupported state", fine + "&state=x", "alex", 400, "BAD REQUEST (400): oauth_unsupported_parameters: state"},
		{"unsupported, several", fine + "&scope=x&redirect_uri=y", "alex", 400, "BAD REQUEST (400): oauth_unsupported_parameters: scope, redirect_uri"},
		{"unsupported, odd signs", fine + "&%00%E2%80%AEa%3Cb%3E", "alex", 400, "BAD REQUEST (400): oauth_unsupported_parameters: %00%E2%80%AEa<b>"},
		{"invalid comma", change("response_type", "co,de"), "alex", 400, "BAD REQUEST (400): oauth_invalid_parameters:response_type=co,de"},
		{"invalid space", change("response_type", "co de"), "alex", 400, "BAD REQUEST (400): oauth_invalid_parameters:response_type=co de"},
		{"invalid other sign", change("response_type", "code!"), "alex", 400, "BAD REQUEST (400): oauth_invalid_parameters:response_type=code!"},
		{"response type", change("response_type", "token"), "alex", 401, "UNAUTHORIZED (401): oauth_invalid_responsetype"},
		{"response type in capitals", change("response_type", "Code"), "alex", 401, "UNAUTHORIZED (401): oauth_invalid_responsetype"},
		{"response type empty", change("response_type", ""), "alex", 401, "UNAUTHORIZED (401): oauth_invalid_responsetype"},
		{"client id", change("client_id", "app_20012345_1424390400001"), "alex", 401, "UNAUTHORIZED (401): oauth_invalid_clientid"},
		{"client id empty", change("client_id", ""), "sam", 401, "UNAUTHORIZED (401): oauth_invalid_clientid"},
		{"callback slash", change("callback_uri", app.Callback+"/"), "sam", 401, "UNAUTHORIZED (401): Callback URI sent with the request is not the same as the one registered for this Company App"},
		{"callback capitals", change("callback_uri", "https://LOCALHOST:8443/callback"), "alex", 401, "UNAUTHORIZED (401): Callback URI sent with the request is not the same as the one registered for this Company App"},
		{"subscription", fine, "sam", 401, "UNAUTHORIZED (401): oauth_consumer_missing_subscription"},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			got := b.signIn(row.query, row.person)
			if got.status != row.status {
				t.Errorf("status: got %d, want %d", got.status, row.status)
			}
			if !strings.Contains(got.text(), "\n"+row.line+"\n") {
				t.Errorf("the page does not hold the line %q", row.line)
			}
			if !strings.Contains(got.text(), "Copy this text and go back to Grant Helper.") {
				t.Error("the page does not say what to do")
			}
			if got.location != "" {
				t.Errorf("an error was redirected to %q; errors stay on the page", got.location)
			}
		})
	}
}

func TestAuthorize_TellsEveryScriptedError(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	for _, f := range Failures() {
		want := f
		if strings.HasSuffix(f.Text, ":") {
			want.Text += " client_id"
		}
		if err := s.Next(Answer{Error: want.Text}); err != nil {
			t.Fatalf("Next(%q): %v", want.Text, err)
		}
		got := b.signIn(good(s.Demo()), "robin")
		if got.status != f.Status || !strings.Contains(got.text(), want.Line()) {
			t.Errorf("got status %d, want %d with %q", got.status, f.Status, want.Line())
		}
	}
	if got := len(Failures()); got != 9 {
		t.Errorf("got %d documented errors, want nine", got)
	}
}

func TestGrant_SendsACodeOrTheRefusal(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	app := s.Demo()

	ask := b.signIn(good(app), "alex")
	for _, want := range []string{"Let “Demo Photo App” use your Connections data?", "Signed in as Alex Rivera.", "Always grant Demo Photo App access and do not show this message"} {
		if ask.status != http.StatusOK || !strings.Contains(ask.text(), want) {
			t.Errorf("the question does not hold %q", want)
		}
	}
	if strings.Contains(ask.body, "checked") {
		t.Error("the box is ticked before anybody ticked it")
	}
	// Enter in the check box presses the first button, so that one must not grant.
	if first := strings.Index(ask.body, "<button"); !strings.HasPrefix(ask.body[first:], `<button class="idle" formmethod="dialog"`) {
		t.Error("the first button of the question is not the idle one")
	}
	code := b.post(grantPath, ask.with("choice", "grant")).answer(t, app.Callback)
	if !regexp.MustCompile(`^[0-9a-f]{256}$`).MatchString(code.Get("code")) || len(code) != 1 {
		t.Errorf("got an answer with %d names and %d letters of code, want one code of 256 hexadecimal digits", len(code), len(code.Get("code")))
	}

	no := b.post(grantPath, b.signIn(good(app), "alex").with("choice", "deny"))
	if want := app.Callback + "?oauth_error=oauth_denied"; no.location != want {
		t.Errorf("the refusal leads to %q, want %q", no.location, want)
	}

	next := b.post(grantPath, b.signIn(good(app), "alex").with("choice", "grant")).answer(t, app.Callback)
	if next.Get("code") == code.Get("code") {
		t.Error("the same code was given twice")
	}
}

func TestGrant_KeepsTheCodeForItsLife(t *testing.T) {
	now := time.UnixMilli(1_600_000_000_000)
	s := start(t, func(c *Config) { c.Now = func() time.Time { return now } })
	b := visit(t, s)
	got := b.signIn(good(s.Demo()), "robin").answer(t, s.Demo().Callback).Get("code")
	want := grant{got, "robin", s.Demo().ClientID, now}
	if len(s.codes.list) != 1 || s.codes.list[0] != want {
		t.Fatalf("the code is not kept as it was given")
	}
	now = now.Add(codeLife + time.Second)
	b.signIn(good(s.Demo()), "robin")
	if len(s.codes.list) != 1 || s.codes.list[0].code == got {
		t.Error("a code that is too old is still kept")
	}
}

func TestGrant_RemembersAlwaysUntilReset(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	app := s.Demo()
	asked := func(person string) bool { return b.signIn(good(app), person).status == http.StatusOK }

	if asked("robin") {
		t.Error("Robin is asked, want no question from the start")
	}
	b.post(grantPath, b.signIn(good(app), "alex").with("choice", "deny", "always", "yes"))
	if !asked("alex") {
		t.Error("a refusal was remembered as Always grant")
	}
	b.post(grantPath, b.signIn(good(app), "alex").with("choice", "grant", "always", "yes"))
	if asked("alex") {
		t.Error("Always grant was not remembered")
	}
	s.ResetAccess(app.ClientID)
	if !asked("alex") || asked("robin") {
		t.Error("after ResetAccess: want Alex asked and Robin not")
	}

	access := b.get("/access")
	if !strings.Contains(access.text(), "Robin Meyer") {
		t.Fatal("the reset page does not list Robin")
	}
	b.post("/access", access.fields())
	if !asked("robin") {
		t.Error("the reset page did not undo Always grant")
	}
	s.Reset()
	if asked("robin") {
		t.Error("Reset did not bring back the start state")
	}
}

func TestGrant_WorksOncePerPage(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	first := b.get(AuthorizePath + "?" + good(s.Demo()))
	ask := b.post(signInPath, first.with("person", "alex"))
	yes := ask.with("choice", "grant")
	b.post(grantPath, yes).answer(t, s.Demo().Callback)
	old := first.with("person", "robin")

	rows := []struct {
		name, path string
		form       url.Values
	}{
		{"the grant again", grantPath, yes},
		{"the sign-in again", signInPath, old},
		{"a sign-in page sent as a grant", grantPath, url.Values{"choice": {"grant"}, "transaction": b.get(AuthorizePath).fields()["transaction"]}},
		{"a grant page sent as a sign-in", signInPath, b.signIn(good(s.Demo()), "alex").with("person", "robin")},
		{"an unknown transaction", grantPath, url.Values{"choice": {"grant"}, "transaction": {"00"}}},
		{"no transaction", grantPath, url.Values{"choice": {"grant"}}},
	}
	for _, row := range rows {
		got := b.post(row.path, row.form)
		if got.status != http.StatusGone || got.location != "" || !strings.Contains(got.text(), "used already") {
			t.Errorf("%s: got status %d, want 410 and a plain page", row.name, got.status)
		}
	}
	if got := b.get(grantPath); got.status != http.StatusGone {
		t.Errorf("the grant page asked for by its address: got %d, want 410", got.status)
	}
}

func TestGrant_ForgetsOldAndCrowdedPages(t *testing.T) {
	now := time.Now()
	s := start(t, func(c *Config) { c.Now = func() time.Time { return now } })
	b := visit(t, s)
	old := b.get(AuthorizePath)
	now = now.Add(pendingLife + time.Second)
	if got := b.post(signInPath, old.with("person", "alex")); got.status != http.StatusGone {
		t.Errorf("a page older than an hour: got %d, want 410", got.status)
	}
	crowded := b.get(AuthorizePath)
	for range maxPending {
		s.open(transaction{})
	}
	if got := b.post(signInPath, crowded.with("person", "alex")); got.status != http.StatusGone {
		t.Errorf("a page pushed out by many others: got %d, want 410", got.status)
	}
	if len(s.pending.list) > maxPending {
		t.Errorf("%d pages are kept, want at most %d", len(s.pending.list), maxPending)
	}
}

func TestSignIn_RefusesFormsItDidNotMake(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	first := b.get(AuthorizePath + "?" + good(s.Demo()))
	for _, form := range []url.Values{
		first.with("person", "nobody"),
		first.with(),
		{"person": {"alex", "robin"}, "transaction": first.fields()["transaction"]},
	} {
		if got := b.post(signInPath, form); got.status != http.StatusBadRequest {
			t.Errorf("got %d, want 400", got.status)
		}
	}
	// None of them used up the page.
	if got := b.post(signInPath, first.with("person", "alex")); got.status != http.StatusOK {
		t.Errorf("the page afterwards: got %d, want 200", got.status)
	}
}
