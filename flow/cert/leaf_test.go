package cert

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/x509"
	"crypto/x509/pkix"
	"math/big"
	"strings"
	"testing"
	"time"
)

func TestLeaf_CanDoNoMoreThanItShould(t *testing.T) {
	now := time.Now()
	l, err := newLeaf(now)
	if err != nil {
		t.Fatal(err)
	}
	c := l.cert
	if c.IsCA || !c.BasicConstraintsValid {
		t.Error("want a certificate that says it is no authority")
	}
	for _, e := range c.Extensions {
		if e.Id.String() == "2.5.29.19" && !e.Critical {
			t.Error("want the basic constraints to be critical")
		}
	}
	if c.KeyUsage != x509.KeyUsageDigitalSignature || len(c.ExtKeyUsage) != 1 || c.ExtKeyUsage[0] != x509.ExtKeyUsageServerAuth {
		t.Errorf("got usages %v %v, want digitalSignature and serverAuth alone", c.KeyUsage, c.ExtKeyUsage)
	}
	if key, ok := c.PublicKey.(*ecdsa.PublicKey); !ok || key.Curve != elliptic.P256() {
		t.Error("want a P-256 key")
	}
	if got, want := strings.Join(c.DNSNames, " "), "localhost"; got != want || len(c.IPAddresses) != 2 {
		t.Errorf("got names %s %v, want localhost, 127.0.0.1 and ::1", got, c.IPAddresses)
	}
	if year := c.NotAfter.Sub(now); year > 366*24*time.Hour || year < 364*24*time.Hour {
		t.Errorf("lives %v, want about a year", year)
	}
	if !strings.HasPrefix(c.Subject.CommonName, "Grant Helper") || len([]rune(c.Subject.CommonName)) > 64 {
		t.Errorf("got subject %q", c.Subject.CommonName)
	}
	other, err := newLeaf(now)
	if err != nil {
		t.Fatal(err)
	}
	if other.cert.SerialNumber.Cmp(c.SerialNumber) == 0 || other.nickname() == l.nickname() {
		t.Error("want every certificate to have its own number and name")
	}
}

func TestLeaf_CannotSign(t *testing.T) {
	l, err := newLeaf(time.Now())
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AddCert(l.cert)
	options := x509.VerifyOptions{Roots: roots, DNSName: "localhost"}
	if _, err := l.cert.Verify(options); err != nil {
		t.Fatalf("the certificate itself: %v", err)
	}
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		t.Fatal(err)
	}
	for _, host := range []string{"localhost", "evil.test"} {
		der, err := x509.CreateCertificate(rand.Reader, &x509.Certificate{
			SerialNumber: big.NewInt(1), Subject: pkix.Name{CommonName: host}, DNSNames: []string{host},
			NotBefore: time.Now().Add(-time.Hour), NotAfter: time.Now().Add(time.Hour),
		}, l.cert, key.Public(), l.key)
		if err != nil {
			t.Fatal(err)
		}
		signed, err := x509.ParseCertificate(der)
		if err != nil {
			t.Fatal(err)
		}
		options.DNSName = host
		if _, err := signed.Verify(options); err == nil {
			t.Errorf("a certificate for %s signed with our key was believed", host)
		}
	}
}
