package main

import (
	"context"
	"crypto/tls"
	"errors"
	"fmt"
	"html"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"regexp"
	"strings"
	"time"
)

// visitor stands in for the browser where only time is measured: it follows the
// pages of the listener and of the practice server by their forms and links.
// Whether real browsers can is what ui/e2e shows.
type visitor struct {
	client *http.Client
	tab    string // what the start page keeps in the tab
}

func newVisitor() (*visitor, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	// The certificates are this computer's own; trust is not what is measured.
	transport := &http.Transport{TLSClientConfig: &tls.Config{InsecureSkipVerify: true, MinVersion: tls.VersionTLS12}} //nolint:gosec // see above
	return &visitor{client: &http.Client{
		Jar: jar, Transport: transport, Timeout: 20 * time.Second,
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}}, nil
}

// The parts of pages that a browser acts on.
var (
	tabValue    = regexp.MustCompile(`data-tab="([A-Za-z0-9_-]{43})"`)
	authorize   = regexp.MustCompile(`href="(https://[^"]*/authorize\?[^"]*)"`)
	arrivalName = regexp.MustCompile(`data-arrival="([A-Za-z0-9_-]{43})"`)
	formAction  = regexp.MustCompile(`<form[^>]*action="([^"]*)"`)
	hiddenField = regexp.MustCompile(`<input type="hidden" name="([^"]*)" value="([^"]*)">`)
	firstPerson = regexp.MustCompile(`name="person" value="([^"]*)"`)
)

// signIn goes from the start page to the grant page, and returns the function
// that grants and gives the address of the callback.
func (v *visitor) signIn(ctx context.Context, start string) (grant func() (string, error), err error) {
	page, _, err := v.get(ctx, start)
	if err != nil {
		return nil, err
	}
	link := authorize.FindStringSubmatch(page)
	tab := tabValue.FindStringSubmatch(page)
	if link == nil || tab == nil {
		return nil, errors.New("the start page has no link to the server or no value for the tab")
	}
	v.tab = tab[1]
	address := html.UnescapeString(link[1])
	if page, _, err = v.get(ctx, address); err != nil {
		return nil, err
	}
	person := firstPerson.FindStringSubmatch(page)
	if person == nil {
		return nil, errors.New("the sign-in page offers nobody")
	}
	if page, address, err = v.submit(ctx, address, page, "person", person[1]); err != nil {
		return nil, err
	}
	return func() (string, error) {
		_, next, err := v.submit(ctx, address, page, "choice", "grant")
		return next, err
	}, nil
}

// deliver comes to the callback, proves the tab and reads what became of it.
func (v *visitor) deliver(ctx context.Context, callback string) error {
	page, _, err := v.get(ctx, callback)
	if err != nil {
		return err
	}
	arrival := arrivalName.FindStringSubmatch(page)
	if arrival == nil {
		return errors.New("the callback page names no arrival")
	}
	origin, err := url.Parse(callback)
	if err != nil {
		return err
	}
	at := origin.Scheme + "://" + origin.Host
	body := strings.NewReader("arrival=" + arrival[1] + "&tab=" + v.tab)
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, at+"/bind", body)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", "application/vnd.granthelper.tab")
	request.Header.Set("Origin", at)
	if _, _, err := v.do(request); err != nil {
		return err
	}
	_, _, err = v.get(ctx, at+"/verdict/"+arrival[1])
	return err
}

func (v *visitor) get(ctx context.Context, address string) (page, next string, err error) {
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, address, nil)
	if err != nil {
		return "", "", err
	}
	return v.do(request)
}

// submit sends a page's form with one button pressed; next is where it leads.
func (v *visitor) submit(ctx context.Context, from, page, button, value string) (answer, next string, err error) {
	action := formAction.FindStringSubmatch(page)
	base, err := url.Parse(from)
	if action == nil || err != nil {
		return "", "", errors.New("the page has no form")
	}
	target, err := base.Parse(html.UnescapeString(action[1]))
	if err != nil {
		return "", "", err
	}
	form := url.Values{button: {value}}
	for _, field := range hiddenField.FindAllStringSubmatch(page, -1) {
		form.Set(field[1], html.UnescapeString(field[2]))
	}
	request, err := http.NewRequestWithContext(ctx, http.MethodPost, target.String(), strings.NewReader(form.Encode()))
	if err != nil {
		return "", "", err
	}
	request.Header.Set("Content-Type", "application/x-www-form-urlencoded")
	request.Header.Set("Origin", base.Scheme+"://"+base.Host)
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	answer, next, err = v.do(request)
	if err != nil || next == "" {
		return answer, target.String(), err
	}
	if button == "choice" {
		return answer, next, nil // the callback: when to go there is the caller's affair
	}
	return v.getNext(ctx, target, next)
}

func (v *visitor) getNext(ctx context.Context, from *url.URL, next string) (answer, address string, err error) {
	to, err := from.Parse(next)
	if err != nil {
		return "", "", err
	}
	answer, _, err = v.get(ctx, to.String())
	return answer, to.String(), err
}

// do sends a request; next is where a redirect leads, if it is one. Neither
// addresses nor pages go into an error: there are codes in them.
func (v *visitor) do(request *http.Request) (page, next string, err error) {
	response, err := v.client.Do(request)
	if err != nil {
		return "", "", fmt.Errorf("%s %s: %w", request.Method, request.URL.Host, errors.Unwrap(err))
	}
	defer response.Body.Close()
	body, err := io.ReadAll(io.LimitReader(response.Body, 1<<20))
	if err != nil {
		return "", "", err
	}
	if response.StatusCode >= 400 {
		return "", "", fmt.Errorf("%s on %s was answered %s", request.Method, request.URL.Host, response.Status)
	}
	return string(body), response.Header.Get("Location"), nil
}
