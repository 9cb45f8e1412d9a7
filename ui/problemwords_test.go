package ui

import (
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template"
	"unicode"

	"granthelper/flow"
)

// suppliedFacts are the facts that flow gives with each code. Words may use
// these and "step" and "ref", nothing else.
var suppliedFacts = map[flow.Code][]string{
	flow.AbsentParameters: {"names"}, flow.DuplicatedParameters: {"names"}, flow.UnsupportedParameters: {"names"},
	flow.UnreadableType: {"value"}, flow.CallbackMismatch: {"callback"},
	flow.PortBusy: {"port", "program"}, flow.PortKept: {"port"}, flow.PlainAnswer: {"port"},
	flow.NoAnswerInTime: {"n", "ignored", "rules"}, flow.NotTrusted: {"alert"}, flow.WrongPath: {"path", "expected"},
	flow.NoAnswer: {"names"}, flow.CodeAndRefusal: {"names"}, flow.TwoCodes: {"names", "n"}, flow.ExtraNames: {"names"},
	flow.EmptyCode: {"n", "limit"}, flow.DamagedCode: {"n", "limit"}, flow.NewReason: {"names", "value"},
	flow.NotTheAnswer: {"callback"}, flow.UnknownText: {"n"}, flow.FarCallback: {"host"},
	flow.LongSecret: {"n", "limit"}, flow.PartMissing: {"program", "package"}, flow.OddDetails: {"field", "rule"},
	flow.Unexpected:  {"step", "ref"},
	flow.AlreadyOpen: {"port", "program", "pid"}, flow.LocalhostMoved: {"addr"}, flow.CertificateEnded: {"date"},
	flow.ClockWrong: {"n", "way", "skew", "host"}, flow.NoQuestion: {"ms"},
	flow.NoSuchName: {"host"}, flow.ServiceClosed: {"host"}, flow.CannotReach: {"host", "port", "reason"},
	flow.ProxyBlocked: {"host", "proxy", "status"}, flow.ForeignPage: {"host", "status", "title"},
	flow.ServerUntrusted: {"host", "reason", "issuer"}, flow.NotConnections: {"host", "status", "path"},
	flow.ServerBusy: {"host", "status", "n", "wait"}, flow.LookAlike: {"host", "punycode"}, flow.ReportNotSaved: {"path"},
	flow.PortReserved: {"port"}, flow.PortRefused: {"port"}, flow.Slept: {"n"},
	flow.UnreadableReply: {"status", "type", "n"}, flow.OutcomeUnknown: {"reason"},
}

// sampleFacts are facts as they could be, for words and pictures.
var sampleFacts = flow.Facts{
	"names": "client_id, callback_uri", "value": "co,de", "callback": "https://localhost:8443/callback/", "port": "8443", "program": "node",
	"pid": "4312", "alert": "unknown certificate", "path": "/elsewhere", "expected": "https://localhost:8443/callback", "n": "14", "limit": "256",
	"host": "apps.example.com", "addr": "192.0.2.7", "date": "2026-11-22", "way": "ahead", "skew": "842", "ms": "480", "reason": "unknown_issuer",
	"issuer": "Example Proxy CA", "proxy": "proxy.example.com:8080", "status": "503", "title": "Welcome to our guest network", "wait": "840",
	"punycode": "apps.xn--exmple-4nf.com", "package": "libnss3-tools", "field": "server", "rule": "server_unreadable",
	"step": "at browser", "ref": "CG-7F3A", "ignored": "4", "rules": "fetched ahead=3, method=1", "type": "text/html",
}

// supplied makes a problem of a code with all its facts.
func supplied(code flow.Code) *flow.Problem {
	p := &flow.Problem{Code: code, Step: flow.AtBrowser, Facts: flow.Facts{}}
	for _, name := range suppliedFacts[code] {
		p.Facts[name] = sampleFacts[name]
	}
	if code == flow.PartMissing {
		p.Facts["program"] = "certutil"
	}
	return p
}

func codes() []flow.Code {
	var list []flow.Code
	for code := range flow.Catalogue {
		list = append(list, code)
	}
	slices.Sort(list)
	return list
}

// verbs are the words a step may begin with (rubric R5).
var verbs = strings.Fields("Ask Change Check Choose Close Copy Do Fill Find Finish Get Go Install Look Make Open Paste Pick Reset Send Sign Start Turn Type Use Wait")

// banned are the words that blame or alarm (rubric R9, R10). The names of two
// controls have one of them, since that is what the browser calls it.
var banned = regexp.MustCompile(`(?i)\b(errors?|failed|failure|fails|invalid|illegal|bad|abort|fatal|please|sorry|oops)\b|!`)

