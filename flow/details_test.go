package flow

import (
	"strings"
	"testing"
)

func TestDetails_TidyPutsPastesRight(t *testing.T) {
	for _, row := range []struct {
		typed, want string
		rule        Rule
	}{
		{"app_1", "app_1", ""},
		{"app_1 ", "app_1", "tidied_end"},
		{"app_1\n", "app_1", "tidied_end"},
		{" \tapp_1", "app_1", "tidied_space"},
		{"“app_1”", "app_1", "tidied_hidden"},
		{"app\u200b_1\ufeff", "app_1", "tidied_hidden"},
		{"app 1", "app 1", ""},
		{"", "", ""},
		{" \n ", "", "tidied_space"},
	} {
		got, found := Details{ClientID: row.typed}.Tidy()
		if got.ClientID != row.want {
			t.Errorf("%q became %q, want %q", row.typed, got.ClientID, row.want)
		}
		var rule Rule
		if len(found) > 0 {
			rule = found[0].Rule
		}
		if rule != row.rule {
			t.Errorf("%q: told %q, want %q", row.typed, rule, row.rule)
		}
	}
	got, found := Details{Secret: Conceal(" ab\ncd \r\n")}.Tidy()
	if got.Secret.Reveal() != "abcd" || len(found) != 1 || found[0].Rule != "tidied_break" {
		t.Errorf("secret %q found %v, want abcd and tidied_break", got.Secret.Reveal(), found)
	}
}

func TestDetails_TidyTwiceChangesNothingMore(t *testing.T) {
	for _, typed := range []string{" x ", "“ x ”", "\u200b“\u200b x\u200b”", "'\"x\"'"} {
		once, _ := Details{Callback: typed}.Tidy()
		if twice, found := once.Tidy(); twice != once || len(found) != 0 {
			t.Errorf("%q: %q then %q", typed, once.Callback, twice.Callback)
		}
	}
}

