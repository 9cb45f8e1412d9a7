package practice

import (
	"net/http"
	"time"
)

// nextPath is where a visitor chooses what the next sign-in leads to: the
// errors and the faulty answers that a good request can't provoke.
const nextPath = "/next"

// slowness is how long an answer takes that was asked to be slow.
const slowness = 5 * time.Second

// choice is one line of the page.
type choice struct {
	ID     string
	key    string // of its words; an error is shown by its documented line instead
	answer Answer
}

// choices are the lines of the page in its three groups.
var choices = struct{ ordinary, errors, faults []choice }{
	ordinary: []choice{
		{"usual", "practice.next.usual", Answer{}},
		{"deny", "practice.next.deny", Answer{Deny: true}},
	},
	errors: errorChoices(),
	faults: []choice{
		{"both", "practice.next.both", Answer{Fault: CodeAndError}},
		{"two", "practice.next.two", Answer{Fault: TwoCodes}},
		{"empty", "practice.next.empty", Answer{Fault: EmptyCode}},
		{"none", "practice.next.none", Answer{Fault: NoCode}},
		{"extra", "practice.next.extra", Answer{Fault: ExtraParameters}},
		{"long", "practice.next.long", Answer{Fault: LongCode}},
		{"path", "practice.next.path", Answer{Fault: WrongPath}},
		{"reason", "practice.next.reason", Answer{Fault: OddReason}},
	},
}

// errorChoices returns the nine documented errors, those with a list completed
// by one that a person can meet.
func errorChoices() []choice {
	lists := map[string]string{
		textAbsent: " client_id", textDuplicated: " client_id", textUnsupported: " state", textInvalid: "response_type=co,de",
	}
	var list []choice
	for _, f := range documented {
		name := f.code()
		if f.Text == textCallback {
			name = "callback"
		}
		list = append(list, choice{ID: name, answer: Answer{Error: f.Text + lists[f.Text]}})
	}
	return list
}

// choiceByID returns the choice whose form value is id.
func choiceByID(id string) (choice, bool) {
	for _, group := range [][]choice{choices.ordinary, choices.errors, choices.faults} {
		for _, c := range group {
			if c.ID == id {
				return c, true
			}
		}
	}
	return choice{}, false
}

// nextLine is a choice as the page shows it.
type nextLine struct {
	ID, Words      string
	Exact, Checked bool // Exact is for a documented line
}

// nextGroup is some lines under one heading.
type nextGroup struct {
	ID, Title, Help string
	Lines           []nextLine
}

func (s *Server) onNextPage(w http.ResponseWriter, _ *http.Request) {
	waiting := s.waiting()
	group := func(id, title, help string, list []choice) nextGroup {
		g := nextGroup{ID: id, Title: s.say(title), Help: s.say(help)}
		for _, c := range list {
			same := waiting
			same.Delay = 0 // the box tells about it
			g.Lines = append(g.Lines, nextLine{c.ID, s.describe(c.answer), c.answer.Error != "", same == c.answer})
		}
		return g
	}
	s.show(w, http.StatusOK, "next.html", s.say("practice.next.title"), struct {
		Action, Token, Waiting string
		Exact, Slow            bool
		Groups                 []nextGroup
	}{
		nextPath, s.formToken, s.describe(waiting), waiting.Error != "", waiting.Delay > 0,
		[]nextGroup{
			group("ordinary", "practice.next.ordinary", "practice.next.ordinary.help", choices.ordinary),
			group("errors", "practice.next.errors", "practice.next.errors.help", choices.errors),
			group("faults", "practice.next.faults", "practice.next.faults.help", choices.faults),
		},
	})
}

// onNext keeps one answer for the next sign-in, in the place of what was
// chosen before.
func (s *Server) onNext(w http.ResponseWriter, r *http.Request) {
	c, known := choiceByID(r.PostForm.Get("next"))
	if !known {
		s.plain(w, http.StatusBadRequest, "practice.plain.refused")
		return
	}
	a := c.answer
	if r.PostForm.Get("slow") == "yes" {
		a.Delay = slowness
	}
	s.choose(a)
	redirect(w, nextPath, http.StatusSeeOther)
}

// choose puts an answer before all that [Server.Next] queued. The ordinary
// answer clears the queue instead.
func (s *Server) choose(a Answer) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if a == (Answer{}) {
		s.chosen, s.answers = nil, nil
		return
	}
	s.chosen = &a
}

// waiting returns what the next sign-in will get, without using it up.
func (s *Server) waiting() Answer {
	s.mu.Lock()
	defer s.mu.Unlock()
	switch {
	case s.chosen != nil:
		return *s.chosen
	case len(s.answers) > 0:
		return s.answers[0]
	}
	return Answer{}
}

// describe says in words what an answer does; for an error, its documented line.
func (s *Server) describe(a Answer) string {
	if f, ok := failureByText(a.Error); ok {
		return f.Line()
	}
	for _, group := range [][]choice{choices.ordinary, choices.faults} {
		for _, c := range group {
			if c.answer.Deny == a.Deny && (a.Deny || c.answer.Fault == a.Fault) {
				return s.say(c.key)
			}
		}
	}
	return s.say("practice.next.usual")
}
