package outbound

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509/pkix"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"os"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"granthelper/flow"
)

func TestGreet_TellsOfTheCertificateAndAsksNothing(t *testing.T) {
	s := hello(t, ok)
	greeting, err := network(t).Greet(t.Context(), "https://server.here.test:"+s.port)
	if err != nil {
		t.Fatal(err)
	}
	left := time.Until(greeting.Until)
	if greeting.Issuer != "Tests Root CA" || greeting.Proxy != "" || left < 47*time.Hour || left > 48*time.Hour {
		t.Errorf("got %+v", greeting)
	}
	<-s.gone // the connection is not kept
	if s.asked.Load() != 0 || s.conns.Load() != 1 {
		t.Errorf("got %d requests over %d connections, want one connection only", s.asked.Load(), s.conns.Load())
	}
}

func TestGreet_SendsNothingToAServerItCannotBeSureOf(t *testing.T) {
	zscaler := newIssuer(t, pkix.Name{CommonName: "Zscaler Root CA", Organization: []string{"Zscaler Inc."}})
	nameless := newIssuer(t, pkix.Name{Organization: []string{"Some\u200b Company\n"}})
	unreadable := good(t)
	unreadable.Certificate = [][]byte{[]byte("no certificate")}
	for _, c := range []struct {
		certificate    tls.Certificate
		reason, issuer string
	}{
		{authority(t).certify(t, "server.here.test", -48, -1), "expired", "Tests Root CA"},
		{authority(t).certify(t, "server.here.test", 1, 48), "not_yet", "Tests Root CA"},
		{authority(t).certify(t, "other.here.test", -1, 48), "wrong_name", "Tests Root CA"},
		{zscaler.certify(t, "server.here.test", -1, 48), "unknown_issuer", "Zscaler Root CA"},
		{nameless.certify(t, "server.here.test", -1, 48), "unknown_issuer", "Some Company"},
		{unreadable, "other", ""},
	} {
		s := serve(t, with(c.certificate), ok)
		facts := flow.Facts{"host": "server.here.test", "reason": c.reason, "issuer": c.issuer}
		_, err := network(t).Greet(t.Context(), "https://server.here.test:"+s.port)
		want(t, err, flow.ServerUntrusted, facts)
		_, err = network(t).Ask(t.Context(), "https://server.here.test:"+s.port+"/manage")
		want(t, err, flow.ServerUntrusted, facts)
		if s.asked.Load() != 0 || s.conns.Load() != 2 {
			t.Errorf("%s: %d requests over %d connections", c.reason, s.asked.Load(), s.conns.Load())
		}
	}
}

func TestGreet_SaysWhyNobodyIsReached(t *testing.T) {
	old := with(good(t))
	old.MinVersion, old.MaxVersion = tls.VersionTLS10, tls.VersionTLS11
	for _, c := range []struct{ name, port, reason string }{
		{"a closed port", closedPort(t), "refused"},
		{"a reset", raw(t, reset), "reset"},
		{"hanging up", raw(t, func(conn net.Conn) { _, _ = bufio.NewReader(conn).ReadByte(); _ = conn.(*net.TCPConn).CloseWrite() }), "reset"},
		{"silence", raw(t, silent), "timeout"},
		{"an old TLS", serve(t, old, ok).port, "other"},
	} {
		t.Run(c.name, func(t *testing.T) {
			soon(t)
			n := network(t)
			n.limits = limits{reach: time.Second, greet: 100 * time.Millisecond, total: time.Minute}
			if c.reason != "timeout" {
				n.limits = limits{}
			}
			_, err := n.Greet(t.Context(), "https://server.here.test:"+c.port)
			want(t, err, flow.CannotReach, flow.Facts{"host": "server.here.test", "port": c.port, "reason": c.reason})
			_, err = n.Greet(t.Context(), "https://apps.na.collabserv.com:"+c.port)
			want(t, err, flow.ServiceClosed, flow.Facts{"host": "apps.na.collabserv.com"})
		})
	}
}

// What no server on this computer can do is put in by hand.
func TestWhyNot_KnowsWhatSystemsSay(t *testing.T) {
	for number, want := range map[syscall.Errno]string{
		syscall.ENETUNREACH: "unreachable", syscall.EHOSTUNREACH: "unreachable", wsaHostUnreachable: "unreachable",
		syscall.ETIMEDOUT: "timeout", wsaTimedOut: "timeout", wsaRefused: "refused", wsaReset: "reset", syscall.ENOMEM: "other",
	} {
		err := fmt.Errorf("around: %w", &net.OpError{Op: "dial", Err: os.NewSyscallError("connect", number)})
		if got := whyNot(err); got != want {
			t.Errorf("%d: got %s, want %s", number, got, want)
		}
	}
}

