package practice

import (
	"errors"
	"net/http"
	"regexp"
	"strings"
	"testing"
	"time"
)

func TestAnswer_SpoilsTheGrantAsScripted(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	callback := regexp.QuoteMeta(s.Demo().Callback)
	code := `code=[0-9a-f]{256}`
	rows := []struct {
		name   string
		answer Answer
		status int
		want   string
	}{
		{"ordinary", Answer{}, 302, callback + `\?` + code},
		{"303", Answer{Status: 303}, 303, callback + `\?` + code},
		{"code and error", Answer{Fault: CodeAndError}, 302, callback + `\?` + code + `&oauth_error=oauth_denied`},
		{"two codes", Answer{Fault: TwoCodes}, 302, callback + `\?` + code + `&` + code},
		{"empty code", Answer{Fault: EmptyCode}, 302, callback + `\?code=`},
		{"no code", Answer{Fault: NoCode}, 302, callback},
		{"extra parameters", Answer{Fault: ExtraParameters}, 302, callback + `\?` + code + `&session=practice&lang=en`},
		{"long code", Answer{Fault: LongCode}, 302, callback + `\?code=[0-9a-f]{300}`},
		{"wrong path", Answer{Fault: WrongPath}, 302, callback + `/elsewhere\?` + code},
		{"odd reason", Answer{Fault: OddReason}, 302, callback + `\?oauth_error=oauth_server_busy`},
		{"deny", Answer{Deny: true}, 302, callback + `\?oauth_error=oauth_denied`},
	}
	for _, row := range rows {
		t.Run(row.name, func(t *testing.T) {
			if err := s.Next(row.answer); err != nil {
				t.Fatal(err)
			}
			got := b.signIn(good(s.Demo()), "robin")
			if got.status != row.status || !regexp.MustCompile("^"+row.want+"$").MatchString(got.location) {
				t.Errorf("got status %d to an address of another form, want %d to %s", got.status, row.status, row.want)
			}
			// Used up: the next sign-in is an ordinary one.
			b.signIn(good(s.Demo()), "robin").answer(t, s.Demo().Callback)
		})
	}
}

func TestAnswer_ComesInTheOrderOfTheQueue(t *testing.T) {
	s := start(t)
	b := visit(t, s)
	for _, a := range []Answer{{Error: textRequest}, {Deny: true}} {
		if err := s.Next(a); err != nil {
			t.Fatal(err)
		}
	}
	if got := b.signIn(good(s.Demo()), "alex"); got.status != http.StatusInternalServerError {
		t.Errorf("first: got %d, want 500", got.status)
	}
	if got := b.signIn(good(s.Demo()), "alex"); !strings.HasSuffix(got.location, denied) {
		t.Errorf("second: got status %d, want the refusal without a question", got.status)
	}
}

// A slow answer is longer than the server's own limits for reading, which net/http
// would take for a browser that left.
func TestAnswer_WaitsLongerThanTheReadLimit(t *testing.T) {
	t.Parallel()
	s := start(t)
	b := visit(t, s)
	delay := readTimeout + 200*time.Millisecond
	if err := s.Next(Answer{Delay: delay}); err != nil {
		t.Fatal(err)
	}
	began := time.Now()
	b.signIn(good(s.Demo()), "robin").answer(t, s.Demo().Callback)
	if took := time.Since(began); took < delay {
		t.Errorf("the answer took %v, want at least %v", took, delay)
	}
}

func TestAnswer_IsCutWhenTheServerCloses(t *testing.T) {
	signedIn := make(chan struct{}, 1)
	s := start(t, func(c *Config) {
		c.Seen = func(e Event) {
			if e.Kind == SignedIn {
				signedIn <- struct{}{}
			}
		}
	})
	b := visit(t, s)
	if err := s.Next(Answer{Delay: maxDelay}); err != nil {
		t.Fatal(err)
	}
	form := b.get(AuthorizePath+"?"+good(s.Demo())).with("person", "robin")
	done := make(chan error, 1)
	go func() {
		answer, err := b.client.Do(b.request(http.MethodPost, signInPath, form.Encode()))
		if err == nil {
			err = answer.Body.Close()
		}
		done <- err
	}()
	<-signedIn
	if err := s.Close(); err != nil {
		t.Error(err)
	}
	if err := <-done; err == nil {
		t.Error("the slow answer came, want the connection cut")
	}
}

func TestServer_NextRefusesWhatItCantDo(t *testing.T) {
	s := start(t)
	for _, a := range []Answer{
		{Error: "oauth_made_up"},
		{Error: textAbsent},
		{Error: textAbsent + " "},
		{Fault: OddReason + 1},
		{Fault: -1},
		{Delay: maxDelay + 1},
		{Delay: -1},
		{Status: http.StatusTemporaryRedirect},
	} {
		if err := s.Next(a); !errors.Is(err, ErrAnswer) {
			t.Errorf("Next(%+v): got %v, want ErrAnswer", a, err)
		}
	}
	for range maxAnswers {
		if err := s.Next(Answer{}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.Next(Answer{}); !errors.Is(err, ErrAnswer) {
		t.Errorf("a queue that is full: got %v, want ErrAnswer", err)
	}
}

func TestAppended_JoinsAtTheEndOfTheString(t *testing.T) {
	rows := []struct{ callback, want string }{
		{"https://h/cb", "https://h/cb?code=1"},
		{"https://h/api?action=oauthback", "https://h/api?action=oauthback&code=1"},
		{"https://h/#/auth/callback", "https://h/#/auth/callback?code=1"},
		{"https://h/#/auth?a=b", "https://h/#/auth?a=b&code=1"},
	}
	for _, row := range rows {
		if got := appended(row.callback, "code=1"); got != row.want {
			t.Errorf("got %q, want %q", got, row.want)
		}
	}
}
