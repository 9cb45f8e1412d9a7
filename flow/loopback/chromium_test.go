package loopback

import (
	"bufio"
	"encoding/json"
	"fmt"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"granthelper/flow"
)

// chromium is a real headless Chromium, spoken to over two pipes in the
// DevTools protocol, so that no port and no websocket is needed.
type chromium struct {
	t     *testing.T
	in    *os.File
	lines chan []byte
	mu    sync.Mutex
	n     int
}

func startChromium(t *testing.T) *chromium {
	t.Helper()
	var program string
	for _, name := range []string{"chromium", "chromium-browser", "google-chrome"} {
		if path, err := exec.LookPath(name); err == nil {
			program = path
			break
		}
	}
	if program == "" {
		t.Skip("no Chromium is installed here")
	}
	theirIn, in, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	out, theirOut, err := os.Pipe()
	if err != nil {
		t.Fatal(err)
	}
	profile, err := os.MkdirTemp("", "granthelper-chromium-")
	if err != nil {
		t.Fatal(err)
	}
	cmd := exec.Command(program, "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
		"--ignore-certificate-errors", "--remote-debugging-pipe", "--user-data-dir="+profile, "about:blank")
	cmd.ExtraFiles = []*os.File{theirIn, theirOut}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	_, _ = theirIn.Close(), theirOut.Close()
	c := &chromium{t: t, in: in, lines: make(chan []byte, 1000)}
	go func() {
		defer close(c.lines)
		r := bufio.NewReader(out)
		for {
			line, err := r.ReadBytes(0)
			if err != nil {
				return
			}
			c.lines <- line[:len(line)-1]
		}
	}()
	t.Cleanup(func() {
		_, _ = in.WriteString(`{"id":1000000,"method":"Browser.close"}` + "\x00")
		_ = in.Close()
		ended := time.AfterFunc(5*time.Second, func() { _ = cmd.Process.Kill() })
		_ = cmd.Wait()
		ended.Stop()
		_ = out.Close()
		_ = os.RemoveAll(profile)
	})
	return c
}

// call sends one command and returns its result.
func (c *chromium) call(session, method string, params map[string]any) map[string]any {
	c.t.Helper()
	c.mu.Lock()
	defer c.mu.Unlock()
	c.n++
	message := map[string]any{"id": c.n, "method": method, "params": params}
	if session != "" {
		message["sessionId"] = session
	}
	text, err := json.Marshal(message)
	if err != nil {
		c.t.Fatal(err)
	}
	if _, err := c.in.Write(append(text, 0)); err != nil {
		c.t.Fatalf("%s: %v", method, err)
	}
	limit := time.After(30 * time.Second)
	for {
		select {
		case line, ok := <-c.lines:
			if !ok {
				c.t.Fatalf("Chromium ended during %s", method)
			}
			var reply struct {
				ID     int
				Result map[string]any
				Error  map[string]any
			}
			if err := json.Unmarshal(line, &reply); err != nil {
				c.t.Fatal(err)
			}
			if reply.ID == c.n {
				if reply.Error != nil {
					return map[string]any{"error": fmt.Sprint(reply.Error)}
				}
				return reply.Result
			}
		case <-limit:
			c.t.Fatalf("%s: no reply", method)
		}
	}
}

// tab opens an empty tab and returns its session.
func (c *chromium) tab() string {
	c.t.Helper()
	target := c.call("", "Target.createTarget", map[string]any{"url": "about:blank"})["targetId"]
	session, _ := c.call("", "Target.attachToTarget", map[string]any{"targetId": target, "flatten": true})["sessionId"].(string)
	if session == "" {
		c.t.Fatal("no session")
	}
	c.call(session, "Page.enable", nil)
	return session
}

func (c *chromium) open(session, address string) {
	c.t.Helper()
	c.call(session, "Page.navigate", map[string]any{"url": address})
}

// eval runs an expression in the page, also where the page itself may not.
func (c *chromium) eval(session, expression string) string {
	c.t.Helper()
	result, _ := c.call(session, "Runtime.evaluate", map[string]any{"expression": expression, "returnByValue": true})["result"].(map[string]any)
	text, _ := result["value"].(string)
	return text
}

// shows waits until the page's heading is the wanted one.
func (c *chromium) shows(session, title string) {
	c.t.Helper()
	got := ""
	for limit := time.Now().Add(20 * time.Second); time.Now().Before(limit); time.Sleep(20 * time.Millisecond) { // the page tells nobody
		if got = c.eval(session, `document.querySelector("h1")?.textContent ?? ""`); got == title {
			return
		}
	}
	c.t.Fatalf("the page shows %q, want %q", got, title)
}

