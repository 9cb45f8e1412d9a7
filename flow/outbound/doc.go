// Package outbound looks at a server from this computer: whether its name has
// an address, whether it answers, whether its certificate is right, and what
// its sign-in page says to one visit. It is the only part of this tool that
// sends anything to another computer, so the rules for that are here (SECURITY
// 5): TLS 1.2 or newer, nothing to a server whose certificate does not verify,
// no redirect followed, no cookie, no secret, one request for one question,
// and every wait and every size bounded.
//
// How to use it: the zero [Network] is a [flow.Network] that goes by what the
// system says about proxies and trust. Its methods may be called side by side;
// every error they give is a [*flow.Problem].
//
// Foreign text leaves this package only by [flow.Sanitize].
package outbound
