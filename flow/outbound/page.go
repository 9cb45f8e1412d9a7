package outbound

import (
	"html"
	"mime"
	"net/http"
	"regexp"
	"strconv"
	"time"

	"granthelper/flow"
)

// longestWait is the most that a server's Retry-After counts for.
const longestWait = 24 * time.Hour

var titleTag = regexp.MustCompile(`(?is)<title(?:\s[^>]*)?>(.*?)</title`)

// read takes from an answer that came at the moment now what is looked at.
func read(answer *http.Response, body string, now time.Time) flow.Page {
	page := flow.Page{Status: answer.StatusCode, Text: body}
	if to, err := answer.Location(); err == nil {
		page.Location = to.String() // in full, whatever way the server wrote it
	}
	if date, err := http.ParseTime(answer.Header.Get("Date")); err == nil {
		page.Date, now = date, date // a moment to wait for is by the server's clock as well
	}
	page.RetryAfter = wait(answer.Header.Get("Retry-After"), now)
	if isHTML(answer.Header.Get("Content-Type")) {
		if title := titleTag.FindStringSubmatch(body); title != nil {
			page.Title = flow.Sanitize(html.UnescapeString(title[1]))
		}
	}
	return page
}

// isHTML reports whether a page is HTML by its media type. A page without one
// is taken for HTML: the networks of hotels are not careful.
func isHTML(contentType string) bool {
	kind, _, _ := mime.ParseMediaType(contentType)
	return kind == "text/html" || kind == "application/xhtml+xml" || contentType == ""
}

// wait reads Retry-After, a number of seconds or a moment (RFC 9110, 10.2.3).
// What cannot be read, and a moment that is past, is no wait.
func wait(value string, now time.Time) time.Duration {
	var asked time.Duration
	if seconds, err := strconv.ParseUint(value, 10, 32); err == nil {
		asked = time.Duration(seconds) * time.Second
	} else if until, err := http.ParseTime(value); err == nil {
		asked = until.Sub(now)
	}
	return max(0, min(asked, longestWait))
}
