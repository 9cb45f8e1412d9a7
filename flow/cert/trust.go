package cert

import (
	"context"
	"errors"
	"fmt"
	"os"
	"path/filepath"

	"granthelper/flow"
)

var _ flow.Trust = (*Home)(nil)

// Check looks into every list of certificates a browser here reads, and
// changes nothing. A list that cannot be read counts as one that does not
// know the certificate; Install says what is wrong with it. Its errors are
// those of ctx, and a [flow.Problem] with the code PartMissing when the
// program that reads the lists is not installed; the report is right as far as
// it goes even then.
func (h *Home) Check(ctx context.Context) (flow.TrustReport, error) {
	l, err := h.load()
	if err != nil {
		l = nil
	}
	return h.report(ctx, l)
}

// Install makes a certificate if there is none, or if the one there ends
// within 60 days, and adds it to every list of a browser that lacks it; older
// entries of this tool go. A Firefox that was never started has no list yet:
// start it once. Besides the errors of Check there is a [flow.Problem] with
// the code NotAdded, which says for each list that refused why; the other
// lists have the certificate then, and the report says which.
func (h *Home) Install(ctx context.Context) (flow.TrustReport, error) {
	unlock, err := h.lock(ctx)
	if err != nil {
		return flow.TrustReport{}, err
	}
	defer unlock()
	l, err := h.load()
	if err != nil || l.due(h.now()) {
		if l, err = h.replace(ctx); err != nil {
			return flow.TrustReport{}, err
		}
	}
	if err := h.publish(l); err != nil {
		return flow.TrustReport{}, err
	}
	refused := install(ctx, l, h.CAFile())
	report, err := h.report(ctx, l)
	switch {
	case refused != nil:
		return report, refused
	case err != nil:
		return report, err
	case len(report.Places) == 0:
		return report, trouble(errors.New("no browser's list of certificates was found; a browser makes its list when it is started for the first time"))
	}
	return report, nil
}

// Remove takes every entry of this tool out of every list, those of browsers
// that no longer read them too, and deletes the certificate and its key. The
// report was looked up afterwards; a place in it that is still trusted, or a
// certificate that still exists, comes with an error.
func (h *Home) Remove(ctx context.Context) (flow.TrustReport, error) {
	if _, err := os.Lstat(h.dir); err == nil { // or else there is nothing to quarrel about
		unlock, err := h.lock(ctx)
		if err != nil {
			return flow.TrustReport{}, err
		}
		defer unlock()
	}
	places, err := uninstall(ctx)
	// The key goes even when an entry stays: without it the entry is harmless.
	if e := h.wipe(); err == nil {
		err = e
	}
	report := flow.TrustReport{Places: places}
	for _, name := range []string{keyName, certName} {
		if _, e := os.Lstat(filepath.Join(h.dir, name)); e == nil {
			report.Exists = true
		}
	}
	for _, place := range places {
		if place.Trusted && err == nil {
			err = trouble(fmt.Errorf("%s's list still has the certificate", place.Browser))
		}
	}
	return report, err
}

// report says what there is; l may be nil.
func (h *Home) report(ctx context.Context, l *leaf) (flow.TrustReport, error) {
	var report flow.TrustReport
	if l != nil {
		report.Exists = true
		report.Fingerprint = l.fingerprint()
		report.Expires = l.cert.NotAfter
		if !l.valid(h.now()) {
			l = nil // no browser believes it now, whatever its list says
		}
	}
	var err error
	report.Places, err = look(ctx, l)
	return report, err
}
