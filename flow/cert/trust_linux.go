package cert

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"slices"

	"granthelper/flow"
)

// look tells for each list in use whether it holds the certificate; without
// one (l nil) none does.
func look(ctx context.Context, l *leaf) ([]flow.TrustPlace, error) {
	var places []flow.TrustPlace
	for _, d := range inUse() {
		places = append(places, flow.TrustPlace{Browser: d.browser, Path: d.dir})
	}
	if len(places) == 0 {
		return nil, nil
	}
	n, err := openNSS()
	if err != nil {
		return places, err
	}
	defer n.close()
	for i, place := range places {
		if l == nil {
			break
		}
		// A list that cannot be read is one that does not hold it.
		places[i].Trusted, _ = n.trusts(ctx, database{place.Browser, place.Path}, l)
	}
	return places, ctx.Err()
}

// install adds the certificate in file to each list in use and takes old
// entries out of the others. It goes on after a list that refuses.
func install(ctx context.Context, l *leaf, file string) error {
	used := inUse()
	if len(used) == 0 {
		return nil
	}
	n, err := openNSS()
	if err != nil {
		return err
	}
	defer n.close()
	var refused []error
	for _, d := range used {
		if err := n.add(ctx, d, l, file); err != nil {
			refused = append(refused, fmt.Errorf("%s's list: %w", d.browser, err))
		}
	}
	if err := ctx.Err(); err != nil {
		return err
	}
	_ = n.dropAll(ctx, l.nickname())
	if len(refused) > 0 {
		return trouble(errors.Join(refused...))
	}
	return nil
}

// uninstall takes every entry of this tool out of every list there is, and
// looks again.
func uninstall(ctx context.Context) ([]flow.TrustPlace, error) {
	lists := existing()
	if len(lists) == 0 {
		return nil, nil
	}
	n, err := openNSS()
	if err != nil {
		return nil, err
	}
	defer n.close()
	err = n.dropAll(ctx, "")
	var places []flow.TrustPlace
	for _, d := range lists {
		left, e := n.ours(ctx, d)
		if err == nil && e != nil {
			err = trouble(fmt.Errorf("%s's list: %w", d.browser, e))
		}
		places = append(places, flow.TrustPlace{Browser: d.browser, Path: d.dir, Trusted: len(left) > 0})
	}
	if e := ctx.Err(); e != nil {
		err = e
	}
	return places, err
}

// dropOthers takes the entries of every other certificate of this tool out.
func dropOthers(ctx context.Context, l *leaf) error {
	if len(existing()) == 0 {
		return nil
	}
	n, err := openNSS()
	if err != nil {
		return err
	}
	defer n.close()
	return n.dropAll(ctx, l.nickname())
}

// dropAll takes every entry but the one named keep out of every list there is.
func (n *nss) dropAll(ctx context.Context, keep string) error {
	var faults []error
	for _, d := range existing() {
		if err := n.drop(ctx, d, keep); err != nil {
			faults = append(faults, fmt.Errorf("%s's list: %w", d.browser, err))
		}
	}
	if len(faults) > 0 {
		return trouble(errors.Join(faults...))
	}
	return nil
}

func sorted(m map[string]string) []string { return slices.Sorted(maps.Keys(m)) }
