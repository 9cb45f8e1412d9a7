package outbound

import (
	"context"
	"errors"
	"net"
	"net/netip"

	"granthelper/flow"
)

// Lookup implements [flow.Network]. A host that is an address is returned as
// it is. Besides the errors of the interface it gives ServiceClosed (fact host)
// for a [flow.Closed] host that has no address any more. A name server that
// does not answer is NoSuchName too, since the person can do the same about it;
// the error behind it tells the difference.
func (n *Network) Lookup(ctx context.Context, host string) ([]netip.Addr, error) {
	within, cancel := context.WithTimeout(ctx, n.limit().reach)
	defer cancel()
	at := target{host: host}
	var err error
	if at.name, err = ascii(host); err != nil {
		return nil, n.unknown(ctx, at, err)
	}
	found, err := n.resolver().LookupNetIP(within, "ip", at.name)
	if err != nil {
		return nil, n.unknown(ctx, at, err)
	}
	for i, ip := range found {
		found[i] = ip.Unmap() // the same address is written in two ways by two resolvers
	}
	return found, nil
}

// unknown says why a name has no address.
func (n *Network) unknown(ctx context.Context, at target, err error) error {
	problem := &flow.Problem{Code: flow.NoSuchName, Step: flow.Checking, Facts: flow.Facts{"host": at.host}, Err: err}
	online := n.online
	if online == nil {
		online = hasNetwork
	}
	switch {
	case errors.Is(ctx.Err(), context.Canceled): // which says nothing about the name
	case !online():
		problem.Code, problem.Facts = flow.Offline, nil
	case flow.Closed(at.name):
		problem.Code = flow.ServiceClosed
	}
	return problem
}

// hasNetwork reports whether this computer has an address that leads beyond
// itself and its own cable. A system that does not tell is taken to have one.
func hasNetwork() bool {
	all, err := net.Interfaces()
	if err != nil {
		return true
	}
	for _, one := range all {
		addresses, err := one.Addrs()
		if err != nil {
			return true
		}
		for _, address := range addresses {
			if leadsOut(one.Flags, address) {
				return true
			}
		}
	}
	return false
}

// connected are the flags of an interface in use: one without a cable or Wi-Fi
// stays up, with its address, and does not run.
const connected = net.FlagUp | net.FlagRunning

func leadsOut(flags net.Flags, address net.Addr) bool {
	if flags&connected != connected {
		return false
	}
	prefix, err := netip.ParsePrefix(address.String())
	if err != nil {
		return false
	}
	ip := prefix.Addr().Unmap()
	return !ip.IsLoopback() && !ip.IsLinkLocalUnicast()
}
