package outbound

import (
	"crypto/tls"
	"crypto/x509"
	"errors"
	"strings"
	"time"
)

// unreadable stands in errors about a certificate that cannot be parsed, such
// as one with a negative serial number; package tls has no type for it.
const unreadable = "failed to parse certificate from server"

// doubt reports whether an error is about the server's certificate, with the
// plain key of the reason: expired, not_yet, wrong_name, unknown_issuer or
// other. The chain is what the server sent, as far as it could be read.
func doubt(err error) (reason string, chain []*x509.Certificate, ok bool) {
	unverified, ok := errors.AsType[*tls.CertificateVerificationError](err)
	if !ok {
		return "other", nil, strings.Contains(err.Error(), unreadable)
	}
	return reasonOf(unverified.Err), unverified.UnverifiedCertificates, true
}

func reasonOf(err error) string {
	if invalid, ok := errors.AsType[x509.CertificateInvalidError](err); ok && invalid.Reason == x509.Expired {
		if invalid.Cert != nil && time.Now().Before(invalid.Cert.NotBefore) {
			return "not_yet"
		}
		return "expired"
	}
	if _, ok := errors.AsType[x509.HostnameError](err); ok {
		return "wrong_name"
	}
	if _, ok := errors.AsType[x509.UnknownAuthorityError](err); ok {
		return "unknown_issuer"
	}
	return "other"
}
