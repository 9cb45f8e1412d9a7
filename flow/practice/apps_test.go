package practice

import (
	"encoding/json"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"regexp"
	"strings"
	"testing"
	"time"
)

// fine is a registration with nothing to change.
var fine = Registration{Name: "Holiday Planner", Description: "Plans.", Callback: "https://localhost:9000/cb", Days: 30, WebServerFlow: true}

func TestDemo_IsThereFromTheStart(t *testing.T) {
	app := start(t).Demo()
	if app.ClientID != "app_20012345_1424390400000" || app.Name != "Demo Photo App" || app.Callback != "https://localhost:8443/callback" || app.Days != 90 {
		t.Errorf("got %+v", app)
	}
	if !regexp.MustCompile(`^[0-9a-f]{64}$`).MatchString(app.Secret.Reveal()) {
		t.Error("the secret is not 64 hexadecimal digits")
	}
	if app.Secret == start(t).Demo().Secret {
		t.Error("two servers made the same secret")
	}
}

func TestRegister_TellsEachFieldThatMustChange(t *testing.T) {
	s := start(t)
	with := func(change func(*Registration)) Registration {
		r := fine
		change(&r)
		return r
	}
	callback := func(v string) Registration { return with(func(r *Registration) { r.Callback = v }) }
	rows := []struct {
		name  string
		reg   Registration
		field Field // "" = accepted
		words string
	}{
		{"fine", fine, "", ""},
		{"padded", with(func(r *Registration) { r.Name, r.Callback = "  Padded ", " https://h/cb\n" }), "", ""},
		{"no name", with(func(r *Registration) { r.Name = " " }), FieldName, "Give the app a name."},
		{"name of 60", with(func(r *Registration) { r.Name = strings.Repeat("é", 60) }), "", ""},
		{"name of 61", with(func(r *Registration) { r.Name = strings.Repeat("é", 61) }), FieldName, "at most 60"},
		{"name on two lines", with(func(r *Registration) { r.Name = "a\nb" }), FieldName, "one line"},
		{"name turned round", with(func(r *Registration) { r.Name = "a\u202eb" }), FieldName, "ordinary signs"},
		{"long description", with(func(r *Registration) { r.Description = strings.Repeat("x", 501) }), FieldDescription, "500"},
		{"no web server flow", with(func(r *Registration) { r.WebServerFlow = false }), FieldWebServerFlow, "Tick this box."},
		{"no days", with(func(r *Registration) { r.Days = 0 }), FieldDays, "1 to 90"},
		{"1 day", with(func(r *Registration) { r.Days = 1 }), "", ""},
		{"90 days", with(func(r *Registration) { r.Days = 90 }), "", ""},
		{"91 days", with(func(r *Registration) { r.Days = 91 }), FieldDays, "1 to 90"},
		{"no callback", callback(""), FieldCallback, "Fill in"},
		{"http callback", callback("http://localhost:8443/callback"), FieldCallback, "takes no address that starts with http://"},
		{"HTTP in capitals", callback("HTTP://localhost/"), FieldCallback, "https://"},
		{"other scheme", callback("myapp://callback"), FieldCallback, "whole address"},
		{"no scheme", callback("localhost/callback"), FieldCallback, "whole address"},
		{"no host", callback("https:///callback"), FieldCallback, "whole address"},
		{"no such port", callback("https://localhost:70000/"), FieldCallback, "whole address"},
		{"space inside", callback("https://h/a b"), FieldCallback, "no spaces"},
		{"not plain letters", callback("https://h/\u00fc"), FieldCallback, "plain letters"},
		{"line break inside", callback("https://h/a\r\nSet-Cookie:x"), FieldCallback, "no spaces"},
		{"user name", callback("https://me@h/"), FieldCallback, "user name"},
		{"1024 letters", callback("https://h/" + strings.Repeat("x", 1014)), "", ""},
		{"1025 letters", callback("https://h/" + strings.Repeat("x", 1015)), FieldCallback, "1,024"},
		{"query", callback("https://h/api?action=oauthback"), "", ""},
		{"fragment, as real apps had", callback("https://h/#/auth/callback"), "", ""},
		{"not on this computer", callback("https://app.example/cb"), "", ""},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			app, err := s.Register(row.reg)
			if row.field == "" {
				if err != nil || app.Callback != strings.TrimSpace(row.reg.Callback) {
					t.Errorf("got %v, want it registered", err)
				}
				return
			}
			var fields FieldErrors
			if !errors.As(err, &fields) || len(fields) != 1 || fields[0].Field != row.field || !strings.Contains(fields[0].What, row.words) {
				t.Errorf("got %v, want %s with %q", err, row.field, row.words)
			}
		})
	}
}