func TestProblemWords_HoldTheRubric(t *testing.T) {
	for _, code := range codes() {
		entry, w := flow.Catalogue[code], wordsOf(supplied(code), "CG-7F3A", noon)
		if n := len(strings.Fields(w.title)); n == 0 || n > 6 || strings.Contains(w.title, string(code)) {
			t.Errorf("%s: title %q has %d words, want 1 to 6 and no code", code, w.title, n)
		}
		if len(w.steps) < 1 || len(w.steps) > 3 {
			t.Errorf("%s: %d steps, want 1 to 3", code, len(w.steps))
		}
		for _, step := range w.steps {
			first, _, _ := strings.Cut(strings.TrimPrefix(step, "Or "), " ")
			if !slices.ContainsFunc(verbs, func(v string) bool { return strings.EqualFold(v, first) }) {
				t.Errorf("%s: step %q does not begin with a verb", code, step)
			}
		}
		for _, text := range append([]string{w.title, w.what, w.why}, w.steps...) {
			checkSentence(t, code, text)
		}
		for _, text := range append([]string{w.what, w.why}, w.steps...) {
			if end := text[len(text)-1]; end != '.' {
				t.Errorf("%s: %q does not end like a sentence", code, text)
			}
		}
		if !strings.Contains(w.who, say("who."+string(entry.Who))) || strings.Contains(w.who, "who.") || strings.Contains(w.who, "kind.") {
			t.Errorf("%s: %q does not say who", code, w.who)
		}
	}
}

// checkSentence holds what is true of every text of a problem.
func checkSentence(t *testing.T, code flow.Code, text string) {
	t.Helper()
	if strings.HasPrefix(text, "problem.") || strings.ContainsAny(text, "{}<>") {
		t.Errorf("%s: %q is missing or has a hole", code, text)
	}
	for _, sentence := range strings.SplitAfter(text, ". ") {
		if n := len(strings.Fields(sentence)); n > 20 {
			t.Errorf("%s: %q has %d words, want 20 at most", code, sentence, n)
		}
	}
	if word := banned.FindString(strings.ReplaceAll(text, "It shows an error", "")); word != "" {
		t.Errorf("%s: %q has %q", code, text, word)
	}
}

// TestProblemWords_ReadLikeSchoolEnglish measures each problem by the grade of
// Flesch and Kincaid (rubric R9): 0.39 words a sentence, 11.8 syllables a word.
func TestProblemWords_ReadLikeSchoolEnglish(t *testing.T) {
	for _, code := range codes() {
		w := wordsOf(supplied(code), "CG-7F3A", noon)
		if grade := readingGrade(append([]string{w.what, w.why}, w.steps...)); grade > 7 {
			t.Errorf("%s reads like grade %.1f, want 7 at most: %s %s %s", code, grade, w.what, w.why, strings.Join(w.steps, " "))
		}
	}
	hard := "Authentication infrastructure misconfiguration necessitates administrative reauthorization procedures."
	if grade := readingGrade([]string{hard}); grade < 15 {
		t.Errorf("a hard sentence reads like grade %.1f: the measure is broken", grade)
	}
}

func readingGrade(texts []string) float64 {
	var sentences, words, syllables int
	for _, text := range texts {
		for _, sentence := range strings.SplitAfter(text, ". ") {
			sentences++
			for _, word := range strings.Fields(sentence) {
				words++
				syllables += syllablesOf(word)
			}
		}
	}
	return 0.39*float64(words)/float64(sentences) + 11.8*float64(syllables)/float64(words) - 15.59
}

var (
	vowels  = regexp.MustCompile(`[aeiouy]+`)
	silentE = regexp.MustCompile(`[^aeiouyl]e$|[^aeiouytd]ed$`)
)

// syllablesOf counts groups of vowels, without an e that is not heard.
func syllablesOf(word string) int {
	word = strings.ToLower(strings.Trim(word, ".,:;“”‘’()?"))
	return max(1, len(vowels.FindAllString(silentE.ReplaceAllString(word, ""), -1)))
}

func TestProblemWords_NameOnlyButtonsThatAreThere(t *testing.T) {
	named := regexp.MustCompile(`[Cc]hoose ([A-Z][^.,]*?)(?: and | if | once| when | to | in | until | for | only |[.,]|$)`)
	for _, code := range codes() {
		entry, w := flow.Catalogue[code], wordsOf(supplied(code), "", noon)
		there := []string{say("action.close"), say("waiting.stop"), say("action." + string(entry.Primary)), say("action." + string(entry.Secondary))}
		for _, step := range w.steps {
			for _, m := range named.FindAllStringSubmatch(step, -1) {
				if !slices.ContainsFunc(there, func(words string) bool { return strings.HasPrefix(words, m[1]) }) {
					t.Errorf("%s: step %q names %q, which is none of %q", code, step, m[1], there)
				}
			}
		}
	}
}

