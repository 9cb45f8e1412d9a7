package flow

import (
	"slices"
	"strings"
	"testing"
	"time"
)

// megabytes are the texts that cost most, each as long as is looked at.
var megabytes = []struct{ name, unit string }{
	{"plain text", "The server of the company could not say more about its failed request. "},
	{"HTML", `<tr class="x"><td>a&nbsp;b</td><td>&#x6f;&amp;#95;&lt;<wbr>&quot;</td></tr>` + "\n"},
	{"less-than signs", "<"},
	{"ampersands", "&"},
	{"line breaks", "\n"},
	{"no tag's end", "<a "},
	{"no comment's end", "<!--<!"},
	{"no script's end", "<script></"},
	{"no reference's end", "&#x5f&ZeroWidthSpac"},
	{"escaped again and again", "amp;&"},
	{"almost a code", "oauth_invalid_"},
	{"codes without a list", "oauth_absent_parameters"},
	{"codes with a list", "oauth_absent_parameters:code,client_i,d,"},
	{"a list", "a,"},
	{"letters of all the world", "проверка 検査 ✓\u00ad\u200b"},
	{"no letters", "\xff\x00"},
	{"one address", "https://localhost:8443/callback?code="},
	{"mail", "> > oauth_invalid_\n"},
}

func megabyte(unit string) string {
	return strings.Repeat(unit, readLimit/len(unit)+1)[:readLimit]
}

// A person who pastes a whole log must not see the window stop.
func TestRequest_ReadErrorAnswersAMegabyteInTime(t *testing.T) {
	if raceDetector {
		t.Skip("the race detector makes everything several times slower, so there is nothing to measure")
	}
	const limit = 10 * time.Millisecond
	for _, m := range megabytes {
		text := megabyte(m.unit)
		var took []time.Duration
		for range 20 {
			began := time.Now()
			goodRequest.ReadError(text)
			took = append(took, time.Since(began))
		}
		if best := slices.Min(took); best > limit {
			t.Errorf("%s: a megabyte took %v at best, want %v at most", m.name, best, limit)
		}
	}
}

func BenchmarkRequest_ReadError(b *testing.B) {
	for _, m := range megabytes {
		text := megabyte(m.unit)
		b.Run(strings.ReplaceAll(m.name, " ", "-"), func(b *testing.B) {
			b.SetBytes(int64(len(text)))
			for b.Loop() {
				goodRequest.ReadError(text)
			}
		})
	}
}