func TestRegister_MakesCredentialsOfTheSeenForm(t *testing.T) {
	now := time.UnixMilli(1487781137152)
	s := start(t, func(c *Config) { c.Now = func() time.Time { return now } })
	app, err := s.Register(fine)
	if err != nil {
		t.Fatal(err)
	}
	if !regexp.MustCompile(`^app_\d{8}_1487781137152$`).MatchString(app.ClientID) {
		t.Errorf("client ID: got %q", app.ClientID)
	}
	if !regexp.MustCompile(`^[0-9a-f]{64,256}$`).MatchString(app.Secret.Reveal()) {
		t.Error("the secret is not 64 to 256 hexadecimal digits")
	}
	b := visit(t, s)
	b.post(grantPath, b.signIn(good(app), "alex").with("choice", "grant")).answer(t, app.Callback)
}

func TestRegister_StopsAtAHundred(t *testing.T) {
	s := start(t)
	for i := range maxApplications - 1 {
		if _, err := s.Register(fine); err != nil {
			t.Fatalf("number %d: %v", i, err)
		}
	}
	if _, err := s.Register(fine); !errors.Is(err, ErrFull) {
		t.Errorf("got %v, want ErrFull", err)
	}
	b := visit(t, s)
	got := b.post(registerPath, b.get(registerPath).with("name", "x", "days", "3", "flow", "yes", "callback", "https://h/"))
	if got.status != http.StatusUnprocessableEntity || !strings.Contains(got.text(), "100 apps") {
		t.Errorf("the page: got %d, want 422 and the reason", got.status)
	}
}

func TestSetCallback_KeepsTheRules(t *testing.T) {
	s := start(t)
	if err := s.SetCallback(s.Demo().ClientID, "https://localhost:9999/back"); err != nil || s.Demo().Callback != "https://localhost:9999/back" {
		t.Errorf("got %v and %q", err, s.Demo().Callback)
	}
	var fields FieldErrors
	if err := s.SetCallback(s.Demo().ClientID, "http://localhost/"); !errors.As(err, &fields) {
		t.Errorf("an http callback: got %v, want FieldErrors", err)
	}
	if err := s.SetCallback("app_1", "https://h/"); !errors.Is(err, ErrUnknownClient) {
		t.Errorf("an unknown application: got %v, want ErrUnknownClient", err)
	}
	if s.Demo().Callback != "https://localhost:9999/back" {
		t.Error("a refused callback was kept")
	}
}

func TestPages_RegisterAnApplication(t *testing.T) {
	seen := make(chan Event, 10)
	s := start(t, func(c *Config) { c.Seen = func(e Event) { seen <- e } })
	b := visit(t, s)
	empty := b.get(registerPath)
	bad := b.post(registerPath, empty.with("name", "<b>Mine", "description", "of & mine", "days", "soon", "callback", "http://h/cb"))
	if bad.status != http.StatusUnprocessableEntity {
		t.Fatalf("got %d, want 422", bad.status)
	}
	for _, want := range []string{`value="&lt;b&gt;Mine"`, "of &amp; mine", `value="soon"`, `value="http://h/cb"`, "Tick this box.", "whole number from 1 to 90", "no address that starts with http://"} {
		if !strings.Contains(bad.body, want) {
			t.Errorf("the form does not hold %q", want)
		}
	}

	done := b.post(registerPath, bad.with("name", "Mine", "days", " 45 ", "flow", "yes", "callback", "https://h/cb"))
	if done.status != http.StatusSeeOther {
		t.Fatalf("got %d, want 303", done.status)
	}
	event := <-seen
	app, ok := s.application(event.ClientID)
	if event.Kind != Registered || !ok || app.Days != 45 {
		t.Fatalf("got %+v", event)
	}
	shown := b.get(done.location)
	for _, want := range []string{app.ClientID, app.Secret.Reveal(), "https://h/cb", "(days)45", "The app is registered."} {
		if !strings.Contains(shown.text(), want) {
			t.Errorf("the credentials page does not hold one of ID, secret, callback, days, notice")
		}
	}
	if !strings.Contains(b.get("/").text(), app.ClientID) {
		t.Error("the home page does not list the application")
	}
}

