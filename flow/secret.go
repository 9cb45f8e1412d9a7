package flow

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"fmt"
	"log/slog"
	"sync"
)

// hidden is what a secret looks like wherever it is printed.
const hidden = "•••"

// Secret is text that must never be printed: a client secret, an authorization
// code, one of the random values that bind an answer to a browser tab. Every
// way Go has of turning a value into text gives three dots; only [Secret.Reveal]
// gives the text itself, so that a search for that word finds every use.
type Secret struct{ text string }

// Conceal wraps text as a secret.
func Conceal(text string) Secret { return Secret{text} }

// Reveal returns the text itself. Call it where the value is used, never where
// it is stored or shown unasked.
func (s Secret) Reveal() string { return s.text }

// Empty reports whether there is no text at all.
func (s Secret) Empty() bool { return s.text == "" }

// Len returns the length of the text in bytes.
func (s Secret) Len() int { return len(s.text) }

// Equal compares two secrets in time that does not depend on where they differ.
func (s Secret) Equal(t Secret) bool {
	return subtle.ConstantTimeCompare([]byte(s.text), []byte(t.text)) == 1
}

// fingerprintKey is drawn once a run, so that a fingerprint tells two secrets
// of one run apart and says nothing to anybody else.
var fingerprintKey = sync.OnceValue(func() []byte { return []byte(rand.Text()) })

// Fingerprint returns eight hex digits by which two people looking at the same
// run can tell whether they hold the same value. It cannot be turned back.
func (s Secret) Fingerprint() string {
	mac := hmac.New(sha256.New, fingerprintKey())
	mac.Write([]byte(s.text))
	return hex.EncodeToString(mac.Sum(nil))[:8]
}

// String implements [fmt.Stringer] and hides the text.
func (s Secret) String() string { return hidden }

// GoString implements [fmt.GoStringer] and hides the text.
func (s Secret) GoString() string { return hidden }

// Format implements [fmt.Formatter], so that no verb shows the text.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(hidden)) }

// MarshalText hides the text from JSON, XML and the like.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// LogValue implements [slog.LogValuer] and hides the text.
func (s Secret) LogValue() slog.Value { return slog.StringValue(hidden) }
