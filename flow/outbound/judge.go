package outbound

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"os"
	"strconv"
	"syscall"
	"time"

	"granthelper/flow"
)

// asProblem finds the problem in what a client gives back.
func (n *Network) asProblem(target *url.URL, err error) error {
	if p, ok := errors.AsType[*flow.Problem](err); ok {
		return p
	}
	return unreachable(target, err)
}

// unreachable says that a server did not answer, or that its service has ended.
func unreachable(target *url.URL, err error) error {
	host := target.Hostname()
	if flow.Closed(host) {
		return problem(flow.ServiceClosed, flow.Facts{"host": host}, err)
	}
	return problem(flow.CannotReach, flow.Facts{"host": host, "port": flow.CallbackPort(target), "reason": reasonOf(err)}, err)
}

// reasonOf names why there was no answer, for technical details.
func reasonOf(err error) string {
	timeout, slow := errors.AsType[net.Error](err)
	switch {
	case errors.Is(err, context.DeadlineExceeded), errors.Is(err, os.ErrDeadlineExceeded), slow && timeout.Timeout():
		return "timeout"
	case errors.Is(err, syscall.ECONNREFUSED):
		return "refused"
	case errors.Is(err, syscall.ECONNRESET), errors.Is(err, io.EOF), errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, syscall.EPIPE):
		return "reset"
	case errors.Is(err, syscall.EHOSTUNREACH), errors.Is(err, syscall.ENETUNREACH):
		return "unreachable"
	}
	return "other"
}

// untrusted sorts why a handshake ended: no TLS at all, a certificate that does
// not verify, or a connection that broke.
func (n *Network) untrusted(ctx context.Context, target *url.URL, err error) error {
	if _, plain := errors.AsType[tls.RecordHeaderError](err); plain {
		return n.foreign(ctx, target, err)
	}
	reason, leaf := certificateFault(err)
	if reason == "" {
		return unreachable(target, err)
	}
	return problem(flow.ServerUntrusted, flow.Facts{"host": target.Hostname(), "reason": reason, "issuer": issuerOf(leaf)}, err)
}

// certificateFault names what is wrong with a certificate, or "".
func certificateFault(err error) (reason string, leaf *x509.Certificate) {
	verification, ok := errors.AsType[*tls.CertificateVerificationError](err)
	if !ok {
		return "", nil
	}
	if len(verification.UnverifiedCertificates) > 0 {
		leaf = verification.UnverifiedCertificates[0]
	}
	invalid, isInvalid := errors.AsType[x509.CertificateInvalidError](err)
	_, wrongName := errors.AsType[x509.HostnameError](err)
	_, unknown := errors.AsType[x509.UnknownAuthorityError](err)
	switch {
	case isInvalid && invalid.Reason == x509.Expired && leaf != nil && time.Now().Before(leaf.NotBefore):
		return "not_yet", leaf
	case isInvalid && invalid.Reason == x509.Expired:
		return "expired", leaf
	case wrongName:
		return "wrong_name", leaf
	case unknown:
		return "unknown_issuer", leaf
	}
	return "other", leaf
}

// issuerOf names who issued a certificate, fit to be shown.
func issuerOf(leaf *x509.Certificate) string {
	if leaf == nil {
		return ""
	}
	name := leaf.Issuer.CommonName
	if name == "" && len(leaf.Issuer.Organization) > 0 {
		name = leaf.Issuer.Organization[0]
	}
	return flow.Sanitize(name)
}

// foreign asks what speaks no TLS for its page, as a network's own sign-in page
// has a title that a person knows it by. Nothing but the bare question is sent.
func (n *Network) foreign(ctx context.Context, target *url.URL, why error) error {
	facts := flow.Facts{"host": target.Hostname(), "status": "", "title": ""}
	if proxy, err := n.proxyFor(target); proxy != nil || err != nil {
		return problem(flow.ForeignPage, facts, why)
	}
	ctx, cancel := context.WithTimeout(ctx, dialLimit)
	defer cancel()
	raw, err := (&net.Dialer{Resolver: n.Resolver}).DialContext(ctx, "tcp", net.JoinHostPort(target.Hostname(), flow.CallbackPort(target)))
	if err != nil {
		return problem(flow.ForeignPage, facts, why)
	}
	stop := context.AfterFunc(ctx, func() { _ = raw.Close() })
	defer func() { stop(); _ = raw.Close() }()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, "http://"+target.Host+"/", nil)
	if err == nil && request.Write(raw) == nil {
		if answer, err := http.ReadResponse(bufio.NewReader(io.LimitReader(raw, bodyLimit+headLimit)), request); err == nil {
			body, _ := io.ReadAll(io.LimitReader(answer.Body, bodyLimit))
			_ = answer.Body.Close()
			facts["status"], facts["title"] = strconv.Itoa(answer.StatusCode), titleOf(body)
		}
	}
	return problem(flow.ForeignPage, facts, why)
}
