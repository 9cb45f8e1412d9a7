package ui

import (
	"errors"
	"go/ast"
	"testing"
	"time"

	"granthelper/flow"
)

// company is a person who tests an app of a company's server.
func company(w *world) {
	w.saved = flow.Saved{
		Welcomed: true, Mode: flow.ModeServer, Address: "https://apps.example.com",
		ClientID: "app_20012345_1424390400000", Callback: "https://localhost:8443/callback",
	}
	w.page = flow.Page{Status: 200}
}

func TestLook_GoesOnWhenAllIsWellAndShowsWhatWasChecked(t *testing.T) {
	w := newWorld(t, company, trusted)
	w.press("Check and continue")
	w.sees("Sign in with your browser")
	w.press("What was checked, closed")
	picture(t, w.window.frame, "sign_in_checked")
}

func TestLook_TroubleWithTheServerHasWordsAndAWayOn(t *testing.T) {
	w := newWorld(t, company, trusted, func(w *world) {
		w.greet = &flow.Problem{Code: flow.ServerUntrusted, Step: flow.Checking, Facts: flow.Facts{
			"host": "apps.example.com", "reason": "unknown_issuer", "issuer": "Zscaler Root CA",
		}}
	})
	w.press("Check and continue")
	w.dialog("Can’t be sure it’s the server")
	w.press("Close")
	w.sees("This computer")
	picture(t, w.window.frame, "computer_server")
	w.press("What to do")
	w.dialog("“Zscaler Root CA” vouches for it")
	w.press("Close")
	w.press("Go on anyway")
	w.sees("Sign in with your browser")
}

func TestLook_ErrorToldBeforeSignInIsItsDialog(t *testing.T) {
	w := newWorld(t, company, trusted, func(w *world) { w.page = flow.Page{Status: 401, Text: "oauth_invalid_clientid"} })
	w.press("Check and continue")
	w.dialog("Server doesn’t know this app")
	w.press("Check my client ID")
	w.until("the form", func() bool { return w.window.frame.page == w.window.details.page })
	if focused := w.window.window.Canvas().Focused(); focused != w.window.details.clientID.input {
		t.Errorf("%T has the focus, want the client ID's box", focused)
	}
}

func TestLook_WrongClockMayBeCarriedOnWith(t *testing.T) {
	w := newWorld(t, company, trusted, func(w *world) { w.page.Date = time.Now().Add(14 * time.Minute) })
	w.press("Check and continue")
	w.dialog("Your computer’s clock is 14 minutes behind.")
	w.press("Carry on anyway")
	w.sees("Sign in with your browser")
}

func TestLook_ClosedServiceLeadsToPractice(t *testing.T) {
	w := newWorld(t, company, trusted, func(w *world) {
		w.greet = &flow.Problem{Code: flow.ServiceClosed, Facts: flow.Facts{"host": "apps.na.collabserv.com"}}
	})
	w.press("Check and continue")
	w.dialog("This IBM service has closed")
	w.press("Use practice mode")
	w.until("the form", func() bool { return w.window.frame.page == w.window.details.page })
	if !w.window.details.practice() {
		t.Error("the form is not for the practice server")
	}
}

// A look that takes long shows its lines after a second, and after five says
// what it waits for and lets the person go on without it.
func TestLook_SlowServerHoldsNobodyUp(t *testing.T) {
	w := newWorld(t, company, trusted, func(w *world) { w.slow = make(chan struct{}) })
	w.press("Check and continue")
	w.sees("This computer")
	w.until("what it waits for", func() bool {
		return w.window.computer.busy.text == "Still waiting for: Server name, Proxy, Server, Server certificate, Sign-in page"
	})
	picture(t, w.window.frame, "computer_slow")
	w.press("Go on anyway")
	w.sees("Sign in with your browser")
	close(w.slow)
}

