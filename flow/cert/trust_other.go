//go:build !linux

package cert

import (
	"context"
	"errors"

	"granthelper/flow"
)

// errNotHere is what this system's browsers have to do with the certificate so
// far. The way by hand, pasting the address, works without one.
var errNotHere = errors.New("adding the certificate to this system's list is not built yet; finish by hand instead")

func look(context.Context, *leaf) ([]flow.TrustPlace, error) { return nil, trouble(errNotHere) }

func install(context.Context, *leaf, string) error { return trouble(errNotHere) }

// uninstall has nothing to do: nothing was ever added.
func uninstall(context.Context) ([]flow.TrustPlace, error) { return nil, nil }

func dropOthers(context.Context, *leaf) error { return nil }
