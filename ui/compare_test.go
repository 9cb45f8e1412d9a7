package ui

import (
	"strings"
	"testing"
)

func TestCompareURLs_FindsTheFirstDifferenceAndNamesIt(t *testing.T) {
	const base = "https://localhost:8443/callback"
	for _, c := range []struct {
		name, yours, saved string
		at                 int
		differ             string // names of the checks that must differ
	}{
		{"same", base, base, len(base) + 1, ""},
		{"slash more here", base + "/", base, 32, "slash"},
		{"slash more there", base, base + "/", 32, "slash"},
		{"scheme", base, "http://localhost:8443/callback", 5, "scheme"},
		{"scheme in capitals", base, "HTTPS://localhost:8443/callback", 1, "letters"},
		{"number for name", base, "https://127.0.0.1:8443/callback", 9, "host"},
		{"port", base, "https://localhost:8444/callback", 22, "port"},
		{"no port", base, "https://localhost/callback", 18, "port"},
		{"IPv6 without port", "https://[::1]/a", "https://[::1]:8443/a", 14, "port"},
		{"capital in the path", base, "https://localhost:8443/Callback", 24, "letters"},
		{"other path", base, "https://localhost:8443/answer", 24, ""},
		{"slash before a query", base + "?x=1", base + "/?x=1", 32, "slash"},
		{"root", "https://localhost:8443", "https://localhost:8443/", 23, "slash"},
		{"zero-width space", base, "https://localhost:8443/call\u200bback", 28, "hidden"},
		{"space", base, "https://localhost:8443/call back", 28, "hidden"},
		{"two at once", base, "https://LOCALHOST:9443/callback/", 9, "port letters slash"},
		{"not an address at all", base, "hello", 2, "scheme host port"},
	} {
		t.Run(c.name, func(t *testing.T) {
			got := compareURLs(c.yours, c.saved)
			if got.same != (c.yours == c.saved) || got.at != c.at {
				t.Errorf("same %v at %d, want %v at %d", got.same, got.at, c.yours == c.saved, c.at)
			}
			if !strings.HasPrefix(c.yours, got.common+got.yours) || !strings.HasPrefix(c.saved, got.common+got.saved) {
				t.Errorf("%q then %q or %q is not how they begin", got.common, got.yours, got.saved)
			}
			var differ []string
			for _, check := range got.checks {
				if !check.same {
					differ = append(differ, check.name)
				}
			}
			if c.name != "not an address at all" && strings.Join(differ, " ") != c.differ {
				t.Errorf("differing checks %q, want %q", differ, c.differ)
			}
		})
	}
}

func TestComparison_SaysWhatStandsThere(t *testing.T) {
	for _, c := range []struct{ yours, saved, want string }{
		{"ab/", "ab", "They differ at sign 3: yours has “/”, the saved one ends."},
		{"ab", "ab/", "They differ at sign 3: yours ends, the saved one has “/”."},
		{"abc", "abd", "They differ at sign 3: yours has “c”, the saved one has “d”."},
		{"ab", "a b", "They differ at sign 2: yours has “b”, the saved one has “space”."},
		{"ab", "a\u200bb", "They differ at sign 2: yours has “b”, the saved one has “hidden sign U+200B”."},
	} {
		if got := compareURLs(c.yours, c.saved).sentence(); got != c.want {
			t.Errorf("%q and %q: %q, want %q", c.yours, c.saved, got, c.want)
		}
	}
}

func TestURLLine_KeepsTheMarkWhenThereIsNoRoom(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	before := "https://localhost:8443/" + strings.Repeat("long/", 30)
	line := newURLLine(before, newLine(roleMono, "/"), strings.Repeat("after", 30))
	l := line.Layout.(*urlLine)
	line.Resize(line.MinSize().AddWidthHeight(400, 0))
	if end := line.Objects[2].Position().X + line.Objects[2].Size().Width; end > line.Size().Width {
		t.Errorf("the line is %v wide and ends at %v", line.Size().Width, end)
	}
	if !strings.HasPrefix(l.head.text, "…") || !strings.HasSuffix(l.head.text, "long/") {
		t.Errorf("before the mark stands %q, want its end", l.head.text)
	}
	if !strings.HasPrefix(l.tail.text, "after") || !strings.HasSuffix(l.tail.text, "…") {
		t.Errorf("after the mark stands %q, want its beginning", l.tail.text)
	}
}
