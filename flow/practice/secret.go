package practice

import (
	"crypto/rand"
	"encoding/hex"
	"fmt"
	"log/slog"
)

// hidden is what a [Secret] shows to everyone who does not ask by name.
const hidden = "•••"

// Secret is a value that must not be written down by accident: printing it,
// logging it and marshalling it all give "•••". [Secret.Reveal] gives it.
type Secret string

// Reveal returns the value itself.
func (s Secret) Reveal() string { return string(s) }

// String returns "•••".
func (s Secret) String() string { return hidden }

// GoString returns "•••", for %#v.
func (s Secret) GoString() string { return hidden }

// Format writes "•••" for every verb, %x and %d included.
func (s Secret) Format(f fmt.State, _ rune) { _, _ = f.Write([]byte(hidden)) }

// LogValue returns "•••", for log/slog.
func (s Secret) LogValue() slog.Value { return slog.StringValue(hidden) }

// MarshalText returns "•••", for JSON and every other text encoding.
func (s Secret) MarshalText() ([]byte, error) { return []byte(hidden), nil }

// randomHex returns n random bytes as 2n lower-case hexadecimal digits.
func randomHex(n int) string {
	b := make([]byte, n)
	// crypto/rand.Read never returns an error since Go 1.24; it ends the program
	// when the system has no randomness to give.
	_, _ = rand.Read(b)
	return hex.EncodeToString(b)
}