func TestPages_EditAndResetCredentials(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	path := "/apps/" + s.Demo().ClientID
	old := s.Demo().Secret

	if got := b.post(path+"/reset", b.get(path).fields()); got.status != http.StatusSeeOther {
		t.Fatalf("reset: got %d, want 303", got.status)
	}
	if s.Demo().Secret == old {
		t.Error("the secret is still the old one")
	}
	if got := b.get(path + "?done=reset"); !strings.Contains(got.text(), "new client secret") || strings.Contains(got.body, old.Reveal()) {
		t.Error("the page does not tell of the new secret, or shows the old one")
	}

	edit := b.get(path + "/edit")
	if got := b.post(path+"/edit", edit.with("name", "Photos", "days", "7", "flow", "yes", "callback", "http://h")); got.status != http.StatusUnprocessableEntity || s.Demo().Name == "Photos" {
		t.Errorf("a bad edit: got %d, want 422 and nothing kept", got.status)
	}
	if got := b.post(path+"/edit", edit.with("name", "Photos", "days", "7", "flow", "yes", "callback", "https://h/new")); got.status != http.StatusSeeOther {
		t.Errorf("an edit: got %d, want 303", got.status)
	}
	if app := s.Demo(); app.Name != "Photos" || app.Days != 7 || app.Callback != "https://h/new" {
		t.Errorf("got %+v", app)
	}

	s.Reset()
	if app := s.Demo(); app.Name != demoName || app.Callback != DemoCallback || app.Secret != old {
		t.Error("Reset did not bring back the start state")
	}
}

func TestPages_RefuseFormsFromElsewhere(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	secret := s.Demo().Secret
	for _, form := range []url.Values{{}, {"token": {"00"}}, {"token": {s.formToken, s.formToken}}} {
		if got := b.post("/apps/"+s.Demo().ClientID+"/reset", form); got.status != http.StatusForbidden {
			t.Errorf("got %d, want 403", got.status)
		}
	}
	if s.Demo().Secret != secret {
		t.Error("a form from elsewhere made a new secret")
	}
}

func TestPages_SayWhenThereIsNone(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	for _, path := range []string{"/nothing", "/apps/app_1", "/apps/app_1/edit", "/favicon.ico", "/manage/oauth2/token"} {
		if got := b.get(path); got.status != http.StatusNotFound || !strings.Contains(got.text(), "There is no page here") {
			t.Errorf("%s: got %d, want 404 and a plain page", path, got.status)
		}
	}
	token := url.Values{"token": {s.formToken}}
	for _, path := range []string{"/apps/app_1/reset", "/apps/app_1/edit", AuthorizePath} {
		if got := b.post(path, token); got.status != http.StatusNotFound {
			t.Errorf("POST %s: got %d, want 404", path, got.status)
		}
	}
}

func TestDescription_IsOneLineWithTheAgreedNames(t *testing.T) {
	s := start(t)
	d := s.Description()
	d.CAFile = "ca.pem"
	line, err := json.Marshal(d)
	if err != nil {
		t.Fatal(err)
	}
	var got map[string]any
	if err := json.Unmarshal(line, &got); err != nil {
		t.Fatal(err)
	}
	for name, want := range map[string]any{"server": s.URL(), "client_id": s.Demo().ClientID, "client_secret": s.Demo().Secret.Reveal(), "callback_url": s.Demo().Callback, "ca_file": "ca.pem"} {
		if got[name] != want {
			t.Errorf("%s: got %v", name, got[name])
		}
	}
	if users, _ := got["users"].([]any); len(users) != 3 || len(got) != 6 {
		t.Errorf("got %d names and users %v, want six names and three people", len(got), got["users"])
	}
}

func TestSecret_ShowsItselfToNobodyWhoDoesNotAsk(t *testing.T) {
	app := Application{Secret: "canary"}
	j, err := json.Marshal(app)
	if err != nil {
		t.Fatal(err)
	}
	for _, got := range []string{fmt.Sprint(app), fmt.Sprintf("%+v %#v", app, app), fmt.Sprintf("%s %q %x %v", app.Secret, app.Secret, app.Secret, app.Secret), string(j), app.Secret.LogValue().String()} {
		if strings.Contains(got, "canary") || strings.Contains(got, "63616e617279") {
			t.Errorf("got %q", got)
		}
	}
}
