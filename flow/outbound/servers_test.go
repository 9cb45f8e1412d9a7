package outbound

import (
	"bufio"
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/tls"
	"crypto/x509"
	"crypto/x509/pkix"
	"io"
	"log"
	"math/big"
	"net"
	"net/http"
	"sync/atomic"
	"testing"
	"time"
)

// issuer is an authority of certificates made for the tests.
type issuer struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

var ours *issuer // whom the tests' Networks believe

func authority(t *testing.T) *issuer {
	t.Helper()
	if ours == nil {
		ours = newIssuer(t, pkix.Name{CommonName: "Tests \u202eRoot CA", Organization: []string{"Tests"}})
	}
	return ours
}

func newIssuer(t *testing.T, name pkix.Name) *issuer {
	t.Helper()
	i := &issuer{}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	template := &x509.Certificate{
		SerialNumber: big.NewInt(1), Subject: name, IsCA: true, BasicConstraintsValid: true, KeyUsage: x509.KeyUsageCertSign,
		NotBefore: time.Now().Add(-1000 * time.Hour), NotAfter: time.Now().Add(1000 * time.Hour),
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		t.Fatal(err)
	}
	i.key = key
	if i.cert, err = x509.ParseCertificate(der); err != nil {
		t.Fatal(err)
	}
	return i
}

func (i *issuer) pool() *x509.CertPool {
	pool := x509.NewCertPool()
	pool.AddCert(i.cert)
	return pool
}

// certify makes a certificate for a name, good from and until the given hours
// from now.
func (i *issuer) certify(t *testing.T, name string, from, until int) tls.Certificate {
	t.Helper()
	template := &x509.Certificate{
		SerialNumber: big.NewInt(2), Subject: pkix.Name{CommonName: name}, DNSNames: []string{name},
		NotBefore: time.Now().Add(time.Duration(from) * time.Hour), NotAfter: time.Now().Add(time.Duration(until) * time.Hour),
		KeyUsage: x509.KeyUsageDigitalSignature, ExtKeyUsage: []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
	}
	if ip := net.ParseIP(name); ip != nil {
		template.DNSNames, template.IPAddresses = nil, []net.IP{ip}
	}
	der, err := x509.CreateCertificate(rand.Reader, template, i.cert, i.key.Public(), i.key)
	if err != nil {
		t.Fatal(err)
	}
	leaf, err := x509.ParseCertificate(der)
	if err != nil {
		t.Fatal(err)
	}
	return tls.Certificate{Certificate: [][]byte{der}, PrivateKey: i.key, Leaf: leaf}
}

// good is the certificate of server.here.test.
func good(t *testing.T) tls.Certificate { return authority(t).certify(t, "server.here.test", -1, 48) }

// socket listens on a free port of 127.0.0.1 and returns the port.
func socket(t *testing.T) (net.Listener, string) {
	t.Helper()
	l, err := net.Listen("tcp4", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = l.Close() })
	_, port, _ := net.SplitHostPort(l.Addr().String())
	return l, port
}

// closedPort returns a port on which nobody listens.
func closedPort(t *testing.T) string {
	t.Helper()
	l, port := socket(t)
	_ = l.Close()
	return port
}

// server counts what it is asked and answers with a handler.
type server struct {
	port  string
	conns atomic.Int32  // made, whatever came of them
	asked atomic.Int32  // requests that were read
	gone  chan struct{} // holds one value for each connection that has ended, up to 16
}

// serve starts a server on loopback: TLS when it is given a configuration,
// plain HTTP otherwise.
func serve(t *testing.T, config *tls.Config, handler http.HandlerFunc) *server {
	t.Helper()
	l, port := socket(t)
	s := &server{port: port, gone: make(chan struct{}, 16)}
	h := &http.Server{
		Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
			s.asked.Add(1)
			handler(w, r)
		}),
		ConnState: func(_ net.Conn, state http.ConnState) {
			switch state {
			case http.StateNew:
				s.conns.Add(1)
			case http.StateClosed:
				select {
				case s.gone <- struct{}{}:
				default:
				}
			}
		},
		ErrorLog: log.New(io.Discard, "", 0),
	}
	if config != nil {
		l = tls.NewListener(l, config)
	}
	go func() { _ = h.Serve(l) }()
	t.Cleanup(func() { _ = h.Close() })
	return s
}

// hello serves server.here.test over HTTPS with a good certificate.
func hello(t *testing.T, handler http.HandlerFunc) *server {
	t.Helper()
	return serve(t, with(good(t)), handler)
}

func with(certificate tls.Certificate) *tls.Config {
	return &tls.Config{Certificates: []tls.Certificate{certificate}}
}

func ok(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok") }

// raw does something with every connection, and closes it when the test ends.
func raw(t *testing.T, each func(net.Conn)) string {
	t.Helper()
	l, port := socket(t)
	go func() {
		for {
			conn, err := l.Accept()
			if err != nil {
				return
			}
			t.Cleanup(func() { _ = conn.Close() })
			go each(conn)
		}
	}()
	return port
}

// reset hangs up so that the other side learns of it by a TCP reset.
func reset(conn net.Conn) {
	_, _ = bufio.NewReader(conn).ReadByte() // so that the other side has begun
	_ = conn.(*net.TCPConn).SetLinger(0)
	_ = conn.Close()
}

func silent(net.Conn) {}
