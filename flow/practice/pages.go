package practice

import (
	"bytes"
	"crypto/sha256"
	"encoding/base64"
	"fmt"
	"html/template"
	"net/http"

	"granthelper/assets"
)

// pageStyle is the style sheet, which every page carries inside itself, and
// the source that allows it, and no other, in the content policy.
type pageStyle struct {
	text   template.CSS
	source string
}

// frame is what the frame of a page needs.
type frame struct {
	Title string
	Style template.CSS
	Body  template.HTML
}

// readPages parses the pages and the style sheet.
func (s *Server) readPages() error {
	style, err := assets.Pages.ReadFile("pages/page.css")
	if err != nil {
		return fmt.Errorf("read the style of the practice pages: %w", err)
	}
	sum := sha256.Sum256(style)
	s.style = pageStyle{template.CSS(style), "'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'"} //nolint:gosec // our own file
	s.pages, err = template.New("practice").Funcs(template.FuncMap{"say": s.say, "strong": s.strong}).
		ParseFS(assets.Pages, "pages/practice/*.html")
	if err != nil {
		return fmt.Errorf("read the practice pages: %w", err)
	}
	return nil
}

// show writes a page whole or, when it can't be made, panics before anything
// was sent; the guard answers then.
func (s *Server) show(w http.ResponseWriter, status int, name, title string, data any) {
	var body, whole bytes.Buffer
	if err := s.pages.ExecuteTemplate(&body, name, data); err != nil {
		panic(err)
	}
	f := frame{title, s.style.text, template.HTML(body.String())} //nolint:gosec // made by a template just now
	if err := s.pages.ExecuteTemplate(&whole, "frame.html", f); err != nil {
		panic(err)
	}
	send(w, status, &whole)
}

// plain writes a page with one sentence.
func (s *Server) plain(w http.ResponseWriter, status int, key string) {
	title := s.say(key + ".title")
	s.show(w, status, "plain.html", title, struct{ Title, Text string }{title, s.say(key)})
}
