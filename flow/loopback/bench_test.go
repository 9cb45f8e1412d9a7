package loopback

import (
	"io"
	"net"
	"net/http"
	"strings"
	"testing"

	"granthelper/flow"
)

// The two benchmarks stand side by side: what it costs to take an answer, and
// what one request over TLS costs at all. `make bench` prints their ratio.

// BenchmarkAnswerAccepted is one answer from the callback request over the
// tab's proof to the page that says so. The metric accepted-ns/op stops where
// the app has accepted it, before the last page.
func BenchmarkAnswerAccepted(b *testing.B) {
	o := open(b)
	tab := newBrowser(o)
	tab.start()
	o.await(flow.Contact)
	accepted := make(chan struct{})
	go func() {
		for n := range o.Notices() {
			if n.Arrival != nil && n.Arrival.Level == flow.LevelA {
				n.Arrival.Reply(flow.GotIt)
				accepted <- struct{}{}
			}
		}
	}()
	callback, origin := o.place.origin+"/callback?code=Kf3a0123456789abcdef9Qx2", o.place.origin
	scripted := tab.scripted()
	ask := func(method, target, body string, header http.Header) string {
		p, err := tab.do(method, target, body, header)
		if err != nil {
			b.Fatal(err)
		}
		return p.body
	}
	var until int64
	b.ReportAllocs()
	for b.Loop() {
		began := b.Elapsed()
		_, rest, _ := strings.Cut(ask(http.MethodGet, callback, "", tab.sent), `data-arrival="`)
		id, _, _ := strings.Cut(rest, `"`)
		ask(http.MethodPost, origin+"/bind", "arrival="+id+"&tab="+tab.tab, scripted)
		<-accepted
		until += int64(b.Elapsed() - began)
		if !strings.Contains(ask(http.MethodGet, origin+"/verdict/"+id, "", tab.sent), "Got it") {
			b.Fatal("the page does not say so")
		}
	}
	b.ReportMetric(float64(until)/float64(b.N), "accepted-ns/op")
	go func() { // for the await of nobody
		for range accepted {
		}
	}()
	o.leave()
}

// BenchmarkBareTLS is one request to the smallest handler that net/http can
// serve over TLS, with the same client.
func BenchmarkBareTLS(b *testing.B) {
	socket, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		b.Fatal(err)
	}
	server := &http.Server{
		Handler:   http.HandlerFunc(func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") }),
		TLSConfig: tlsConfig(testCertificate()),
	}
	go func() { _ = server.ServeTLS(socket, "", "") }()
	defer func() { _ = server.Close() }()
	_, port, _ := net.SplitHostPort(socket.Addr().String())
	client := newBrowser(&opened{t: b, place: place{port: port}})
	b.ReportAllocs()
	for b.Loop() {
		if p, err := client.do(http.MethodGet, "https://localhost:"+port+"/", "", client.sent); err != nil || p.body != "ok" {
			b.Fatal(err)
		}
	}
}