// history returns every address the tab's back and forward lists hold.
func (c *chromium) history(session string) string {
	c.t.Helper()
	var all []string
	entries, _ := c.call(session, "Page.getNavigationHistory", nil)["entries"].([]any)
	for _, e := range entries {
		all = append(all, fmt.Sprint(e))
	}
	return strings.Join(all, "\n")
}

// signInServer sends everybody back with a code after a page of its own, as
// the real one does.
func signInServer(t *testing.T, callback string) string {
	t.Helper()
	socket, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	s := httptest.NewUnstartedServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		switch {
		case r.Method == http.MethodPost:
			http.Redirect(w, r, callback+"?code=Kf3aSECRET9Qx2", http.StatusFound)
		case r.URL.Path == "/authorize":
			w.Header().Set("Content-Type", "text/html")
			_, _ = fmt.Fprint(w, `<h1>Sign in</h1><form method=post action=/allow><button id=allow>Allow</button></form>`)
		default:
			http.NotFound(w, r)
		}
	}))
	_ = s.Listener.Close()
	s.Listener = socket
	s.StartTLS()
	t.Cleanup(s.Close)
	_, port, _ := net.SplitHostPort(socket.Addr().String())
	return "https://127.0.0.1:" + port + "/authorize"
}

func openForChromium(t *testing.T) *opened {
	return open(t, func(_ *Listener, s *flow.Site) { s.Authorize = signInServer(t, s.Callback.String()) })
}

func TestChromium_ComesBackInTheTabThatStarted(t *testing.T) {
	c := startChromium(t)
	o := openForChromium(t)
	tab := c.tab()
	c.open(tab, o.StartURL())
	c.shows(tab, "Sign in")
	o.await(flow.Contact)

	// Another page of the same browser sends a tab to the callback.
	evil := c.tab()
	c.open(evil, strings.TrimSuffix(o.server, "/authorize")+"/none")
	c.eval(evil, `location.href = "`+o.inner.site.Callback.String()+`?code=evil"; ""`)
	b := o.await(flow.AnswerCame).Arrival
	if b.Level != flow.LevelB {
		t.Errorf("the attacker's tab got level %v, want B", b.Level)
	}
	b.Reply(flow.ShowDigits)
	c.shows(evil, "One more step")
	b.Reply(flow.NotTaken)
	c.shows(evil, "This answer was not used")

	c.eval(tab, `document.getElementById("allow").click()`)
	a := o.await(flow.AnswerCame).Arrival
	if a.Level != flow.LevelA || a.Answer.Code.Reveal() != "Kf3aSECRET9Qx2" {
		t.Fatalf("got level %v", a.Level)
	}
	if got := c.eval(tab, `location.href`); strings.Contains(got, "SECRET") {
		t.Errorf("the address bar shows the query: %s", got)
	}
	a.Reply(flow.GotIt)
	c.shows(tab, "Got it")
	if got := c.history(tab); strings.Contains(got, "SECRET") || strings.Contains(got, "/start/") {
		t.Errorf("the tab's history keeps:\n%s", got)
	}
	if got := c.eval(tab, `document.cookie + document.referrer`); got != "" {
		t.Errorf("the page can read %q", got)
	}
}

func TestChromium_ComesBackWithoutScript(t *testing.T) {
	c := startChromium(t)
	o := openForChromium(t)
	tab := c.tab()
	c.call(tab, "Emulation.setScriptExecutionDisabled", map[string]any{"value": true})
	c.open(tab, o.StartURL())
	c.shows(tab, "Your browser trusts this computer")
	c.eval(tab, `document.getElementById("continue").click()`)
	c.shows(tab, "Sign in")
	c.eval(tab, `document.getElementById("allow").click()`)
	a := o.await(flow.AnswerCame).Arrival
	if a.Level != flow.LevelB {
		t.Errorf("got level %v, want B", a.Level)
	}
	a.Reply(flow.AskInApp)
	c.shows(tab, "Go back to Grant Helper")
	a.Reply(flow.SaidNo)
	c.shows(tab, "You said no")
	if got := c.history(tab); strings.Contains(got, "SECRET") {
		t.Errorf("the tab's history keeps:\n%s", got)
	}
}