func TestProblemWords_EveryActionAndPersonHasWords(t *testing.T) {
	source, err := os.ReadFile(filepath.Join("..", "flow", "entry.go"))
	if err != nil {
		t.Fatal(err)
	}
	for _, kind := range []struct{ declared, prefix string }{{"Action", "action."}, {"Who", "who."}, {"Kind", "kind."}} {
		found := regexp.MustCompile(`(?m)^\t\w+\s+(?:`+kind.declared+`\s+)?= "(\w+)"`).FindAllStringSubmatch(block(string(source), kind.declared), -1)
		if len(found) == 0 {
			t.Fatalf("no %s found: the search is broken", kind.declared)
		}
		for _, m := range found {
			words := say(kind.prefix + m[1])
			if words == kind.prefix+m[1] {
				t.Errorf("%s%s has no words", kind.prefix, m[1])
			}
			letters := strings.Map(func(r rune) rune {
				if unicode.IsSpace(r) {
					return -1
				}
				return r
			}, words)
			if n := len([]rune(letters)); kind.declared == "Action" && n > 18 {
				t.Errorf("button %q has %d letters, want 18 at most", words, n)
			}
		}
	}
}

// block gives the constants of a type.
func block(source, name string) string {
	_, rest, _ := strings.Cut(source, "type "+name+" string")
	_, rest, _ = strings.Cut(rest, "const (")
	rest, _, _ = strings.Cut(rest, "\n)")
	return rest
}

func TestProblemWords_TechnicalLinesUseSuppliedFactsOnly(t *testing.T) {
	for _, code := range codes() {
		line, err := template.New("").Option("missingkey=error").Parse(flow.Catalogue[code].Technical)
		if err != nil {
			t.Errorf("%s: %v", code, err)
			continue
		}
		if err := line.Execute(&strings.Builder{}, supplied(code).Facts); err != nil {
			t.Errorf("%s: %v", code, err)
		}
	}
}

func TestProblemWords_CatalogueAndEnglishAgreeOnSteps(t *testing.T) {
	words := english(t)
	for _, code := range codes() {
		if _, more := words[wordKey(code, "step"+strconv.Itoa(flow.Catalogue[code].Steps+1))]; more {
			t.Errorf("%s has more steps in en.json than in the catalogue", code)
		}
	}
}

func TestProblemWords_SayBothNamesOfADetail(t *testing.T) {
	p := &flow.Problem{Code: flow.AbsentParameters, Facts: flow.Facts{"names": "client_id, callback_uri"}}
	if got, want := wordsOf(p, "", noon).what, "The server stopped because the request did not include: client ID (client_id), callback URL (callback_uri)."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
	p.Facts["names"] = "…"
	if got, want := wordsOf(p, "", noon).what, "The server stopped because the request did not include: what your page names."; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestTimeline_HasASentenceForEverythingThatHappens(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "flow", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	happened := regexp.MustCompile(`happened\(\w+, "(\w+)"`)
	found := []string{flow.Done.String(), flow.Denied.String(), flow.Failed.String(), flow.Cancelled.String()}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range happened.FindAllStringSubmatch(string(source), -1) {
			found = append(found, m[1])
		}
	}
	if len(found) < 10 {
		t.Fatalf("only %q found: the search is broken", found)
	}
	for _, what := range found {
		h := flow.Happening{What: what, Facts: flow.Facts{"level": "B", "callback": "c", "n": "10", "code": "D7"}}
		if got := happeningWords(h); strings.HasPrefix(got, "timeline.") || strings.Contains(got, "<no value>") {
			t.Errorf("%s says %q", what, got)
		}
	}
}

func TestIgnoredWords_NameEveryRuleOfTheListener(t *testing.T) {
	files, err := filepath.Glob(filepath.Join("..", "flow", "loopback", "*.go"))
	if err != nil {
		t.Fatal(err)
	}
	rule := regexp.MustCompile(`(?:rule: |StatusMethodNotAllowed, |flow\.Refused, )"([^"]+)"`)
	found := []string{"unbound", "strict"}
	for _, file := range files {
		source, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, m := range rule.FindAllStringSubmatch(string(source), -1) {
			found = append(found, m[1])
		}
	}
	if len(found) < 10 {
		t.Fatalf("only %q found: the search is broken", found)
	}
	for _, name := range found {
		if words := ignoredWords(name + "=2"); !strings.HasPrefix(words, "2 × ") || strings.Contains(words, "ignored.") {
			t.Errorf("%q is named %q", name, words)
		}
	}
	if got, want := ignoredWords("fetched ahead=3, method=1"), "3 × pages fetched ahead, 1 × odd requests"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}
