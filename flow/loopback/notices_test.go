package loopback

import (
	"strings"
	"testing"

	"granthelper/flow"
)

func TestNotices_KeepWhatMatters(t *testing.T) {
	n := newNotices()
	defer n.close()
	arrival := func(l flow.Level) flow.Notice {
		return flow.Notice{Kind: flow.AnswerCame, Arrival: &flow.Arrival{Level: l}}
	}
	n.add(arrival(flow.LevelA))
	for range 3 * noticeLimit {
		n.add(flow.Notice{Kind: flow.Refused})
	}
	n.add(flow.Notice{Kind: flow.Contact})
	for range noticeLimit {
		n.add(arrival(flow.LevelC))
	}
	n.add(arrival(flow.LevelA))
	boundOnes, refused := 0, 0
	for boundOnes < 2 {
		got := <-n.out
		if got.Arrival != nil && got.Arrival.Level == flow.LevelA {
			boundOnes++
		}
		if got.Kind == flow.Refused {
			refused += 1 + got.More
		}
	}
	n.add(flow.Notice{Kind: flow.Refused})
	got := <-n.out
	if refused += 1 + got.More; refused != 3*noticeLimit+1 {
		t.Errorf("told of %d refused requests, want %d", refused, 3*noticeLimit+1)
	}
}

func TestNewDigits_AreEvenlySpread(t *testing.T) {
	seen := map[string]int{}
	for range 20_000 {
		d := newDigits()
		if len(d) != 3 || strings.Trim(d, "0123456789") != "" {
			t.Fatalf("got %q", d)
		}
		seen[d]++
	}
	if len(seen) < 990 { // 20 each on average; the chance to miss one is e^-20
		t.Errorf("only %d of 1000 values came", len(seen))
	}
}
