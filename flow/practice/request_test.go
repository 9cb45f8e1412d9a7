package practice

import (
	"net/url"
	"slices"
	"strings"
	"testing"
	"unicode"
)

// FuzzParseQuery holds the parser against the library's: where the library
// finds no fault, both see the same names, values and order within a name; and
// for any input at all the verdict on the names agrees with a plain count.
func FuzzParseQuery(f *testing.F) {
	for _, seed := range []string{
		"", "response_type=code&client_id=a&callback_uri=https%3A%2F%2Fx", "a=1&a=2", "a;b=c", "%zz=1&%", "&&=&a", "a+b=c%20d", "\x00=\xff", "state", "response_type=code&response_type",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, raw string) {
		list := parseQuery(raw)
		ours := url.Values{}
		for _, p := range list {
			ours.Add(p.name, p.value)
		}
		if theirs, err := url.ParseQuery(raw); err == nil {
			if len(theirs) != len(ours) {
				t.Fatalf("got %d names, want %d", len(ours), len(theirs))
			}
			for name, want := range theirs {
				if !slices.Equal(ours[name], want) {
					t.Fatalf("%q: got %q, want %q", name, ours[name], want)
				}
			}
		}

		want := ""
		absent, repeated := false, false
		for _, name := range required {
			absent = absent || len(ours[name]) == 0
		}
		for _, v := range ours {
			repeated = repeated || len(v) > 1
		}
		switch {
		case absent:
			want = textAbsent
		case repeated:
			want = textDuplicated
		case len(ours) > len(required):
			want = textUnsupported
		}
		got := checkNames(list)
		if (got == nil) != (want == "") || got != nil && !strings.HasPrefix(got.Text, want) {
			t.Fatalf("got %v, want %q", got, want)
		}
		if got != nil && strings.ContainsFunc(got.Text, func(r rune) bool { return !unicode.IsPrint(r) }) {
			t.Fatalf("the text holds signs that do not print: %q", got.Text)
		}
	})
}

func TestParseQuery_KeepsWhatItCantDecode(t *testing.T) {
	got := parseQuery("a=%zz&b;c=d&&e")
	want := []parameter{{"a", "%zz"}, {"b;c", "d"}, {"e", ""}}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestVisible_ShowsHiddenSignsInPercentForm(t *testing.T) {
	rows := []struct{ in, want string }{
		{"state", "state"},
		{"Grüße 日本", "Grüße 日本"},
		{"a\nb\x00", "a%0Ab%00"},
		{"a\u202eb\u200b", "a%E2%80%AEb%E2%80%8B"},
		{"\xff\xfe", "%FF%FE"},
	}
	for _, row := range rows {
		if got := visible(row.in); got != row.want {
			t.Errorf("got %q, want %q", got, row.want)
		}
	}
}
