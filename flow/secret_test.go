package flow

import (
	"encoding/json"
	"fmt"
	"log/slog"
	"strings"
	"testing"
)

func TestSecret_IsNeverPrinted(t *testing.T) {
	const canary = "canary-4711"
	s := Conceal(canary)
	holder := struct{ S Secret }{s}
	var out strings.Builder
	for _, verb := range []string{"%v", "%+v", "%#v", "%s", "%q", "%x", "%X", "%d", "%T %v"} {
		fmt.Fprintf(&out, verb+"\n", s)
		fmt.Fprintf(&out, verb+"\n", holder)
		fmt.Fprintf(&out, verb+"\n", &holder)
	}
	for _, v := range []any{s, holder, map[string]Secret{"k": s}} {
		b, err := json.Marshal(v)
		if err != nil {
			t.Fatal(err)
		}
		out.Write(b)
	}
	logger := slog.New(slog.NewJSONHandler(&out, nil))
	logger.Info("x", "secret", s, "holder", holder)
	slog.New(slog.NewTextHandler(&out, nil)).Info("x", "secret", s, "holder", holder)
	for _, trace := range []string{canary, fmt.Sprintf("%x", canary), fmt.Sprintf("%X", canary)} {
		if strings.Contains(out.String(), trace) {
			t.Errorf("%q is in what was printed: %s", trace, out.String())
		}
	}
	if s.Reveal() != canary || s.Len() != len(canary) || s.Empty() {
		t.Error("the secret lost its text")
	}
}

func TestSecret_FingerprintTellsApart(t *testing.T) {
	a, b := Conceal("one"), Conceal("two")
	if a.Fingerprint() != Conceal("one").Fingerprint() || a.Fingerprint() == b.Fingerprint() || len(a.Fingerprint()) != 8 {
		t.Errorf("fingerprints %s %s", a.Fingerprint(), b.Fingerprint())
	}
	if !a.Equal(Conceal("one")) || a.Equal(b) {
		t.Error("Equal is wrong")
	}
}
