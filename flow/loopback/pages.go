package loopback

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"
	"net/url"
	"strconv"
	"strings"

	"granthelper/assets"
	"granthelper/flow"
)

// pages are the pages of one visit, in one language. Each is made whole before
// its first byte is sent. Nothing of a request goes into any of them.
type pages struct {
	words     func(key, english string) string
	templates *template.Template
	style     template.CSS
	scripts   map[string]template.JS // by page: start and callback
	policies  map[string]string      // by page; "" for all others
	site      flow.Site
	server    string            // the host of the sign-in page, as shown
	made      map[string][]byte // every page made ahead, with slot for an arrival's name
	slot      string
}

// view is what differs from one showing of a page to the next. All of it was
// made here.
type view struct {
	Tab     string // start page: the tab's value
	Arrival string // callback and pending pages: the name of the arrival
	Digits  string // digits page
}

// newPages reads templates, style and scripts and makes their hashes.
func newPages(word func(key, english string) string, site flow.Site) (*pages, error) {
	p := &pages{words: word, site: site, server: flow.Sanitize(site.ServerName)}
	if next, err := url.Parse(site.Authorize); p.server == "" && err == nil {
		p.server = flow.Sanitize(next.Hostname())
	}
	templates, err := template.New("").Funcs(template.FuncMap{"word": word}).ParseFS(assets.Pages, "pages/loopback/*.html")
	if err != nil {
		return nil, fmt.Errorf("read the pages: %w", err)
	}
	p.templates = templates
	var style []byte
	for _, name := range []string{"pages/page.css", "pages/loopback/listener.css"} {
		sheet, err := assets.Pages.ReadFile(name)
		if err != nil {
			return nil, fmt.Errorf("read the style: %w", err)
		}
		style = append(style, sheet...)
	}
	p.style = template.CSS(style)
	p.scripts = map[string]template.JS{}
	p.policies = map[string]string{"": policy(string(style), "", "")}
	for name, connect := range map[string]string{"start": "", "callback": "'self'"} {
		script, err := assets.Pages.ReadFile("pages/loopback/" + name + ".js")
		if err != nil {
			return nil, fmt.Errorf("read the script: %w", err)
		}
		p.scripts[name] = template.JS(script)
		p.policies[name] = policy(string(style), string(script), connect)
	}
	p.made, p.slot = map[string][]byte{}, newToken()
	for name := range pageWords {
		body, err := p.render(name, view{Arrival: p.slot})
		if err != nil {
			return nil, fmt.Errorf("make the page %s: %w", name, err)
		}
		p.made[name] = body
	}
	return p, nil
}

// policy is the content security policy of a page: nothing but the style and,
// where there is one, the script whose text is known (CSP Level 3, 6.7.3).
func policy(style, script, connect string) string {
	parts := []string{"default-src 'none'", "style-src " + hashOf(style)}
	if script != "" {
		parts = append(parts, "script-src "+hashOf(script))
	}
	if connect != "" {
		parts = append(parts, "connect-src "+connect)
	}
	return strings.Join(append(parts, "frame-ancestors 'none'", "base-uri 'none'", "form-action 'none'"), "; ")
}

func hashOf(text string) string {
	sum := sha256.Sum256([]byte(text))
	return "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"
}

func (p *pages) policy(name string) string {
	if known, ok := p.policies[name]; ok {
		return known
	}
	return p.policies[""]
}

// setHeaders sets what every answer carries, whatever it is.
func setHeaders(h http.Header, policy string) {
	for name, value := range fixedHeaders {
		h[name] = value
	}
	h["Content-Security-Policy"] = []string{policy}
}

// fixedHeaders keep a page out of caches, frames and other pages' hands, and
// its address out of the Referer header.
var fixedHeaders = map[string][]string{
	"Cache-Control":                {"no-store"},
	"Referrer-Policy":              {"no-referrer"},
	"X-Content-Type-Options":       {"nosniff"},
	"X-Frame-Options":              {"DENY"},
	"Cross-Origin-Opener-Policy":   {"same-origin"},
	"Cross-Origin-Resource-Policy": {"same-origin"},
}

// write sends the page of that name.
func (p *pages) write(w http.ResponseWriter, status int, name string, v view) {
	body, err := p.page(name, v)
	if err != nil {
		status, body = http.StatusInternalServerError, nil // an empty page claims nothing
	}
	h := w.Header()
	h["Content-Security-Policy"] = []string{p.policy(name)}
	h["Content-Type"] = []string{"text/html; charset=utf-8"}
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	w.WriteHeader(status)
	_, _ = w.Write(body) // a browser that left needs no answer
}

// page takes a page from those made ahead where it can: making one takes ten
// times as long as sending it.
func (p *pages) page(name string, v view) ([]byte, error) {
	if v.Tab != "" || v.Digits != "" {
		return p.render(name, v)
	}
	if v.Arrival == "" {
		return p.made[name], nil
	}
	return bytes.ReplaceAll(p.made[name], []byte(p.slot), []byte(v.Arrival)), nil
}

func (p *pages) render(name string, v view) ([]byte, error) {
	words := pageWords[name]
	next := "" // where the page goes on by itself
	if _, renews := pending[name]; renews {
		next = "/verdict/" + v.Arrival + "/" + name
	} else if name == "callback" {
		next = "/verdict/" + v.Arrival
	}
	var b bytes.Buffer
	err := p.templates.ExecuteTemplate(&b, "page", map[string]any{
		"Name": name, "Icon": words.icon, "Style": p.style, "Script": p.scripts[name],
		"Title": p.words("page."+name+".title", words.title), "Text": p.words("page."+name+".text", words.text),
		"Server": p.server, "Practice": p.site.Practice, "Authorize": p.site.Authorize,
		"Tab": v.Tab, "Arrival": v.Arrival, "Next": next, "Digits": strings.Split(v.Digits, ""),
	})
	return b.Bytes(), err
}

// plainAnswer is the whole answer to plain HTTP on this port.
func (p *pages) plainAnswer() []byte {
	body := p.made["plain_http"]
	h := http.Header{}
	setHeaders(h, p.policy(""))
	h["Content-Type"] = []string{"text/html; charset=utf-8"}
	h["Content-Length"] = []string{strconv.Itoa(len(body))}
	h["Connection"] = []string{"close"}
	var b bytes.Buffer
	b.WriteString("HTTP/1.1 400 Bad Request\r\n")
	_ = h.Write(&b) // a buffer takes everything
	b.WriteString("\r\n")
	b.Write(body)
	return b.Bytes()
}
