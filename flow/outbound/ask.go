package outbound

import (
	"context"
	"io"
	"net/http"
	"net/url"
	"strconv"
	"time"

	"granthelper/flow"
)

// Ask implements [flow.Network]. It gets the page over a connection of its
// own; errors are those of Greet, and CannotReach too for a server that does
// not finish an answer in HTTP.
func (n *Network) Ask(ctx context.Context, address string) (flow.Page, error) {
	ctx, cancel := context.WithTimeout(ctx, n.limit().total)
	defer cancel()
	u, at, err := parse(address)
	if err != nil {
		return flow.Page{}, err
	}
	line, _, err := n.connect(ctx, at)
	if err != nil {
		return flow.Page{}, err
	}
	defer line.Close()
	page, err := get(ctx, line, u)
	if err != nil {
		return flow.Page{}, unreached(ctx, at, err)
	}
	return page, nil
}

// get asks for one page over a connection. A ClientConn neither follows a
// redirect nor keeps a cookie nor tries again.
func get(ctx context.Context, line *http.ClientConn, u *url.URL) (flow.Page, error) {
	request := (&http.Request{Method: http.MethodGet, URL: u, Header: http.Header{"User-Agent": {agent}}}).WithContext(ctx)
	answer, err := line.RoundTrip(request)
	if err != nil {
		return flow.Page{}, err
	}
	defer answer.Body.Close()
	body, err := io.ReadAll(io.LimitReader(answer.Body, bodyLimit))
	if err == nil {
		err = ctx.Err() // a server that sees the connection end may still end its page, which is then not whole
	}
	if err != nil {
		return flow.Page{}, err
	}
	return read(answer, string(body), time.Now()), nil
}

// foreign says that something answers without TLS in place of the server, and
// asks it once for its front page to tell what it is. Such an answer is the
// network's own or garbage, so whatever goes wrong with it is of no interest.
func (n *Network) foreign(ctx context.Context, at target, proxy *url.URL, cause error) error {
	facts := flow.Facts{"host": at.host, "status": "", "title": ""}
	if line, err := n.transport(proxy).NewClientConn(ctx, "http", at.address()); err == nil {
		defer line.Close()
		if page, err := get(ctx, line, at.page("http", "/")); err == nil {
			facts["status"], facts["title"] = strconv.Itoa(page.Status), page.Title
		}
	}
	return &flow.Problem{Code: flow.ForeignPage, Step: flow.Checking, Facts: facts, Err: cause}
}
