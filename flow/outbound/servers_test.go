package outbound

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"math/big"
	"net"
	"net/http"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"
)

// authority issues certificates for the servers of a test.
type authority struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
	pool *x509.CertPool
}

func newAuthority(t *testing.T, name string) *authority {
	t.Helper()
	a := &authority{pool: x509.NewCertPool()}
	var err error
	if a.key, err = ecdsa.GenerateKey(elliptic.P256(), rand.Reader); err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: name}, NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, a.key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	if a.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	a.pool.AddCert(a.cert)
	return a
}

// issue makes a certificate for localhost, but for a change.
func (a *authority) issue(t *testing.T, change func(*x509.Certificate)) tls.Certificate {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: "server"}, DNSNames: []string{"localhost", "apps.example.com"},
		NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour), ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if change != nil {
		change(template)
	}
	der, err := x509.CreateCertificate(rand.Reader, template, a.cert, a.key.Public(), a.key)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: a.key}
}

// serve answers https with a certificate, and gives the address.
func serve(t *testing.T, certificate tls.Certificate, handler http.HandlerFunc) string {
	t.Helper()
	return "https://localhost:" + listen(t, func(l net.Listener) {
		server := &http.Server{Handler: handler, ReadHeaderTimeout: time.Minute}
		t.Cleanup(func() { _ = server.Close() })
		_ = server.Serve(tls.NewListener(l, &tls.Config{Certificates: []tls.Certificate{certificate}}))
	})
}

// listen opens a port of 127.0.0.1 and hands it to serve in the background.
func listen(t *testing.T, serve func(net.Listener)) (port string) {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	var served sync.WaitGroup
	served.Go(func() { serve(l) })
	t.Cleanup(func() { _ = l.Close(); served.Wait() })
	_, port, _ = net.SplitHostPort(l.Addr().String())
	return port
}

// each hands every connection to act, and closes it then.
func each(act func(net.Conn)) func(net.Listener) {
	return func(l net.Listener) {
		var busy sync.WaitGroup
		defer busy.Wait()
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			busy.Go(func() { defer func() { _ = c.Close() }(); act(c) })
		}
	}
}

// closedPort is a port on which nobody listens.
func closedPort(t *testing.T) string {
	t.Helper()
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	_, port, _ := net.SplitHostPort(l.Addr().String())
	_ = l.Close()
	return port
}

// proxy is an HTTP proxy that leads every CONNECT to one server, or refuses.
type proxy struct {
	mu      sync.Mutex
	asked   []string // what CONNECT asked for
	refuses int      // a status, or 0
	leads   string   // host:port
}

func (p *proxy) serve(c net.Conn) {
	head := make([]byte, 0, 4096)
	one := make([]byte, 1)
	for !strings.HasSuffix(string(head), "\r\n\r\n") {
		if _, err := c.Read(one); err != nil {
			return
		}
		head = append(head, one[0])
	}
	p.mu.Lock()
	p.asked = append(p.asked, strings.Fields(string(head))[1])
	refuses := p.refuses
	p.mu.Unlock()
	if refuses != 0 {
		_, _ = io.WriteString(c, "HTTP/1.1 "+strconv.Itoa(refuses)+" No\r\n\r\n")
		return
	}
	server, err := net.Dial("tcp", p.leads)
	if err != nil {
		return
	}
	defer func() { _ = server.Close() }()
	_, _ = io.WriteString(c, "HTTP/1.1 200 OK\r\n\r\n")
	go func() { _, _ = io.Copy(server, c); _ = server.Close() }()
	_, _ = io.Copy(c, server)
}
