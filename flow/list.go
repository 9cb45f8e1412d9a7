package flow

import (
	"sort"
	"strings"
)

// noList stands for a list that is not there or can't be read.
const noList = "…"

// nameLimit is the longest name or value that is believed to be one. It keeps
// codes and tokens, which have 64 and more, out of what is shown.
const nameLimit = 40

// Signs of parameter names, and those that a response type may have besides.
// Signs that may part a name from a code (= ? & ; #) are in neither.
const (
	nameSigns  = "_.-[]"
	valueSigns = nameSigns + "!$*+/@|~%^{}"
)

// knownNames are the names of parameters a request may have had, longest
// first. They are put together again when a line broke inside them.
var knownNames = func() []string {
	names := []string{
		"response_type", "client_id", "callback_uri", "code", "grant_type", "client_secret", "refresh_token", // the guide's
		"redirect_uri", "state", "scope", "nonce", "code_challenge", "code_challenge_method", "code_verifier", // what RFC 6749 and its kin would add
	}
	sort.Slice(names, func(i, j int) bool { return len(names[i]) > len(names[j]) })
	return names
}()

// list reads the list that begins at the sign k: names joined by commas
// (PROTOCOL, "parameter_list form"), as far as it looks like one. more are the
// signs that its entries may have besides letters and digits. It returns
// "names, written, so", or [noList].
func (p plain) list(k int, more string) string {
	var b strings.Builder
	for b.Len() < textLimit {
		entry, end := p.entry(p.skip(k, '"', '\''), more)
		if entry == "" {
			break
		}
		if b.Len() > 0 {
			b.WriteByte(',')
			if p.gaps[k] {
				b.WriteByte(' ')
			}
		}
		b.WriteString(entry)
		if end = p.skip(end, '"', '\''); end >= len(p.signs) || p.signs[end] != ',' {
			break
		}
		k = end + 1
	}
	if b.Len() == 0 {
		return noList
	}
	return Sanitize(b.String())
}

// entry reads one entry of a list and returns the place behind it.
func (p plain) entry(k int, more string) (string, int) {
	if name, end := p.broken(k, more); name != "" {
		return name, end
	}
	end := k
	for end < len(p.signs) && end-k <= nameLimit && isSign(p.signs[end], more) && (end == k || !p.gaps[end]) {
		end++
	}
	if end-k > nameLimit {
		return "", k
	}
	return strings.TrimRight(string(p.signs[k:end]), ".-"), end // the end of a sentence
}

// broken reads a known name that white space or markup stands inside of.
func (p plain) broken(k int, more string) (string, int) {
	for _, name := range knownNames {
		end := k + len(name)
		if end > len(p.signs) || !strings.EqualFold(string(p.signs[k:end]), name) {
			continue
		}
		if end < len(p.signs) && isSign(p.signs[end], more) && !p.gaps[end] {
			continue // it is the beginning of another name
		}
		return string(p.signs[k:end]), end
	}
	return "", k
}

// skip returns the first place at or after k that holds none of the signs.
func (p plain) skip(k int, signs ...byte) int {
	for k < len(p.signs) && strings.IndexByte(string(signs), p.signs[k]) >= 0 {
		k++
	}
	return k
}

func isSign(c byte, more string) bool {
	return letterOrDigit(c) || strings.IndexByte(more, c) >= 0
}
