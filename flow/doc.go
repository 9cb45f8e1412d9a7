// Package flow completes one OAuth 2.0 authorization grant, from the request
// to the result.
//
// A sign-in is an [Attempt]. [Start] begins it and returns at once; from then
// on everything that happens is told by [Attempt.Events], each event a value
// that holds the whole state, so that losing one does no harm. What the person
// does meanwhile goes in through the attempt's methods: Cancel, OpenAgain,
// Paste, Confirm and the like. They never block and may be called at any time,
// from any goroutine.
//
// Inside, one goroutine owns all state and runs as straight-line code under a
// context. What it needs of the world it declares in seams.go, each as small
// as can be: a [Listener] that waits on this computer for the browser, a
// [Trust] that knows whether browsers believe this computer's certificate, and
// a function that opens the browser. The real ones live in the folders below
// this one and are handed in by main; flow imports none of them, and it knows
// no window.
//
// Servers are data ([Server]) and so are the things that can go wrong
// ([Problem], [Catalogue]): adding one of either adds a row, not a branch.
//
// What it promises: nothing the server, the browser or another web page sends
// can end an attempt, fill it with a foreign code, or make it panic; a refusal
// is a result, never a problem; and no [Secret] is ever printed.
package flow
