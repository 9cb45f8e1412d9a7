package flow

import (
	"net/url"
	"sort"
	"strconv"
	"strings"
)

// queryLimit is the longest query of a callback that is looked at, in bytes.
const queryLimit = 4096

// Answer is what a callback's query means. Exactly one of Code, Denied and
// Problem is set.
type Answer struct {
	Code    Secret   // the authorization code
	Denied  bool     // the person at the sign-in page said no
	Problem *Problem // there is an answer, but not one that can be used
	Extras  []string // names of parameters the guide does not list, sorted
}

// Same reports whether two answers are the same answer delivered twice.
func (a Answer) Same(b Answer) bool {
	if a.Problem != nil || b.Problem != nil {
		return a.Problem != nil && b.Problem != nil && a.Problem.Code == b.Problem.Code
	}
	return a.Denied == b.Denied && a.Code.Equal(b.Code)
}

// ReadAnswer reads the raw query of a callback for this kind of server,
// strictly: at most 4 KiB, no semicolons, every escape whole, each known name
// at most once, a code of 1 to CodeLimit characters of %x21–7E (RFC 6749
// A.11), and either a code or a refusal, never both.
func (s Server) ReadAnswer(rawQuery string) Answer {
	if len(rawQuery) > queryLimit || strings.Contains(rawQuery, ";") {
		return unusable(NoAnswer, nil)
	}
	query, err := url.ParseQuery(rawQuery)
	if err != nil {
		return unusable(NoAnswer, nil)
	}
	var names, extras []string
	for name := range query {
		names = append(names, plainName(name))
		if name != "code" && name != s.ErrorParam {
			extras = append(extras, plainName(name))
		}
	}
	sort.Strings(names)
	sort.Strings(extras)
	facts := Facts{"names": strings.Join(names, ", ")}
	codes, refusals := query["code"], query[s.ErrorParam]
	switch {
	case len(codes) > 0 && len(refusals) > 0:
		return unusable(CodeAndRefusal, facts)
	case len(codes) > 1 || len(refusals) > 1:
		return unusable(TwoCodes, facts.with("n", strconv.Itoa(len(codes)+len(refusals))))
	case len(codes) == 1:
		return s.readCode(codes[0], facts, extras)
	case len(refusals) == 1 && refusals[0] == s.DeniedValue:
		return Answer{Denied: true, Extras: extras}
	case len(refusals) == 1:
		return unusable(NewReason, facts.with("value", Sanitize(refusals[0])))
	}
	return unusable(NoAnswer, facts)
}

func (s Server) readCode(code string, facts Facts, extras []string) Answer {
	facts = facts.with("n", strconv.Itoa(len([]rune(code)))).with("limit", strconv.Itoa(s.CodeLimit))
	if code == "" {
		return unusable(EmptyCode, facts)
	}
	if len(code) > s.CodeLimit || strings.ContainsFunc(code, func(r rune) bool { return r < 0x21 || r > 0x7e }) {
		return unusable(DamagedCode, facts)
	}
	return Answer{Code: Conceal(code), Extras: extras}
}

func unusable(code Code, facts Facts) Answer {
	return Answer{Problem: &Problem{Code: code, Step: AtBrowser, Facts: facts}}
}

// plainName makes a parameter name fit to show: foreign text, so short and
// sanitised.
func plainName(name string) string {
	name = Sanitize(name)
	if r := []rune(name); len(r) > 40 {
		name = string(r[:40]) + "…"
	}
	return name
}
