// Package practice is an authorization server to practise on.
//
// It plays the server of IBM Connections Cloud as the documents describe it:
// step 1, registering an application, and step 2, the authorize address with
// its sign-in page, its question and its nine documented errors. It runs on
// this computer only, over HTTPS, keeps everything in memory and asks nobody
// for a password: a visitor picks one of three made-up people.
//
// How to use it:
//
//	server, err := practice.Start(ctx, practice.Config{Certificate: leaf})
//	...
//	app := server.Demo() // client ID, secret and callback URL, ready to use
//	// send a browser to server.URL() + practice.AuthorizePath + "?response_type=code&…"
//	defer server.Close()
//
// What it promises:
//
//   - It listens on the loopback addresses and nowhere else.
//   - The sign-in page always comes first, even for a request that is full of
//     mistakes; the documented errors are told after it, in the documented
//     order, with the documented text and status, on a page and never on the
//     callback. Only a code or oauth_error=oauth_denied goes to the callback.
//   - One attempt leaves nothing behind in the browser: no cookie, no script.
//   - A sign-in or grant page works once. Sent a second time, it gives a plain
//     page and never a second code.
//   - Nothing it keeps can grow without limit, and nothing it writes to the log
//     holds a code or a secret.
//
// The errors and faulty answers that a good request can't provoke are scripted,
// by [Server.Next] or by a visitor on the page /next; each comes once.
//
// Where the documents are silent it does what real clients of the server saw,
// and says so beside the line. It knows nothing of the tool that uses it.
package practice
