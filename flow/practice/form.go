package practice

import (
	"errors"
	"net/http"
	"strconv"
	"strings"
)

// entry is what the form of an application shows: the texts as they were typed
// and what is to be changed.
type entry struct {
	Title, Action, Token             string
	Name, Description, Callback, Day string
	Flow                             bool
	New                              bool
	Problems                         map[string]string
}

// fresh returns the form for a registration.
func (s *Server) fresh(r Registration) entry {
	return entry{
		Token: s.formToken, Name: r.Name, Description: r.Description, Callback: r.Callback,
		Day: strconv.Itoa(r.Days), Flow: r.WebServerFlow, Problems: map[string]string{},
	}
}

// typed returns the form as it was sent, and the registration it asks for.
func (s *Server) typed(r *http.Request) (entry, Registration) {
	get := func(f Field) string { return r.PostForm.Get(string(f)) }
	days, err := strconv.Atoi(strings.TrimSpace(get(FieldDays)))
	if err != nil {
		days = 0 // no whole number is told like one out of range
	}
	reg := Registration{Name: get(FieldName), Description: get(FieldDescription), Callback: get(FieldCallback), Days: days, WebServerFlow: get(FieldWebServerFlow) == "yes"}
	e := s.fresh(reg)
	e.Day = get(FieldDays)
	return e, reg
}

// again shows a form once more with what is to be changed.
func (s *Server) again(w http.ResponseWriter, e entry, err error) {
	var fields FieldErrors
	if errors.As(err, &fields) {
		for _, f := range fields {
			e.Problems[string(f.Field)] = s.say(f.Key)
		}
	} else {
		e.Problems["all"] = s.say("practice.field.full")
	}
	s.show(w, http.StatusUnprocessableEntity, "form.html", e.Title, e)
}

// forNew completes a form that registers.
func (s *Server) forNew(e entry) entry {
	e.Title, e.Action, e.New = s.say("practice.form.new.title"), registerPath, true
	return e
}

// forOld completes a form that edits.
func (s *Server) forOld(e entry, app Application) entry {
	e.Title, e.Action = s.say("practice.form.edit.title", "app", app.Name), pathOf(app.ClientID, "/edit")
	return e
}
