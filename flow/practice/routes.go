package practice

import "net/http"

// registerPath is where the Register App window of step 1 was.
const registerPath = "/manage/account/isv/input"

// routes returns the pages by method and path.
func (s *Server) routes() http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("GET "+AuthorizePath, s.onAuthorize)
	mux.HandleFunc("POST "+signInPath, s.onSignIn)
	mux.HandleFunc("GET "+signInPath, s.onUsed) // a tab brought back by the browser asks with GET
	mux.HandleFunc("POST "+grantPath, s.onGrant)
	mux.HandleFunc("GET "+grantPath, s.onUsed)

	mux.HandleFunc("GET /{$}", s.onHome)
	mux.HandleFunc("GET "+registerPath, s.onRegisterPage)
	mux.HandleFunc("POST "+registerPath, s.ours(s.onRegister))
	mux.HandleFunc("GET /apps/{id}", s.onCredentials)
	mux.HandleFunc("POST /apps/{id}/reset", s.ours(s.onResetCredentials))
	mux.HandleFunc("GET /apps/{id}/edit", s.onEditPage)
	mux.HandleFunc("POST /apps/{id}/edit", s.ours(s.onEdit))
	mux.HandleFunc("GET /access", s.onAccess)
	mux.HandleFunc("POST /access", s.ours(s.onResetAccess))
	mux.HandleFunc("GET "+nextPath, s.onNextPage)
	mux.HandleFunc("POST "+nextPath, s.ours(s.onNext))
	mux.HandleFunc("/", s.onNothing)
	return mux
}

// ours lets a form through that came from a page of ours.
func (s *Server) ours(next http.HandlerFunc) http.HandlerFunc {
	return func(w http.ResponseWriter, r *http.Request) {
		if !form(r) || !s.trusted(r) {
			s.plain(w, http.StatusForbidden, "practice.plain.refused")
			return
		}
		next(w, r)
	}
}

func (s *Server) onNothing(w http.ResponseWriter, _ *http.Request) {
	s.plain(w, http.StatusNotFound, "practice.plain.notfound")
}
