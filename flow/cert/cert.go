// Package cert makes and keeps the certificate by which browsers on this
// computer know this tool, and tells them to believe it.
//
// A sign-in ends with the browser coming back to https://localhost. For that
// this computer needs a certificate of its own: one leaf for localhost,
// 127.0.0.1 and ::1, made here, kept here, good for a year. It is no authority
// and cannot sign others, so whoever steals its key can play this computer's
// localhost and nothing else (SECURITY 2).
//
// How to use it: home := cert.Open(folder). home is a [flow.Trust]: Check
// looks into every list of certificates a browser here reads, Install adds the
// certificate where it is missing, Remove takes all of it away again.
// home.Certificate gives what a TLS server needs. At program start, and never
// during a sign-in, ask home.Due and call Install when it says so: that is
// when a certificate is renewed, and a browser that runs may hold on to the
// old one until it is closed.
//
// What it promises: nothing is made before it is needed; the key is readable
// by its owner only, reaches the disk whole or not at all, and is never
// followed through a symbolic link; a damaged certificate is replaced, not
// reported; no administrator rights are asked for; a list of certificates is
// changed by nothing but one entry that carries this tool's name; and what
// Install and Remove report was looked up afterwards. Two of them at once, in
// one program or in two, wait for each other.
//
// On Linux the lists are NSS databases (see places_linux.go for where they
// lie). On other systems the certificate can be made and served, but telling
// browsers about it is not there yet; Install says so.
package cert

import (
	"context"
	"crypto/tls"
	"path/filepath"
	"time"

	"granthelper/flow"
)

// renewal is how long before its end a certificate is renewed.
const renewal = 60 * 24 * time.Hour

// Home is the folder in which this computer's certificate lives. It may be
// used by many goroutines at once.
type Home struct {
	dir  string
	now  func() time.Time
	turn chan struct{} // holds one value while somebody changes something
}

// Open names the folder of the certificate, which need not exist: nothing is
// read or made before it is needed.
func Open(dir string) *Home {
	return &Home{dir: dir, now: time.Now, turn: make(chan struct{}, 1)}
}

// CAFile returns the path of a PEM file with the certificate alone, for clients
// that are told what to believe in a file, such as curl. The file is there
// after Certificate or Install.
func (h *Home) CAFile() string { return filepath.Join(h.dir, certName) }

// Due reports whether Install would make a new certificate at the moment now:
// because there is none that can be used, or because it ends within 60 days.
func (h *Home) Due(now time.Time) bool {
	l, err := h.load()
	return err != nil || l.due(now)
}

// Renew makes a new certificate in place of one that ends within 60 days of the
// moment now, as Install does, and changes nothing when there is none yet. It
// is for the start of a program: never call it during a sign-in.
func (h *Home) Renew(ctx context.Context, now time.Time) error {
	if l, err := h.load(); err != nil || !l.due(now) {
		return nil
	}
	_, err := h.Install(ctx)
	return err
}

// Certificate returns the certificate with its key for a TLS server. It makes
// one if there is none, or if the one there is damaged, foreign or past its
// end; it does not renew one that still works, so it may be called during a
// sign-in. Errors are those of ctx, or a [flow.Problem] with the code CertificateBroken
// when the folder cannot be written.
func (h *Home) Certificate(ctx context.Context) (tls.Certificate, error) {
	unlock, err := h.lock(ctx)
	if err != nil {
		return tls.Certificate{}, err
	}
	defer unlock()
	l, err := h.load()
	if err != nil || !l.valid(h.now()) {
		l, err = h.replace(ctx)
	} else {
		err = h.publish(l)
	}
	if err != nil {
		return tls.Certificate{}, err
	}
	return tls.Certificate{Certificate: [][]byte{l.cert.Raw}, PrivateKey: l.key, Leaf: l.cert}, nil
}

// replace makes a new certificate in place of whatever is there. Entries of
// the old one go out of the browsers' lists in the same step; where that
// cannot be done now, the next Install does it: without its key, which is
// gone, an old entry lets nobody in.
func (h *Home) replace(ctx context.Context) (*leaf, error) {
	l, err := newLeaf(h.now())
	if err != nil {
		return nil, broken(err)
	}
	if err := h.save(l); err != nil {
		return nil, err
	}
	_ = dropOthers(ctx, l)
	return l, nil
}

// broken says that the certificate can't be made, kept or read.
func broken(err error) error {
	return &flow.Problem{Code: flow.CertificateBroken, Step: flow.Checking, Err: err}
}

// trouble says that this computer did not take the certificate.
func trouble(err error) error {
	return &flow.Problem{Code: flow.NotAdded, Step: flow.Checking, Err: err}
}
