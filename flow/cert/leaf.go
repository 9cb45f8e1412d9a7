package cert

import (
	"crypto/ecdsa"
	"crypto/elliptic"
	"crypto/rand"
	"crypto/sha256"
	"crypto/x509"
	"crypto/x509/pkix"
	"encoding/pem"
	"errors"
	"fmt"
	"math/big"
	"net"
	"os"
	"slices"
	"strings"
	"time"
	"unicode/utf8"
)

// lifetime is how long a certificate is good for. Browsers and Apple's systems
// accept no more than a little over a year.
const lifetime = 365 * 24 * time.Hour

// nickname is what our entries in a browser's list are called. The beginning
// of the fingerprint follows it, so that each certificate has its own name.
const nickname = "Grant Helper (localhost)"

// leaf is a certificate and its key.
type leaf struct {
	cert *x509.Certificate
	key  *ecdsa.PrivateKey
}

// newLeaf makes a certificate that works from an hour before now, for clocks
// that are set back a little, to a year after it.
func newLeaf(now time.Time) (*leaf, error) {
	key, err := ecdsa.GenerateKey(elliptic.P256(), rand.Reader)
	if err != nil {
		return nil, fmt.Errorf("make a key: %w", err)
	}
	// 127 bits and never zero: RFC 5280 4.1.2.2 wants a positive number of at
	// most 20 bytes.
	serial, err := rand.Int(rand.Reader, new(big.Int).Lsh(big.NewInt(1), 127))
	if err != nil {
		return nil, fmt.Errorf("draw a serial number: %w", err)
	}
	template := &x509.Certificate{
		SerialNumber:          serial.Add(serial, big.NewInt(1)),
		Subject:               pkix.Name{CommonName: subject()},
		NotBefore:             now.Add(-time.Hour),
		NotAfter:              now.Add(lifetime),
		KeyUsage:              x509.KeyUsageDigitalSignature,
		ExtKeyUsage:           []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth},
		BasicConstraintsValid: true, // with IsCA false: "this is no authority", marked critical
		DNSNames:              []string{"localhost"},
		IPAddresses:           []net.IP{net.IPv4(127, 0, 0, 1), net.IPv6loopback},
	}
	der, err := x509.CreateCertificate(rand.Reader, template, template, key.Public(), key)
	if err != nil {
		return nil, fmt.Errorf("make a certificate: %w", err)
	}
	cert, err := x509.ParseCertificate(der)
	if err != nil {
		return nil, fmt.Errorf("read the new certificate: %w", err)
	}
	return &leaf{cert: cert, key: key}, nil
}

// subject is a name that a person recognises in a browser's list of
// certificates: at most 64 characters (RFC 5280 appendix A.1, ub-common-name).
func subject() string {
	const tool = "Grant Helper"
	host, err := os.Hostname()
	if err != nil || host == "" || !utf8.ValidString(host) {
		return tool
	}
	name := []rune(tool + " on " + host)
	return string(name[:min(len(name), 64)])
}

// parseLeaf reads a key and its certificate and refuses whatever this package
// would not have made itself. Dates are the caller's to judge.
func parseLeaf(text []byte) (*leaf, error) {
	var l leaf
	for block, rest := pem.Decode(text); block != nil; block, rest = pem.Decode(rest) {
		switch block.Type {
		case "PRIVATE KEY":
			key, err := x509.ParsePKCS8PrivateKey(block.Bytes)
			if err != nil {
				return nil, fmt.Errorf("read the key: %w", err)
			}
			l.key, _ = key.(*ecdsa.PrivateKey)
		case "CERTIFICATE":
			cert, err := x509.ParseCertificate(block.Bytes)
			if err != nil {
				return nil, fmt.Errorf("read the certificate: %w", err)
			}
			l.cert = cert
		}
	}
	return &l, l.check()
}

func (l *leaf) check() error {
	switch {
	case l.key == nil || l.cert == nil:
		return errors.New("the key or the certificate is missing")
	case l.key.Curve != elliptic.P256() || !l.key.PublicKey.Equal(l.cert.PublicKey):
		return errors.New("the key is not that of the certificate")
	case l.cert.IsCA || !l.cert.BasicConstraintsValid || l.cert.KeyUsage != x509.KeyUsageDigitalSignature:
		return errors.New("the certificate can do more than it should")
	case !slices.Equal(l.cert.ExtKeyUsage, []x509.ExtKeyUsage{x509.ExtKeyUsageServerAuth}):
		return errors.New("the certificate is not for a server alone")
	}
	for _, host := range []string{"localhost", "127.0.0.1", "::1"} {
		if err := l.cert.VerifyHostname(host); err != nil {
			return fmt.Errorf("the certificate is not for this computer: %w", err)
		}
	}
	return nil
}

func (l *leaf) valid(now time.Time) bool {
	return !now.Before(l.cert.NotBefore) && now.Before(l.cert.NotAfter)
}

func (l *leaf) due(now time.Time) bool {
	return !l.valid(now) || !now.Before(l.cert.NotAfter.Add(-renewal))
}

// fingerprint is the SHA-256 of the certificate as browsers show it.
func (l *leaf) fingerprint() string {
	sum := sha256.Sum256(l.cert.Raw)
	return strings.ReplaceAll(fmt.Sprintf("% X", sum[:]), " ", ":")
}

// nickname is the name of this certificate's entry in a browser's list.
func (l *leaf) nickname() string {
	return nickname + " " + strings.ToLower(strings.ReplaceAll(l.fingerprint(), ":", ""))[:8]
}

// certPEM is the certificate alone.
func (l *leaf) certPEM() []byte {
	return pem.EncodeToMemory(&pem.Block{Type: "CERTIFICATE", Bytes: l.cert.Raw})
}

// bothPEM is the key and the certificate in one text, so that they cannot be
// parted on disk.
func (l *leaf) bothPEM() ([]byte, error) {
	der, err := x509.MarshalPKCS8PrivateKey(l.key)
	if err != nil {
		return nil, fmt.Errorf("write the key down: %w", err)
	}
	return append(pem.EncodeToMemory(&pem.Block{Type: "PRIVATE KEY", Bytes: der}), l.certPEM()...), nil
}
