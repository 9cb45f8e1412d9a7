package vault

import (
	"encoding/json"
	"errors"
	"os"
	"path/filepath"
	"reflect"
	"runtime"
	"strings"
	"testing"
	"time"

	"granthelper/flow"
)

var full = flow.Saved{
	Mode: "server", ServerKind: "connections-cloud", Address: "https://apps.example.com", ClientID: "app_1",
	Callback: "https://localhost:8443/callback", WithSecret: true, Remember: true, Welcomed: true,
	Theme: "dark", TextSize: 125, Strict: true, SupportTools: true, Proxy: "proxy.example.com:8080", AskNobody: true,
}

func newFile(t *testing.T) *File {
	t.Helper()
	return Details(filepath.Join(t.TempDir(), "config", "granthelper"))
}

func names(t *testing.T, dir string) string {
	t.Helper()
	files, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, file := range files {
		list = append(list, file.Name())
	}
	return strings.Join(list, " ")
}

func TestFile_GivesBackWhatItWasGiven(t *testing.T) {
	f := newFile(t)
	if got, err := f.Load(); err != nil || got != (flow.Saved{}) {
		t.Fatalf("no file: got %+v, %v; want nothing", got, err)
	}
	if _, err := os.Stat(f.dir); !errors.Is(err, os.ErrNotExist) {
		t.Error("loading made the folder")
	}
	for _, want := range []flow.Saved{full, {}, full} {
		if err := f.Save(want); err != nil {
			t.Fatal(err)
		}
		if got, err := Details(f.dir).Load(); err != nil || got != want {
			t.Errorf("got %+v, %v; want %+v", got, err, want)
		}
	}
	if got := names(t, f.dir); got != fileName {
		t.Errorf("the folder holds %s, want the details alone", got)
	}
	for path, want := range map[string]os.FileMode{f.dir: 0o700, f.Path(): 0o600} {
		info, err := os.Stat(path)
		if err != nil {
			t.Fatal(err)
		}
		if got := info.Mode().Perm(); runtime.GOOS != "windows" && got != want {
			t.Errorf("%s: got %v, want %v", path, got, want)
		}
	}
	for i := range reflect.TypeFor[flow.Saved]().NumField() {
		if reflect.ValueOf(full).Field(i).IsZero() {
			t.Errorf("field %s is not tested", reflect.TypeFor[flow.Saved]().Field(i).Name)
		}
	}
}

func TestFile_KeepsWhatALaterVersionWrote(t *testing.T) {
	f := newFile(t)
	later := `{"address":"https://old.example.com","later":{"deep":[1,2.50,"x"]},"client_secret":"` + canary + `","token_endpoint":"y"}`
	write(t, f, later)
	got, err := f.Load()
	if err != nil || got.Address != "https://old.example.com" {
		t.Fatalf("got %+v, %v", got, err)
	}
	if err := f.Save(full); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(f.Path())
	if err != nil {
		t.Fatal(err)
	}
	var all map[string]any
	if err := json.Unmarshal(text, &all); err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(string(text), "2.50") || all["token_endpoint"] != "y" || all["address"] != full.Address {
		t.Errorf("got %s, want unknown fields kept and known ones new", text)
	}
	if strings.Contains(string(text), canary) {
		t.Error("a secret that somebody put there was carried on")
	}
}

func TestFile_SetsADamagedOneAside(t *testing.T) {
	for _, damaged := range []string{"", "{", `{"address":7}`, "null", "[]", "\x00\x00", `{"mode":"` + strings.Repeat("x", fileLimit) + `"}`} {
		f := newFile(t)
		f.now = func() time.Time { return time.Date(2026, 11, 22, 20, 15, 0, 0, time.UTC) }
		for _, how := range []string{"load", "save"} {
			write(t, f, damaged)
			if how == "save" {
				if err := f.Save(full); err != nil {
					t.Fatal(err)
				}
				continue
			}
			got, err := f.Load()
			var d *Damaged
			if !errors.As(err, &d) || got != (flow.Saved{}) {
				t.Fatalf("got %+v, %v; want it reported as damaged", got, err)
			}
			if text, err := os.ReadFile(d.Aside); err != nil || string(text) != damaged {
				t.Errorf("set aside: %v, or not the same", err)
			}
			if got, want := filepath.Base(d.Aside), "details.json.damaged-20261122-201500"; got != want {
				t.Errorf("set aside as %s, want %s", got, want)
			}
			if got, err := f.Load(); err != nil || got != (flow.Saved{}) {
				t.Errorf("afterwards: got %+v, %v; want a fresh start", got, err)
			}
		}
		// Twice in one second: both are there, and the good one.
		if got := len(strings.Fields(names(t, f.dir))); got != 3 {
			t.Errorf("the folder holds %s, want three files", names(t, f.dir))
		}
		if got, err := f.Load(); err != nil || got != full {
			t.Errorf("got %+v, %v; want what was saved", got, err)
		}
	}
}

func TestFile_LeavesAloneWhatItMayNotRead(t *testing.T) {
	f := newFile(t)
	if err := os.MkdirAll(f.Path(), 0o700); err != nil { // a folder in its place
		t.Fatal(err)
	}
	_, err := f.Load()
	var d *Damaged
	if err == nil || errors.As(err, &d) {
		t.Errorf("load: got %v, want the system's error", err)
	}
	if err := f.Save(full); err == nil {
		t.Error("save: got nil, want the system's error")
	}
	if got := names(t, f.dir); got != fileName {
		t.Errorf("the folder holds %s, want it untouched", got)
	}
}

// No field can hold a secret, and a run with one leaves none in the folder.
func TestFile_NeverHoldsASecret(t *testing.T) {
	for i := range reflect.TypeFor[flow.Saved]().NumField() {
		field := reflect.TypeFor[flow.Saved]().Field(i)
		if field.Type == reflect.TypeFor[flow.Secret]() || strings.Contains(strings.ToLower(field.Name), "secret") && field.Type.Kind() != reflect.Bool {
			t.Errorf("field %s could hold a secret", field.Name)
		}
	}
	f := newFile(t)
	var session Session
	v := newVault(&shelf{}, limit)
	for _, s := range []store{&session, v} {
		if err := s.Keep(t.Context(), full.ClientID, flow.Conceal(canary)); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.Save(full); err != nil {
		t.Fatal(err)
	}
	text, err := os.ReadFile(f.Path())
	if err != nil {
		t.Fatal(err)
	}
	for _, form := range inEveryForm() {
		if strings.Contains(string(text), form) {
			t.Errorf("the file holds the secret as %q", form)
		}
	}
}

func TestFolder_IsThePersonsOwn(t *testing.T) {
	if runtime.GOOS != "linux" {
		t.Skip("the rule is the XDG one; other systems have their own")
	}
	t.Setenv("XDG_CONFIG_HOME", "/somewhere/settings")
	if got, err := Folder(); err != nil || got != "/somewhere/settings/granthelper" {
		t.Errorf("got %s, %v", got, err)
	}
	t.Setenv("XDG_CONFIG_HOME", "")
	t.Setenv("HOME", "/home/anna")
	if got, err := Folder(); err != nil || got != "/home/anna/.config/granthelper" {
		t.Errorf("got %s, %v", got, err)
	}
}

func write(t *testing.T, f *File, text string) {
	t.Helper()
	if err := os.MkdirAll(f.dir, 0o700); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(f.Path(), []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
}