func TestGreet_EndsWithItsContext(t *testing.T) {
	soon(t)
	n, port := network(t), raw(t, silent)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := n.Greet(ctx, "https://server.here.test:"+port)
	want(t, err, flow.CannotReach, flow.Facts{"host": "server.here.test", "port": port, "reason": "timeout"})
	if !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v, want the context's error", err)
	}
	n.limits = limits{reach: time.Minute, greet: time.Minute, total: 50 * time.Millisecond} // its own limit, the same way
	_, err = n.Greet(t.Context(), "https://server.here.test:"+port)
	want(t, err, flow.CannotReach, flow.Facts{"host": "server.here.test", "port": port, "reason": "timeout"})
	n.limits = limits{}
	for _, host := range []string{"server.here.test", "apps.na.collabserv.com"} {
		ctx, cancel := context.WithCancel(t.Context())
		port := raw(t, func(conn net.Conn) { _, _ = bufio.NewReader(conn).ReadByte(); cancel() })
		_, err = n.Greet(ctx, "https://"+host+":"+port)
		want(t, err, flow.CannotReach, flow.Facts{"host": host, "port": port, "reason": "other"})
		if !errors.Is(err, context.Canceled) {
			t.Errorf("got %v, want it to tell of the cancelling", err)
		}
	}
	if _, err = n.Greet(ctx, "https://silent.here.test"); err == nil {
		t.Error("went on after the end")
	}
}

func TestGreet_KnowsAPageOfTheNetworkItself(t *testing.T) {
	page := func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/html")
		w.WriteHeader(http.StatusForbidden)
		_, _ = fmt.Fprintf(w, "<html><TITLE lang=en>Hotel\u202e &amp;\n Guests %s</TITLE>", r.URL.Path)
	}
	hotel := serve(t, nil, page)
	ssh := raw(t, func(conn net.Conn) { _, _ = io.WriteString(conn, "SSH-2.0-OpenSSH_9.2\r\n") })
	old := raw(t, func(conn net.Conn) { _, _ = conn.Write([]byte{0x80, 0x80, 0x80, 0x80, 0x80, '\n'}) })
	for port, facts := range map[string]flow.Facts{
		hotel.port: {"host": "server.here.test", "status": "403", "title": "Hotel & Guests /"},
		ssh:        {"host": "server.here.test", "status": "", "title": ""},
		old:        {"host": "server.here.test", "status": "", "title": ""},
	} {
		_, err := network(t).Greet(t.Context(), "https://server.here.test:"+port)
		want(t, err, flow.ForeignPage, facts)
	}
	if hotel.conns.Load() != 2 {
		t.Errorf("got %d connections, want the handshake's and one more", hotel.conns.Load())
	}
}

// Something that answers the handshake with garbage and then nothing at all
// does not hold the call for longer than an answer may take.
func TestGreet_WaitsForNoForeignPage(t *testing.T) {
	soon(t)
	port := raw(t, func(conn net.Conn) {
		if first, _ := bufio.NewReader(conn).ReadByte(); first == 0x16 { // a handshake
			_, _ = io.WriteString(conn, "garbage")
		}
	})
	n := network(t)
	n.limits = limits{reach: time.Second, greet: time.Second, head: 50 * time.Millisecond, total: time.Minute}
	_, err := n.Greet(t.Context(), "https://server.here.test:"+port)
	want(t, err, flow.ForeignPage, flow.Facts{"host": "server.here.test", "status": "", "title": ""})
}

func TestGreet_GivesTheProblemsOfLookup(t *testing.T) {
	n := network(t)
	_, err := n.Greet(t.Context(), "https://nobody.here.test")
	want(t, err, flow.NoSuchName, flow.Facts{"host": "nobody.here.test"})
	_, err = n.Greet(t.Context(), "https://apps.ce.collabserv.com")
	want(t, err, flow.ServiceClosed, flow.Facts{"host": "apps.ce.collabserv.com"})
	n.online = func() bool { return false }
	_, err = n.Greet(t.Context(), "https://nobody.here.test")
	want(t, err, flow.Offline, nil)
}

func TestGreet_TakesHTTPSAddressesOnly(t *testing.T) {
	n := network(t)
	for address, rule := range map[string]string{
		"":                                   "server_unreadable",
		"server.here.test":                   "server_unreadable",
		"http://server.here.test":            "server_unreadable",
		"https://":                           "server_unreadable",
		"https://a b/":                       "server_unreadable",
		"https://-ü.test":                    "server_unreadable",
		"https://me:secret@server.here.test": "server_user",
	} {
		facts := flow.Facts{"field": "server", "rule": rule}
		_, err := n.Greet(t.Context(), address)
		want(t, err, flow.OddDetails, facts)
		_, err = n.Ask(t.Context(), address)
		want(t, err, flow.OddDetails, facts)
		if strings.Contains(err.Error(), "secret") {
			t.Errorf("the password is told: %v", err)
		}
	}
}

func TestNetwork_ServesManyAtOnce(t *testing.T) {
	s := hello(t, func(w http.ResponseWriter, r *http.Request) { _, _ = io.WriteString(w, r.URL.Path) })
	n := network(t)
	var all sync.WaitGroup
	for i := range 12 {
		all.Go(func() {
			path := fmt.Sprintf("/%d", i)
			if page, err := n.Ask(t.Context(), "https://server.here.test:"+s.port+path); err != nil || page.Text != path {
				t.Errorf("got %q, %v, want %q", page.Text, err, path)
			}
			if _, err := n.Greet(t.Context(), "https://server.here.test:"+s.port); err != nil {
				t.Error(err)
			}
			if _, err := n.Lookup(t.Context(), "server.here.test"); err != nil {
				t.Error(err)
			}
		})
	}
	all.Wait()
}
