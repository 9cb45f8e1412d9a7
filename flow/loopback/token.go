package loopback

import (
	"crypto/rand"
	"crypto/sha256"
	"encoding/base64"
	"math/big"
)

// tokenLength is the length of a random value as text: 256 bits in base64url.
const tokenLength = 43

// newToken draws 256 random bits. crypto/rand does not fail (it would end the
// program).
func newToken() string {
	b := make([]byte, 32)
	_, _ = rand.Read(b)
	return base64.RawURLEncoding.EncodeToString(b)
}

// newDigits draws three digits, 000 to 999, each equally likely.
func newDigits() string {
	n, err := rand.Int(rand.Reader, big.NewInt(1000))
	if err != nil {
		panic(err) // crypto/rand failed
	}
	text := []byte{'0', '0', '0'}
	for i, left := 2, n.Int64(); i >= 0; i, left = i-1, left/10 {
		text[i] += byte(left % 10)
	}
	return string(text)
}

// isToken reports whether s has the form of a random value.
func isToken(s string) bool {
	if len(s) != tokenLength {
		return false
	}
	for i := range len(s) {
		c := s[i]
		if (c < 'A' || c > 'Z') && (c < 'a' || c > 'z') && (c < '0' || c > '9') && c != '-' && c != '_' {
			return false
		}
	}
	return true
}

// shadow is what a random value is looked up by: nothing about the value can
// be learnt from how long the look-up takes.
type shadow [sha256.Size]byte

func shadowOf(token string) shadow { return sha256.Sum256([]byte(token)) }
