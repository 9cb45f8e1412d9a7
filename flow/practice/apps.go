package practice

import (
	"net/http"
	"net/url"
)

func (s *Server) onHome(w http.ResponseWriter, _ *http.Request) {
	s.show(w, http.StatusOK, "home.html", s.say("practice.home.title"), struct {
		Register string
		Apps     []Application
	}{registerPath, s.all()})
}

func (s *Server) onRegisterPage(w http.ResponseWriter, _ *http.Request) {
	e := s.forNew(s.fresh(Registration{Days: maxDays}))
	s.show(w, http.StatusOK, "form.html", e.Title, e)
}

func (s *Server) onRegister(w http.ResponseWriter, r *http.Request) {
	e, reg := s.typed(r)
	app, err := s.Register(reg)
	if err != nil {
		s.again(w, s.forNew(e), err)
		return
	}
	s.saw(Event{Kind: Registered, ClientID: app.ClientID})
	redirect(w, pathOf(app.ClientID, "?done=new"), http.StatusSeeOther)
}

func (s *Server) onEditPage(w http.ResponseWriter, r *http.Request) {
	app, ok := s.application(r.PathValue("id"))
	if !ok {
		s.onNothing(w, r)
		return
	}
	e := s.forOld(s.fresh(app.Registration), app)
	s.show(w, http.StatusOK, "form.html", e.Title, e)
}

func (s *Server) onEdit(w http.ResponseWriter, r *http.Request) {
	app, ok := s.application(r.PathValue("id"))
	if !ok {
		s.onNothing(w, r)
		return
	}
	e, reg := s.typed(r)
	if err := s.edit(app.ClientID, reg); err != nil {
		s.again(w, s.forOld(e, app), err)
		return
	}
	redirect(w, pathOf(app.ClientID, ""), http.StatusSeeOther)
}

func (s *Server) onCredentials(w http.ResponseWriter, r *http.Request) {
	app, ok := s.application(r.PathValue("id"))
	if !ok {
		s.onNothing(w, r)
		return
	}
	done := map[string]string{"new": "practice.app.new", "reset": "practice.app.reset.done"}[r.URL.Query().Get("done")]
	s.show(w, http.StatusOK, "app.html", app.Name, struct {
		Application
		Plain, Done, Token, Reset, Edit string
	}{
		app, app.Secret.Reveal(), done, s.formToken,
		pathOf(app.ClientID, "/reset"), pathOf(app.ClientID, "/edit"),
	})
}

func (s *Server) onResetCredentials(w http.ResponseWriter, r *http.Request) {
	if s.resetCredentials(r.PathValue("id")) != nil {
		s.onNothing(w, r)
		return
	}
	redirect(w, pathOf(r.PathValue("id"), "?done=reset"), http.StatusSeeOther)
}

// pathOf returns the path of an application's page.
func pathOf(clientID, rest string) string { return "/apps/" + url.PathEscape(clientID) + rest }
