package loopback

import (
	"net/http"
	"regexp"
	"strings"
	"testing"
)

// FuzzPlace_Errand holds the path and query matching against a plain oracle.
func FuzzPlace_Errand(f *testing.F) {
	token := strings.Repeat("a", tokenLength)
	for _, target := range []string{
		"/callback?code=a", "/callback", "/callback?own=1&code=a", "/callback?own=1", "/start/" + token, "/start/" + token + "?x",
		"/verdict/" + token + "/digits", "/verdict/" + token, "/verdict/" + token + "/", "/bind", "/bind?", "/callback/?code=a", "//callback?code=a", "/c%61llback", "/favicon.ico", "*", "",
	} {
		f.Add("GET", target, "")
		f.Add("POST", target, "own=1")
	}
	ours := regexp.MustCompile(`^(/start/[A-Za-z0-9_-]{43}|/verdict/[A-Za-z0-9_-]{43}(/(checking|question|digits))?|/favicon\.ico)$`)
	f.Fuzz(func(t *testing.T, method, target, own string) {
		p := place{path: "/callback", query: own}
		e := p.errand(method, target)
		switch e.goal {
		case toCallback:
			whole := "/callback"
			switch {
			case own != "" && e.query != "":
				whole += "?" + own + "&" + e.query
			case own+e.query != "":
				whole += "?" + own + e.query
			}
			// "?" or "&" with nothing after it is the same as nothing
			if method == http.MethodPost || (target != whole && target != whole+"?" && target != whole+"&") {
				t.Errorf("%s %q was taken as the callback with %q", method, target, e.query)
			}
		case toBind:
			if method != http.MethodPost || target != "/bind" {
				t.Errorf("%s %q was taken as bind", method, target)
			}
		case toStart, toVerdict, toIcon:
			if method == http.MethodPost || !ours.MatchString(target) || (e.goal != toIcon && !isToken(e.token)) {
				t.Errorf("%s %q was taken as goal %d", method, target, e.goal)
			}
		case nowhere:
			if method != http.MethodPost && (ours.MatchString(target) || (own == "" && (target == "/callback" || strings.HasPrefix(target, "/callback?")))) {
				t.Errorf("%s %q was not known", method, target)
			}
		}
	})
}

// FuzzPlace_At lets only the registered authority in.
func FuzzPlace_At(f *testing.F) {
	for _, host := range []string{"localhost:8443", "localhost", "localhost:443", "LOCALHOST:8443", "localhost.:8443", "127.0.0.1:8443", "[::1]:8443", "evil", "localhost:8443@evil", ""} {
		f.Add(host, true)
		f.Add(host, false)
	}
	f.Fuzz(func(t *testing.T, host string, standard bool) {
		p := place{port: "8443", authority: "localhost:8443"}
		want := host == "localhost:8443"
		if standard {
			p = place{port: "443", authority: "localhost"}
			want = host == "localhost" || host == "localhost:443"
		}
		if got := p.at(host); got != want {
			t.Errorf("%q: got %v, want %v", host, got, want)
		}
	})
}

// FuzzReadBind holds the body of /bind against a regular expression.
func FuzzReadBind(f *testing.F) {
	token := strings.Repeat("A", tokenLength)
	for _, body := range []string{
		"arrival=" + token + "&tab=" + token, "arrival=" + token + "&tab=", "arrival=" + token, "tab=" + token, "arrival=&tab=", "arrival=" + token + "&tab=" + token + "&tab=x",
		"arrival=" + token + "&tab=%41", "arrival=" + token + "&tab=" + token + "\n", "",
	} {
		f.Add([]byte(body))
	}
	form := regexp.MustCompile(`\Aarrival=([A-Za-z0-9_-]{43})&tab=([A-Za-z0-9_-]{43}|)\z`)
	f.Fuzz(func(t *testing.T, body []byte) {
		id, tab, ok := readBind(body)
		m := form.FindSubmatch(body)
		if ok != (m != nil) || (ok && (id != string(m[1]) || tab != string(m[2]))) {
			t.Errorf("%q: got %q %q %v", body, id, tab, ok)
		}
	})
}
