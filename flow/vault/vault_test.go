package vault

import (
	"context"
	"encoding/base64"
	"encoding/hex"
	"errors"
	"fmt"
	"runtime"
	"strings"
	"sync"
	"testing"
	"testing/synctest"
	"time"

	"granthelper/flow"

	"github.com/zalando/go-keyring"
)

// canary is a secret that must turn up nowhere.
const canary = "kanarien-vogel-73/Zwitscher+7="

// inEveryForm lists the ways in which the canary might turn up.
func inEveryForm() []string {
	return []string{canary, base64.StdEncoding.EncodeToString([]byte(canary)), hex.EncodeToString([]byte(canary)), strings.ReplaceAll(canary, "/", `\/`)}
}

// wantProblem checks that err is the problem with this code and gives nothing
// away.
func wantProblem(t *testing.T, err error, code flow.Code) {
	t.Helper()
	var problem *flow.Problem
	if !errors.As(err, &problem) || problem.Code != code {
		t.Fatalf("got %v, want the problem %s", err, code)
	}
	for _, form := range inEveryForm() {
		if strings.Contains(fmt.Sprintf("%v %+v", err, problem), form) {
			t.Errorf("%v gives the secret away", err)
		}
	}
}

// shelf is a store whose every answer is the test's to give.
type shelf struct {
	mu    sync.Mutex
	kept  map[string]string
	calls []string
	gate  func(call string) error // what happens first in each call
}

func (s *shelf) enter(call string) error {
	s.mu.Lock()
	s.calls = append(s.calls, call)
	gate := s.gate
	s.mu.Unlock()
	if gate == nil {
		return nil
	}
	return gate(call)
}

func (s *shelf) Set(service, name, text string) error {
	if err := s.enter("set " + name); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.kept == nil {
		s.kept = map[string]string{}
	}
	s.kept[service+"/"+name] = text
	return nil
}

func (s *shelf) Get(service, name string) (string, error) {
	if err := s.enter("get " + name); err != nil {
		return "", err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	text, ok := s.kept[service+"/"+name]
	if !ok {
		return "", keyring.ErrNotFound
	}
	return text, nil
}

func (s *shelf) Delete(service, name string) error {
	if err := s.enter("delete " + name); err != nil {
		return err
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if _, ok := s.kept[service+"/"+name]; !ok {
		return keyring.ErrNotFound
	}
	delete(s.kept, service+"/"+name)
	return nil
}

func (s *shelf) asked() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return strings.Join(s.calls, ", ")
}

// store is what a vault and a session have in common.
type store interface {
	Keep(context.Context, string, flow.Secret) error
	Fetch(context.Context, string) (flow.Secret, error)
	Forget(context.Context, string) error
}

func TestStores_KeepFetchAndForget(t *testing.T) {
	for name, s := range map[string]store{"vault": newVault(&shelf{}, limit), "session": &Session{}} {
		t.Run(name, func(t *testing.T) {
			ctx := t.Context()
			if _, err := s.Fetch(ctx, "a"); !errors.Is(err, ErrNone) {
				t.Errorf("got %v, want ErrNone", err)
			}
			for _, text := range []string{"first", canary, ""} {
				if err := s.Keep(ctx, "a", flow.Conceal(text)); err != nil {
					t.Fatal(err)
				}
				if got, err := s.Fetch(ctx, "a"); err != nil || got.Reveal() != text {
					t.Errorf("got %q, %v; want %q", got.Reveal(), err, text)
				}
			}
			if _, err := s.Fetch(ctx, "b"); !errors.Is(err, ErrNone) {
				t.Errorf("another name: got %v, want ErrNone", err)
			}
			for range 2 { // the second time nothing is there any more
				if err := s.Forget(ctx, "a"); err != nil {
					t.Error(err)
				}
			}
			if _, err := s.Fetch(ctx, "a"); !errors.Is(err, ErrNone) {
				t.Errorf("forgotten: got %v, want ErrNone", err)
			}
		})
	}
}

func TestVault_TellsStoresErrorsApart(t *testing.T) {
	for _, c := range []struct {
		err  error
		want flow.Code
	}{
		{errors.New("failed to unlock correct collection '/org/freedesktop/secrets/collection/login'"), flow.StoreLocked},
		{errors.New("failed to unlock correct collection '/org/freedesktop/secrets/aliases/default'"), flow.StoreLocked},
		{errors.New("Cannot create an item in a locked collection"), flow.StoreLocked},
		{errors.New("exit status 36"), flow.StoreLocked},
		{errors.New("exit status 128"), flow.StoreLocked},
		{errors.New(`exec: "dbus-launch": executable file not found in $PATH`), flow.NoStore},
		{errors.New("dial unix /nowhere: connect: no such file or directory"), flow.NoStore},
		{errors.New("The name org.freedesktop.secrets was not provided by any .service files"), flow.NoStore},
		{keyring.ErrUnsupportedPlatform, flow.NoStore},
		{errors.New("something nobody has seen before"), flow.NoStore},
		{errors.New("cannot store " + canary), flow.NoStore},
		{keyring.ErrSetDataTooBig, flow.LongSecret},
	} {
		v := newVault(&shelf{gate: func(string) error { return c.err }}, limit)
		wantProblem(t, v.Keep(t.Context(), "a", flow.Conceal(canary)), c.want)
		if c.want == flow.LongSecret {
			continue // only keeping can meet it
		}
		_, err := v.Fetch(t.Context(), "a")
		if c.err.Error() != "cannot store "+canary { // Fetch knows no secret to look for
			wantProblem(t, err, c.want)
			wantProblem(t, v.Forget(t.Context(), "a"), c.want)
		}
	}
}

func TestVault_NeverKeepsACallerLonger(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		open := make(chan struct{})
		s := &shelf{gate: func(string) error { <-open; return nil }}
		v := newVault(s, limit)
		began := time.Now()
		wantProblem(t, v.Keep(t.Context(), "a", flow.Conceal(canary)), flow.StoreLocked)
		if got := time.Since(began); got != limit {
			t.Errorf("took %v, want %v", got, limit)
		}
		began = time.Now()
		_, err := v.Fetch(t.Context(), "b")
		wantProblem(t, err, flow.StoreLocked)
		if got := time.Since(began); got != limit {
			t.Errorf("took %v, want %v", got, limit)
		}
		if got := s.asked(); got != "set a" {
			t.Errorf("asked %q, want nothing more while the first call hangs", got)
		}
		close(open) // the person closes the store's window at last
		synctest.Wait()
		if got, want := s.asked(), "set a, get a, delete a"; got != want {
			t.Errorf("asked %q, want %q: what was not kept in time is not kept", got, want)
		}
		if _, err := v.Fetch(t.Context(), "a"); !errors.Is(err, ErrNone) {
			t.Errorf("got %v, want ErrNone", err)
		}
	})
}

