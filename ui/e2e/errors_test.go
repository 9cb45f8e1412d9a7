package e2e

import (
	"net/url"
	"strings"
	"testing"
	"time"
)

// TestErrors_EachDocumentedTextLeadsToItsDialog goes through all of them in one
// sitting: the person signs in with a link that is wrong in one way, copies the
// page the server shows, and brings it to the window.
func TestErrors_EachDocumentedTextLeadsToItsDialog(t *testing.T) {
	p := sitDown(t, Chromium)
	p.fromWelcomeToBrowser()
	link := p.authorizeAddress()
	for i, row := range []struct {
		code, dialog, says string
		who                string                   // Alex, unless told otherwise
		edit               func(link string) string // what is wrong with the link; nil: nothing
		next               string                   // what the practice server is told to do next
	}{
		{code: "D1", dialog: "Some details were left out", says: "oauth_absent_parameters", edit: without("client_id")},
		{code: "D2", dialog: "One detail was sent twice", says: "oauth_duplicated_parameters", edit: with("&client_id=app_20012345_1424390400000")},
		{code: "D3", dialog: "The link has extra details", says: "oauth_unsupported_parameters", edit: with("&state=test")},
		{code: "D4", dialog: "Response type can't be read", says: "oauth_invalid_parameters", edit: swapped("response_type=code", "response_type=co,de")},
		{code: "D5", dialog: "Response type must be", says: "oauth_invalid_responsetype", edit: swapped("response_type=code", "response_type=token")},
		{code: "D6", dialog: "Server doesn't know this app", says: "oauth_invalid_clientid", edit: swapped("1424390400000", "1424390400001")},
		{code: "D7", dialog: "Callback URL doesn't match", says: "Callback URI sent", edit: swapped("%2Fcallback", "%2Fcallback%2F")},
		{code: "D8", dialog: "Your account can't use this app", says: "oauth_consumer_missing_subscription", who: "Sam Okafor"},
		{code: "D9", dialog: "The server had a problem", says: "oauth_request_failed", next: "oauth_request_failed"},
	} {
		if i > 0 {
			p.clicks(p.window, "Close") // the dialog of the one before
			p.clicks(p.window, "Open sign-in page")
			p.sees(p.page, "Who are you today?")
		}
		if row.next != "" {
			p.goes(home(link) + "/next")
			p.clicks(p.page, row.next)
			p.presses(p.page, "Return")
		}
		if row.edit != nil || row.next != "" {
			// By another page first: one sign-in page looks like the other.
			p.goes(home(link))
			p.sees(p.page, "Internal Apps")
			changed := link
			if row.edit != nil {
				changed = row.edit(link)
			}
			p.goes(changed)
			p.sees(p.page, "Who are you today?")
		}
		who := row.who
		if who == "" {
			who = "Alex Rivera"
		}
		p.signsIn(who, "")
		p.sees(p.page, row.says)
		p.copiesThePage(row.says)
		if err := p.window.Raise(p.within(step)); err != nil {
			t.Fatal(err)
		}
		p.presses(p.window, "ctrl+v")
		p.sees(p.window, "We read this as")
		p.clicks(p.window, "Yes, show help")
		p.sees(p.window, "What to do now", row.dialog) // the panel behind names the dialog too
		p.keeps(p.window, "errors/"+row.code)
	}
}

// The edits of a link, each in one way.

func without(name string) func(string) string {
	return func(link string) string {
		before, query, _ := strings.Cut(link, "?")
		var kept []string
		for _, pair := range strings.Split(query, "&") {
			if !strings.HasPrefix(pair, name+"=") {
				kept = append(kept, pair)
			}
		}
		return before + "?" + strings.Join(kept, "&")
	}
}

func with(more string) func(string) string {
	return func(link string) string { return link + more }
}

func swapped(old, new string) func(string) string {
	return func(link string) string { return strings.Replace(link, old, new, 1) }
}

// home is the practice server's own address.
func home(link string) string {
	u, err := url.Parse(link)
	if err != nil {
		return link
	}
	return u.Scheme + "://" + u.Host
}

// authorizeAddress copies the address of the practice sign-in page.
func (p *person) authorizeAddress() string {
	p.t.Helper()
	if err := p.page.Raise(p.within(step)); err != nil {
		p.t.Fatal(err)
	}
	ctx := p.within(step)
	for {
		p.presses(p.page, "ctrl+l", "ctrl+c")
		text, err := p.desk.Screen.Clipboard()
		if err == nil && strings.HasPrefix(text, "https://localhost:") && strings.Contains(text, "/manage/oauth2/authorize?") {
			p.presses(p.page, "Escape", "Escape")
			return text
		}
		select {
		case <-ctx.Done():
			p.t.Fatalf("the address bar gave %q (%v)", text, err)
		case <-time.After(100 * time.Millisecond): // the clipboard tells nobody when it changes
		}
	}
}

// goes opens an address in the page's own tab, as it is typed: what the
// browser would like to add is deleted.
func (p *person) goes(address string) {
	p.t.Helper()
	if err := p.page.Raise(p.within(step)); err != nil {
		p.t.Fatal(err)
	}
	p.presses(p.page, "ctrl+l")
	if err := p.page.Type(p.within(step), address); err != nil {
		p.t.Fatal(err)
	}
	p.presses(p.page, "Delete", "Return")
}

// copiesThePage copies everything on the page.
func (p *person) copiesThePage(words string) {
	p.t.Helper()
	if err := p.page.Raise(p.within(step)); err != nil {
		p.t.Fatal(err)
	}
	p.presses(p.page, "ctrl+a", "ctrl+c")
	awaitClipboard(p.t, p.desk, words)
}
