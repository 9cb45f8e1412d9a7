package outbound

import (
	"context"
	"errors"
	"net"
	"net/netip"
	"slices"
	"testing"
	"time"

	"granthelper/flow"
)

func TestLookup_FindsAddresses(t *testing.T) {
	n := network(t)
	for host, want := range map[string]string{
		"server.here.test":      "127.0.0.1",
		"SERVER.here.test.":     "127.0.0.1",
		"bücher.here.test":      "127.0.0.2",
		"Bücher.here.test":      "127.0.0.2",
		"under_score.here.test": "127.0.0.3",
		"192.0.2.7":             "192.0.2.7",
		"::ffff:192.0.2.7":      "192.0.2.7",
		"2001:db8::7":           "2001:db8::7",
	} {
		found, err := n.Lookup(t.Context(), host)
		if err != nil || !slices.Equal(found, []netip.Addr{netip.MustParseAddr(want)}) {
			t.Errorf("%s: got %v, %v, want %s", host, found, err, want)
		}
	}
}

func TestLookup_SaysWhyThereIsNoAddress(t *testing.T) {
	for _, c := range []struct {
		host   string
		online bool
		code   flow.Code
		facts  flow.Facts
	}{
		{"nobody.here.test", true, flow.NoSuchName, flow.Facts{"host": "nobody.here.test"}},
		{"niemand.bücher.test", true, flow.NoSuchName, flow.Facts{"host": "niemand.bücher.test"}},
		{"broken.here.test", true, flow.NoSuchName, flow.Facts{"host": "broken.here.test"}},
		{"nobody.here.test", false, flow.Offline, nil},
		{"apps.ce.collabserv.com", true, flow.ServiceClosed, flow.Facts{"host": "apps.ce.collabserv.com"}},
		{"apps.ce.collabserv.com", false, flow.Offline, nil},
		{"a\u00adb..test", true, flow.NoSuchName, flow.Facts{"host": "a\u00adb..test"}},
	} {
		n := network(t)
		n.online = func() bool { return c.online }
		found, err := n.Lookup(t.Context(), c.host)
		want(t, err, c.code, c.facts)
		if found != nil {
			t.Errorf("%s: got %v", c.host, found)
		}
	}
}

func TestLookup_EndsWithItsContext(t *testing.T) {
	soon(t)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	n := network(t)
	_, err := n.Lookup(ctx, "silent.here.test")
	want(t, err, flow.NoSuchName, flow.Facts{"host": "silent.here.test"})
	if slow, _ := errors.AsType[net.Error](err); slow == nil || !slow.Timeout() {
		t.Errorf("got %v, want it to tell of the time", err)
	}
	n.limits.reach = 50 * time.Millisecond // its own limit, the same way
	_, err = n.Lookup(t.Context(), "silent.here.test")
	want(t, err, flow.NoSuchName, flow.Facts{"host": "silent.here.test"})

	ctx, cancel = context.WithCancel(t.Context())
	n = network(t)
	ask := n.Resolver.Dial
	n.Resolver.Dial = func(within context.Context, network, address string) (net.Conn, error) {
		defer cancel() // the question is on its way
		return ask(within, network, address)
	}
	n.online = func() bool { t.Error("asked about the network after the end"); return false }
	if _, err = n.Lookup(ctx, "silent.here.test"); !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want it to tell of the cancelling", err)
	}
	want(t, err, flow.NoSuchName, flow.Facts{"host": "silent.here.test"})
}

func TestLeadsOut_KnowsThisComputerAndItsCable(t *testing.T) {
	for address, want := range map[string]bool{
		"127.0.0.1/8": false, "::1/128": false, "169.254.7.7/16": false, "fe80::1/64": false,
		"192.168.1.7/24": true, "10.0.0.1/8": true, "fd00::7/64": true, "2001:db8::7/64": true,
	} {
		ip, network, err := net.ParseCIDR(address)
		if err != nil {
			t.Fatal(err)
		}
		own := &net.IPNet{IP: ip, Mask: network.Mask}
		if got := leadsOut(net.FlagUp|net.FlagRunning|net.FlagMulticast, own); got != want {
			t.Errorf("%s: got %v, want %v", address, got, want)
		}
		if leadsOut(net.FlagUp, own) || leadsOut(net.FlagRunning, own) {
			t.Errorf("%s: leads out without a cable", address)
		}
	}
}
