package flow

import (
	"net/url"
	"testing"
)

func TestRequest_AuthorizeURLHasTheThreeParametersOnce(t *testing.T) {
	for _, callback := range []string{
		"https://localhost:8443/callback",
		"https://localhost:8443/call back/ü?x=1&y=a+b%20c#no",
		"https://[::1]:8443/",
	} {
		r := goodRequest
		r.Callback, r.ClientID = callback, "app_1&2 +%?=#"
		u, err := url.Parse(r.AuthorizeURL())
		if err != nil {
			t.Fatal(err)
		}
		q, err := url.ParseQuery(u.RawQuery)
		if err != nil {
			t.Fatal(err)
		}
		want := map[string]string{"response_type": "code", "client_id": r.ClientID, "callback_uri": callback}
		if len(q) != len(want) {
			t.Errorf("%d parameters in %s, want three", len(q), u)
		}
		for name, value := range want {
			if got := q[name]; len(got) != 1 || got[0] != value {
				t.Errorf("%s = %q, want once %q", name, got, value)
			}
		}
		if u.Path != "/manage/oauth2/authorize" || u.Host != "apps.example.com" || u.Fragment != "" {
			t.Errorf("address %s, want the authorize path of apps.example.com", u)
		}
	}
}

func TestRequest_TrailingSlashOfTheServerIsNotDoubled(t *testing.T) {
	r := goodRequest
	r.Address += "/"
	if got, want := r.AuthorizeURL(), goodRequest.AuthorizeURL(); got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestClosed_KnowsTheOldHosts(t *testing.T) {
	for host, want := range map[string]bool{
		"apps.na.collabserv.com": true, "APPS.LOTUSLIVE.COM.": true, "collabserv.com": true,
		"notcollabserv.com": false, "apps.example.com": false, "collabserv.com.example.org": false,
	} {
		if got := Closed(host); got != want {
			t.Errorf("Closed(%q) = %v, want %v", host, got, want)
		}
	}
}

func TestStep_OnlyTheTableMoves(t *testing.T) {
	if !AtBrowser.may(Done) || !Confirming.may(AtBrowser) || !Ready.may(Cancelled) || !Listening.may(Failed) {
		t.Error("a good move is forbidden")
	}
	if Done.may(Failed) || Cancelled.may(Ready) || Ready.may(Done) || Checking.may(AtBrowser) {
		t.Error("a bad move is allowed")
	}
	for s := Ready; s <= Cancelled; s++ {
		if s.String() == "unknown" {
			t.Errorf("step %d has no name", s)
		}
	}
}