func TestLook_ProxyOfTheSettingsIsUsed(t *testing.T) {
	w := newWorld(t, company, trusted, func(w *world) {
		w.greet = &flow.Problem{Code: flow.ProxyBlocked, Facts: flow.Facts{"host": "apps.example.com", "proxy": "old.example:80", "status": "407"}}
	})
	w.press("Check and continue")
	w.dialog("A company proxy blocked it")
	w.press("Proxy settings")
	w.sees("Settings")
	box := w.window.settings.proxy
	if focused := w.window.window.Canvas().Focused(); focused != box {
		t.Errorf("%T has the focus, want the proxy's box", focused)
	}
	box.SetText("me:secret@proxy")
	w.window.window.Canvas().FocusNext()
	if w.window.saved.Proxy != "" {
		t.Errorf("%q was saved", w.window.saved.Proxy)
	}
	box.SetText(" http://proxy.example:3128/ ")
	focus(box)
	w.window.window.Canvas().FocusNext()
	if w.window.saved.Proxy != "proxy.example:3128" || box.Text != "proxy.example:3128" {
		t.Fatalf("saved %q, shown %q", w.window.saved.Proxy, box.Text)
	}
	w.greet = nil
	w.press("Done")
	w.press("Try again")
	w.sees("Sign in with your browser")
	if last := w.proxies[len(w.proxies)-1]; last != "proxy.example:3128" {
		t.Errorf("looked through %q", last)
	}
}

func TestDetails_LookAlikeAddressIsAskedAboutOnce(t *testing.T) {
	w := newWorld(t, company, trusted, func(w *world) { w.saved.Address = "https://apps.ex\u0430mple.com" })
	w.press("Check and continue")
	w.dialog("apps.xn--exmple-4nf.com")
	w.press("Type it again")
	w.press("Check and continue")
	w.dialog("Look closely at this address")
	w.press("I know this server")
	w.sees("Sign in with your browser")
	w.press("Back")
	w.press("Check and continue")
	w.sees("Sign in with your browser")
}

func TestWindow_DamagedSavedDetailsAreSaid(t *testing.T) {
	w := newWorld(t, func(w *world) { w.unread = errors.New("unexpected end") })
	w.dialog("Saved details can’t be read")
	w.press("Type them again")
	w.sees("Details")
}

// What an error says for itself is for technical details only (UX 3.8); words
// a person meets come from the catalogue.
func TestPackage_ErrorsSpeakInTechnicalDetailsOnly(t *testing.T) {
	set, files := source(t)
	found := 0
	for name, file := range files {
		for _, declared := range file.Decls {
			function, ok := declared.(*ast.FuncDecl)
			if !ok {
				continue
			}
			ast.Inspect(function, func(n ast.Node) bool {
				call, ok := n.(*ast.CallExpr)
				if !ok {
					return true
				}
				selected, ok := call.Fun.(*ast.SelectorExpr)
				if !ok || selected.Sel.Name != "Error" || len(call.Args) != 0 {
					return true
				}
				if name == "problemwords.go" && function.Name.Name == "technical" {
					found++
					return true
				}
				t.Errorf("%s: Error() outside the technical details", set.Position(n.Pos()))
				return true
			})
		}
	}
	if found == 0 {
		t.Error("nothing found in the technical details: the search is broken")
	}
}

// Whoever goes elsewhere while a look is under way is left there.
func TestLook_DoesNotFollowThePersonAround(t *testing.T) {
	for name, leave := range map[string]func(*world){
		"back":     func(w *world) { w.press("Back") },
		"settings": func(w *world) { w.press("Settings") },
	} {
		w := newWorld(t, company, trusted, func(w *world) { w.slow = make(chan struct{}) })
		w.press("Check and continue")
		w.sees("This computer")
		leave(w)
		page := w.window.frame.page
		if page == w.window.computer.page {
			t.Fatalf("%s: still on the page of the checks", name)
		}
		close(w.slow)
		over := make(chan struct{})
		go func() { w.window.watch.work.Wait(); close(over) }() // all that was under way has posted its end
		w.drain(over)
		for len(w.posted) > 0 {
			(<-w.posted)()
		}
		if w.window.frame.page != page {
			t.Errorf("%s: led away to %q", name, w.window.frame.page.title)
		}
	}
}

// Whoever goes on before a look at the practice sign-in is over goes to the
// practice server all the same.
func TestLook_GoingOnEarlyKeepsThePracticeServer(t *testing.T) {
	w := newWorld(t, later, trusted, func(w *world) { w.stores = make(chan struct{}) })
	w.press("Check and continue")
	w.sees("This computer")
	w.until("what it waits for", func() bool { return w.window.computer.busy.text == "Still waiting for: Certificate" })
	w.press("Go on anyway")
	w.sees("Sign in with your browser")
	w.press("Open sign-in page")
	w.until("the browser", func() bool { return w.window.sitting != nil && w.window.sitting.event.Step == flow.AtBrowser })
	if got := w.window.sitting.event.Request.Address; got != "https://localhost:9443" {
		t.Errorf("the sign-in is at %q, want the practice server", got)
	}
	close(w.stores)
}