func TestDetails_CheckFollowsTheRules(t *testing.T) {
	good := Details{Address: "https://apps.example.com", ClientID: "app_20012345_1424390400000", Callback: "https://localhost:8443/callback"}
	const none = "-"
	for _, row := range []struct {
		change func(*Details)
		rule   Rule
		weight Weight
		fix    string
	}{
		{func(*Details) {}, "", 0, none},
		{func(d *Details) { d.Address = "" }, "server_empty", Block, none},
		{func(d *Details) { d.Address, d.Practice = "", true }, "", 0, none},
		{func(d *Details) { d.Address = "HTTP://apps.example.com" }, "server_http", Block, "https://apps.example.com"},
		{func(d *Details) { d.Address = "apps.example.com" }, "server_no_scheme", Block, "https://apps.example.com"},
		{func(d *Details) { d.Address = "https://a.example/x?y=1" }, "server_path", Block, "https://a.example"},
		{func(d *Details) { d.Address = "https://a.example?" }, "server_path", Block, "https://a.example"},
		{func(d *Details) { d.Address = "https://a.example/" }, "", 0, none},
		{func(d *Details) { d.Address = "https://me:pw@a.example" }, "server_user", Block, "https://a.example"},
		{func(d *Details) { d.Address = "https://a.example:0" }, "server_port", Block, none},
		{func(d *Details) { d.Address = "https://" }, "server_unreadable", Block, none},
		{func(d *Details) { d.Address = "https://a b.example" }, "server_unreadable", Block, none},
		{func(d *Details) { d.Address = "ftp://a.example" }, "server_unreadable", Block, none},
		{func(d *Details) { d.Address = "https://аpps.example" }, "server_letters", Warn, none},
		{func(d *Details) { d.Address = "https://apps.na.collabserv.com" }, "server_closed", Warn, none},
		{func(d *Details) { d.ClientID = "" }, "client_empty", Block, none},
		{func(d *Details) { d.ClientID = "app 1" }, "client_space", Block, "app1"},
		{func(d *Details) { d.ClientID = "app_1\napp_2" }, "client_space", Block, "app_1app_2"},
		{func(d *Details) { d.ClientID = "https://x.example" }, "client_address", Warn, none},
		{func(d *Details) { d.ClientID = "me@x.example" }, "client_address", Warn, none},
		{func(d *Details) { d.ClientID = "other" }, "client_form", Hint, none},
		{func(d *Details) { d.ClientID, d.Secret, d.WithSecret = "s", Conceal("s"), true }, "client_is_secret", Warn, none},
		{func(d *Details) { d.Callback = "" }, "callback_empty", Block, none},
		{func(d *Details) { d.Callback = "http://localhost:8443/c" }, "callback_http", Block, "https://localhost:8443/c"},
		{func(d *Details) { d.Callback = "https://localhost:8443/#/c" }, "callback_hash", Block, "https://localhost:8443/"},
		{func(d *Details) { d.Callback = "https://localhost:8443/c#" }, "callback_hash", Block, "https://localhost:8443/c"},
		{func(d *Details) { d.Callback = "localhost:8443/c" }, "callback_unreadable", Block, none},
		{func(d *Details) { d.Callback = "https://localhost:8443/a b" }, "callback_unreadable", Block, none},
		{func(d *Details) { d.Callback = "https://u@localhost:8443/c" }, "callback_user", Block, none},
		{func(d *Details) { d.Callback = "https://localhost:0/c" }, "callback_port", Block, none},
		{func(d *Details) { d.Callback = "https://localhost:65536/c" }, "callback_port", Block, none},
		{func(d *Details) { d.Callback = "https://app.example.com/c" }, "callback_far", Warn, none},
		{func(d *Details) { d.Callback = "https://127.0.0.2:8443/c" }, "callback_far", Warn, none},
		{func(d *Details) { d.Callback = "https://localhost/c" }, "callback_no_port", Warn, none},
		{func(d *Details) { d.Callback = "https://localhost:443/c" }, "callback_low_port", Warn, none},
		{func(d *Details) { d.Callback = "https://localhost:8443/c/" }, "callback_exact", Hint, none},
		{func(d *Details) { d.Callback = "https://localhost:8443/C" }, "callback_exact", Hint, none},
		{func(d *Details) { d.Callback = "https://localhost:8443/c?a=b" }, "callback_query", Hint, none},
		{func(d *Details) { d.Callback = "https://127.0.0.1:8443/c" }, "callback_number", Hint, none},
		{func(d *Details) { d.Callback = "https://[::1]:8443/c" }, "callback_number", Hint, none},
		{func(d *Details) { d.WithSecret = true }, "secret_empty", Block, none},
		{func(d *Details) { d.WithSecret, d.Secret = true, Conceal(strings.Repeat("a", 257)) }, "secret_long", Block, none},
		{func(d *Details) { d.WithSecret, d.Secret = true, Conceal(strings.Repeat("a", 256)) }, "", 0, none},
	} {
		d := good
		row.change(&d)
		found := d.Check(ConnectionsCloud)
		if row.rule == "" {
			if len(found) != 0 {
				t.Errorf("%+v: found %v, want nothing", d, found)
			}
			continue
		}
		if len(found) != 1 || found[0].Rule != row.rule || found[0].Weight != row.weight {
			t.Errorf("%+v: found %v, want %v of weight %d", d, found, row.rule, row.weight)
			continue
		}
		fix := none
		if found[0].Fix != nil {
			fix = *found[0].Fix
		}
		if fix != row.fix {
			t.Errorf("%v: fix %q, want %q", row.rule, fix, row.fix)
		}
	}
}

func TestLookAlikeProblem_ShowsBothWaysOfWriting(t *testing.T) {
	for address, want := range map[string][2]string{
		"https://apps.ex\u0430mple.com":   {"apps.ex\u0430mple.com", "apps.xn--exmple-4nf.com"},
		"https://apps.xn--exmple-4nf.com": {"apps.ex\u0430mple.com", "apps.xn--exmple-4nf.com"},
	} {
		p := LookAlikeProblem(Details{Address: address, ClientID: "app_20012345_1424390400000", Callback: "https://localhost:8443/c"}.Check(ConnectionsCloud))
		if p == nil || p.Code != LookAlike || p.Facts["host"] != want[0] || p.Facts["punycode"] != want[1] {
			t.Errorf("%s: got %+v, want %q", address, p, want)
		}
	}
	if p := LookAlikeProblem(Details{Address: "https://apps.example.com"}.Check(ConnectionsCloud)); p != nil {
		t.Errorf("a plain address gives %v", p)
	}
}
