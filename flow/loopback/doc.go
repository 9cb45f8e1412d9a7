// Package loopback waits on this computer for the browser to come back.
//
// A [Listener] binds the address of the registered callback URL on both
// loopback families, serves HTTPS there for the length of one attempt, and
// tells what came as a stream of [flow.Notice]. The browser is opened at
// [flow.Visit.StartURL], an address that works once: the start page leaves a
// cookie and, in that tab only, a random value, and goes on to the server's
// sign-in page. When the browser returns to the callback, the answer is held
// under a random name, the page sends the tab's value to /bind, and only then
// is the answer told, with the level at which it belongs to the tab that
// started ([flow.Level], SECURITY 1). The page waits for the verdict and shows
// what really became of the answer.
//
// What it promises:
//
//   - It takes the registered port on 127.0.0.1 and ::1, or none.
//   - A request that breaks a rule changes nothing, uses nothing up and is
//     answered with nothing of its own words.
//   - Slow, silent and many connections do not keep the browser out: Accept
//     never waits, and the connection that has been unfinished for longest
//     makes room.
//   - No ticket, tab value, cookie, code or query is logged or shown; the
//     address bar and the tab's history keep no query.
//   - The page says "Got it" only after the verdict said so.
//   - After Close both ports are free and no goroutine is left.
//
// What it cannot promise: a program of the same user, or an extension of the
// browser, can do all that the user can; and a request that the HTTP library
// cannot even parse is answered by that library in one plain line.
//
// Of OAuth it knows nothing; what a query means is asked of [flow.Site].Read.
package loopback
