// Package outbound looks at a server from this computer, before the person
// meets it in the browser.
//
// How to use it: network := &outbound.Network{}. It is a [flow.Network]:
// Lookup finds the addresses of a host name, Greet shakes hands with the
// server and checks its certificate, Ask gets one page. What goes wrong comes
// back as a [flow.Problem] that names one cause: no network here, no such
// name, nobody there, a proxy in between, a page of the network itself, a
// certificate that proves nothing.
//
// What it promises (SECURITY 5):
//
//   - A request holds the address, the host and this tool's name: no cookie,
//     no secret, nothing about this computer or its person. Only a proxy whose
//     address holds a user name and password is told those.
//   - A server gets a request only after its certificate was found good, and
//     gets it once: nothing is tried again, and no redirect is followed. Whoever
//     answers without TLS is asked once for its front page, to tell what it is.
//   - TLS 1.2 or newer, HTTP/1.1, one connection for each call and none kept.
//   - Every call ends: after 10 seconds for finding and reaching the server
//     or its proxy, 10 more for the handshake, 20 for the head of the answer, 30
//     in all, and at once when its context ends. It reads 32 KiB of head and 64 KiB of page
//     at most.
//   - This computer itself is never looked for behind a proxy.
//
// What it cannot promise: a proxy set in the desktop only is not seen, since
// the environment alone is read; a person's own setting goes into
// [Network].Proxy.
package outbound
