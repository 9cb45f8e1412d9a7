package outbound

import (
	"bytes"
	"context"
	"encoding/binary"
	"fmt"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"granthelper/flow"
)

// TestMain also plays this tool on a computer without a network, and on one
// whose localhost leads elsewhere.
func TestMain(m *testing.M) {
	if host := os.Getenv("OUTBOUND_TEST_LOOKUP"); host != "" {
		addresses, err := (&Network{}).Lookup(context.Background(), host)
		fmt.Println("looked up:", addresses, err)
		return
	}
	os.Exit(m.Run())
}

// elsewhere looks a name up in a namespace of its own, made by unshare with
// these flags, after a command of the shell.
func elsewhere(t *testing.T, flags, before, host string) string {
	t.Helper()
	if _, err := exec.LookPath("unshare"); err != nil {
		t.Skipf("LEFT OUT: %v; it makes the computer that is needed here", err)
	}
	if os.Geteuid() != 0 {
		flags = "-r" + flags
	}
	if said, err := exec.Command("unshare", "-"+flags, "true").CombinedOutput(); err != nil {
		t.Skipf("LEFT OUT: this computer allows no namespaces of one's own: %s", bytes.TrimSpace(said))
	}
	command := exec.Command("unshare", "-"+flags, "sh", "-c", before+` exec "$0"`, os.Args[0])
	command.Env = append(os.Environ(), "OUTBOUND_TEST_LOOKUP="+host)
	said, err := command.CombinedOutput()
	if err != nil {
		t.Fatalf("%v: %s", err, said)
	}
	return string(said)
}

func TestLookup_Offline(t *testing.T) {
	if said := elsewhere(t, "n", "", "apps.example.com"); !strings.Contains(said, string(flow.Offline)+":") {
		t.Errorf("without a network it says %q, want %s", said, flow.Offline)
	}
}

func TestLookup_MovedLocalhost(t *testing.T) {
	hosts := filepath.Join(t.TempDir(), "hosts")
	if err := os.WriteFile(hosts, []byte("192.0.2.7 localhost\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	said := elsewhere(t, "m", "mount --bind "+hosts+" /etc/hosts && ", "localhost")
	if !strings.Contains(said, "192.0.2.7") {
		t.Errorf("with localhost moved it says %q, want the other address", said)
	}
}

// nameServer answers over UDP on loopback: names it knows by their address,
// others with NXDOMAIN, and none at all when it is mute (RFC 1035 4.1).
func nameServer(t *testing.T, known map[string]string, mute bool) *net.Resolver {
	t.Helper()
	socket, err := net.ListenPacket("udp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = socket.Close() })
	go func() {
		packet := make([]byte, 1500)
		for {
			n, from, err := socket.ReadFrom(packet)
			if err != nil {
				return
			}
			if mute || n < 12 {
				continue
			}
			_, _ = socket.WriteTo(answerTo(packet[:n], known), from)
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp", socket.LocalAddr().String())
	}}
}

func answerTo(question []byte, known map[string]string) []byte {
	var labels []string
	at := 12
	for question[at] != 0 {
		length := int(question[at])
		labels = append(labels, string(question[at+1:at+1+length]))
		at += 1 + length
	}
	kind := binary.BigEndian.Uint16(question[at+1:])
	end := at + 5 // the root, type and class
	answer := append([]byte{question[0], question[1], 0x81, 0x80, 0, 1, 0, 0, 0, 0, 0, 0}, question[12:end]...)
	address, there := known[strings.ToLower(strings.Join(labels, "."))]
	switch {
	case !there:
		answer[3] |= 3 // NXDOMAIN
	case kind == 1: // A
		answer[7] = 1
		answer = append(answer, 0xc0, 12, 0, 1, 0, 1, 0, 0, 0, 60, 0, 4)
		answer = append(answer, net.ParseIP(address).To4()...)
	}
	return answer
}

func TestLookup_UnknownName(t *testing.T) {
	n := &Network{Resolver: nameServer(t, map[string]string{"apps.example.com": "192.0.2.1"}, false), online: func() bool { return true }}
	if got, err := n.Lookup(t.Context(), "apps.example.com"); err != nil || len(got) != 1 || got[0].Unmap().String() != "192.0.2.1" {
		t.Errorf("a known name: %v, %v", got, err)
	}
	if p := problemOf(t, lookupError(t, n, "apps.exmaple.com")); p.Code != flow.NoSuchName || p.Facts["host"] != "apps.exmaple.com" || p.Err == nil {
		t.Errorf("an unknown name: %v %v", p, p.Facts)
	}
	if got, err := n.Lookup(t.Context(), "::1"); err != nil || got[0].String() != "::1" {
		t.Errorf("a number: %v, %v", got, err)
	}
}

func TestLookup_ClosedService(t *testing.T) {
	n := &Network{Resolver: nameServer(t, nil, false), online: func() bool { return true }}
	if p := problemOf(t, lookupError(t, n, "apps.na.collabserv.com")); p.Code != flow.ServiceClosed || p.Facts["host"] != "apps.na.collabserv.com" {
		t.Errorf("got %v %v", p, p.Facts)
	}
}

func TestLookup_EndsWithItsContext(t *testing.T) {
	n := &Network{Resolver: nameServer(t, nil, true), online: func() bool { return true }}
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if _, err := n.Lookup(ctx, "apps.example.com"); err == nil {
		t.Error("a mute name server gave an address")
	}
}

func lookupError(t *testing.T, n *Network, host string) error {
	t.Helper()
	got, err := n.Lookup(t.Context(), host)
	if err == nil {
		t.Fatalf("%s has an address: %v", host, got)
	}
	return err
}

func problemOf(t *testing.T, err error) *flow.Problem {
	t.Helper()
	p, ok := err.(*flow.Problem) //nolint:errorlint // the contract is the type itself
	if !ok {
		t.Fatalf("got %v, want a *flow.Problem", err)
	}
	return p
}
