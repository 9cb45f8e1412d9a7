package outbound

import (
	"context"
	"fmt"
	"net"
	"os"
	"strings"
	"testing"
	"time"

	"granthelper/flow"

	"golang.org/x/net/dns/dnsmessage"
)

// envProxy is what the environment says about proxies in these tests, whatever
// it says on this computer: nobody listens there.
const envProxy = "127.0.0.1:1"

// TestMain also plays the program on a computer without a network.
func TestMain(m *testing.M) {
	if os.Getenv("OUTBOUND_TEST_PART") == "offline" {
		_, err := (&Network{}).Lookup(context.Background(), "server.example")
		fmt.Println(err)
		return
	}
	for _, name := range []string{"http_proxy", "https_proxy", "no_proxy", "HTTP_PROXY", "REQUEST_METHOD"} {
		_ = os.Unsetenv(name)
	}
	_ = os.Setenv("HTTPS_PROXY", "http://somebody:letmein@"+envProxy)
	_ = os.Setenv("NO_PROXY", ".here.test,.collabserv.com")
	os.Exit(m.Run())
}

// addresses is what the tests' name server knows; there is none but these.
var addresses = map[string][4]byte{
	"server.here.test.":            {127, 0, 0, 1},
	"proxied.test.":                {127, 0, 0, 1},
	"xn--bcher-kva.here.test.":     {127, 0, 0, 2},
	"under_score.here.test.":       {127, 0, 0, 3},
	"apps.na.collabserv.com.":      {127, 0, 0, 1},
	"connections.lotuslive.com.":   {127, 0, 0, 1},
	"elsewhere.company.here.test.": {127, 0, 0, 1},
}

// names runs a name server over UDP and returns a resolver that asks it only.
// Names that begin with "broken." make it fail, those that begin with "silent."
// get no answer.
func names(t *testing.T) *net.Resolver {
	t.Helper()
	socket, err := net.ListenPacket("udp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = socket.Close() })
	go func() {
		packet := make([]byte, 4096)
		for {
			size, from, err := socket.ReadFrom(packet)
			if err != nil {
				return
			}
			if answer := resolve(packet[:size]); answer != nil {
				_, _ = socket.WriteTo(answer, from)
			}
		}
	}()
	return &net.Resolver{PreferGo: true, Dial: func(ctx context.Context, _, _ string) (net.Conn, error) {
		return (&net.Dialer{}).DialContext(ctx, "udp4", socket.LocalAddr().String())
	}}
}

func resolve(packet []byte) []byte {
	var question dnsmessage.Message
	if question.Unpack(packet) != nil || len(question.Questions) != 1 {
		return nil
	}
	asked := question.Questions[0]
	name := strings.ToLower(asked.Name.String())
	answer := dnsmessage.Message{Questions: question.Questions}
	answer.ID, answer.Response, answer.RecursionAvailable = question.ID, true, true
	ip, known := addresses[name]
	switch {
	case strings.HasPrefix(name, "silent."):
		return nil
	case strings.HasPrefix(name, "broken."):
		answer.RCode = dnsmessage.RCodeServerFailure
	case !known:
		answer.RCode = dnsmessage.RCodeNameError
	case asked.Type == dnsmessage.TypeA:
		answer.Answers = []dnsmessage.Resource{{
			Header: dnsmessage.ResourceHeader{Name: asked.Name, Type: asked.Type, Class: asked.Class},
			Body:   &dnsmessage.AResource{A: ip},
		}}
	}
	packed, _ := answer.Pack()
	return packed
}

// network returns a Network that knows the tests' names and authority and
// nothing else, on a computer that is online.
func network(t *testing.T) *Network {
	t.Helper()
	return &Network{Resolver: names(t), Roots: authority(t).pool(), online: func() bool { return true }}
}

// want checks which problem an error is, and its facts.
func want(t *testing.T, err error, code flow.Code, facts flow.Facts) {
	t.Helper()
	problem, ok := err.(*flow.Problem) //nolint:errorlint // the contract is the type itself
	if !ok {
		t.Fatalf("got %v, want the problem %s", err, code)
	}
	if problem.Code != code || problem.Step != flow.Checking || problem.Err == nil {
		t.Errorf("got %s at step %v (%v), want %s", problem.Code, problem.Step, problem.Err, code)
	}
	if fmt.Sprint(problem.Facts) != fmt.Sprint(facts) {
		t.Errorf("got the facts %q, want %q (%v)", problem.Facts, facts, problem.Err)
	}
}

// soon fails a test whose call outlived its context by far.
func soon(t *testing.T) {
	t.Helper()
	began := time.Now()
	t.Cleanup(func() {
		if took := time.Since(began); took > 5*time.Second {
			t.Errorf("took %v, want it to end at once", took)
		}
	})
}
