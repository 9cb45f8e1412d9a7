package practice

import "net/http"

func (s *Server) onAccess(w http.ResponseWriter, _ *http.Request) {
	type row struct{ PersonID, Person, ClientID, App string }
	var rows []row
	for _, a := range s.grants() {
		person, _ := personByID(a.personID)
		app, ok := s.application(a.clientID)
		if ok {
			rows = append(rows, row{person.ID, person.Name, app.ClientID, app.Name})
		}
	}
	s.show(w, http.StatusOK, "access.html", s.say("practice.access.title"), struct {
		Token string
		Rows  []row
	}{s.formToken, rows})
}

func (s *Server) onResetAccess(w http.ResponseWriter, r *http.Request) {
	s.forget(always{r.PostForm.Get("person"), r.PostForm.Get("client")})
	redirect(w, "/access", http.StatusSeeOther)
}
