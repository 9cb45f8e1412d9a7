package ui

import (
	"strconv"
	"strings"
	"text/template"
	"time"

	"granthelper/flow"
)

// problemWords is what the window says about a problem: the words of its
// code, filled with its facts.
type problemWords struct {
	tone             tone
	title, who       string
	what, why        string
	steps            []string
	technical        string
	ref              string
	primary, another flow.Action
}

// kindTones gives each kind of the catalogue its colours and its icon.
var kindTones = map[flow.Kind]tone{
	flow.KindInfo: toneInfo, flow.KindCaution: toneCaution, flow.KindProblem: toneProblem, flow.KindChoice: toneChoice,
}

// wordKey is the key of one of a problem's words.
func wordKey(code flow.Code, part string) string { return "problem." + string(code) + "." + part }

// wordsOf reads a problem's words. The ref may be empty outside an attempt.
func wordsOf(p *flow.Problem, ref string, at time.Time) problemWords {
	entry := p.Entry()
	facts := wordFacts(p, ref)
	w := problemWords{tone: kindTones[entry.Kind], primary: entry.Primary, another: entry.Secondary}
	w.title = tell(wordKey(p.Code, "title"), facts)
	w.who = say("problem.line", "Kind", say("kind."+string(entry.Kind)), "Who", say("who."+string(entry.Who)))
	w.what = tell(wordKey(p.Code, "what"), facts)
	w.why = tell(wordKey(p.Code, "why"), facts)
	for i := range entry.Steps {
		w.steps = append(w.steps, tell(wordKey(p.Code, "step"+strconv.Itoa(i+1)), facts))
	}
	if ref != "" {
		ref += "-"
	}
	w.ref = ref + string(p.Code)
	w.technical = technical(p, w.ref, at)
	return w
}

// wordFacts makes a problem's facts fit to be read in a sentence.
func wordFacts(p *flow.Problem, ref string) flow.Facts {
	facts := flow.Facts{}
	for name, value := range p.Facts {
		facts[name] = value
	}
	if names, ok := facts["names"]; ok {
		facts["names"] = friendlyNames(names)
	}
	if rules, ok := facts["rules"]; ok {
		facts["rules"] = ignoredWords(rules)
	}
	if field, ok := facts["field"]; ok {
		facts["field"] = say("problem.field." + field)
	}
	facts["step"] = say("problem.step." + strings.ReplaceAll(p.Step.String(), " ", "_"))
	facts["ref"] = ref
	return facts
}

// ignoredWords names what was left out, as "rule=number, rule=number".
func ignoredWords(rules string) string {
	list := strings.Split(rules, ", ")
	for i, one := range list {
		rule, count, _ := strings.Cut(one, "=")
		if strings.HasPrefix(rule, "bind ") {
			rule = "bind"
		}
		name := say("ignored." + strings.ReplaceAll(rule, " ", "_"))
		list[i] = say("ignored.line", "Count", count, "Name", name)
	}
	return strings.Join(list, ", ")
}

// friendly holds the three details by the names that the server uses.
var friendly = map[string]string{
	"client_id": "problem.names.client_id", "callback_uri": "problem.names.callback_uri", "response_type": "problem.names.response_type",
}

// friendlyNames puts our name before the server's: a person who knows one of
// them finds the other.
func friendlyNames(names string) string {
	if names == "…" {
		return say("problem.names.unread")
	}
	list := strings.Split(names, ",")
	for i, name := range list {
		name = strings.TrimSpace(name)
		if key, ok := friendly[name]; ok {
			name = say(key)
		}
		list[i] = name
	}
	return strings.Join(list, ", ")
}

// technical is the text behind the fold: the exact line of the catalogue, who
// told it, the cause, the time and the ref. No secret is ever among the facts.
func technical(p *flow.Problem, ref string, at time.Time) string {
	lines := []string{technicalLine(p)}
	if p.ByUser {
		lines = append(lines, say("evidence.told"))
	}
	if p.Err != nil {
		lines = append(lines, say("evidence.cause", "Cause", flow.Sanitize(p.Err.Error())))
	}
	lines = append(lines, say("evidence.time", "Time", moment(at)), say("evidence.ref", "Ref", ref))
	return strings.Join(lines, "\n")
}

// technicalLine fills the catalogue's template. What the problem does not know
// is left empty there, since a technical line must not invent anything.
func technicalLine(p *flow.Problem) string {
	t, err := template.New("").Option("missingkey=zero").Parse(p.Entry().Technical)
	if err != nil {
		return string(p.Code)
	}
	var b strings.Builder
	if err := t.Execute(&b, p.Facts); err != nil {
		return string(p.Code)
	}
	return b.String()
}