func TestVault_HeedsTheContext(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		open := make(chan struct{})
		s := &shelf{gate: func(string) error { <-open; return nil }}
		v := newVault(s, limit)
		ctx, cancel := context.WithCancel(t.Context())
		result := make(chan error)
		go func() { result <- v.Keep(ctx, "a", flow.Conceal(canary)) }()
		synctest.Wait()
		cancel()
		if err := <-result; !errors.Is(err, context.Canceled) {
			t.Errorf("at work: got %v, want the context's error", err)
		}
		if err := v.Forget(ctx, "a"); !errors.Is(err, context.Canceled) {
			t.Errorf("before: got %v, want the context's error", err)
		}
		short, cancel := context.WithTimeout(t.Context(), time.Second)
		defer cancel()
		if err := v.Forget(short, "a"); !errors.Is(err, context.DeadlineExceeded) {
			t.Errorf("waiting for its turn: got %v, want the context's error", err)
		}
		close(open)
		synctest.Wait()
		if got := s.asked(); !strings.HasSuffix(got, "delete a") {
			t.Errorf("asked %q, want it taken back", got)
		}
	})
}

func TestVault_BelievesOnlyWhatItReadsBack(t *testing.T) {
	for name, gate := range map[string]func(*shelf) func(string) error{
		"kept nothing": func(*shelf) func(string) error {
			return func(call string) error {
				if strings.HasPrefix(call, "get") {
					return keyring.ErrNotFound
				}
				return nil
			}
		},
		"kept something else": func(s *shelf) func(string) error {
			return func(call string) error {
				if strings.HasPrefix(call, "get") {
					s.kept[Service+"/a"] = "else"
				}
				return nil
			}
		},
	} {
		t.Run(name, func(t *testing.T) {
			s := &shelf{}
			s.gate = gate(s)
			wantProblem(t, newVault(s, limit).Keep(t.Context(), "a", flow.Conceal(canary)), flow.StoreLocked)
		})
	}
}

func TestVault_OutlivesAPanickingLibrary(t *testing.T) {
	v := newVault(&shelf{gate: func(string) error { panic(canary) }}, limit)
	for range 2 {
		wantProblem(t, v.Keep(t.Context(), "a", flow.Conceal(canary)), flow.NoStore)
	}
}

func TestVault_TakesTurns(t *testing.T) {
	busy := make(chan struct{}, 1)
	s := &shelf{gate: func(string) error {
		select {
		case busy <- struct{}{}:
		default:
			t.Error("two are at work at once")
			return nil
		}
		for range 100 {
			runtime.Gosched() // whoever else is let in gets every chance
		}
		<-busy
		return nil
	}}
	v := newVault(s, limit)
	var all sync.WaitGroup
	for i := range 20 {
		all.Go(func() {
			name := fmt.Sprint(i)
			if err := v.Keep(t.Context(), name, flow.Conceal(name)); err != nil {
				t.Error(err)
			}
			if got, err := v.Fetch(t.Context(), name); err != nil || got.Reveal() != name {
				t.Errorf("got %q, %v; want %q", got.Reveal(), err, name)
			}
		})
	}
	all.Wait()
}
