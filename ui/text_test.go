package ui

import (
	"bytes"
	"encoding/json"
	"go/ast"
	"go/parser"
	"go/token"
	"log"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"
	"text/template"
	"text/template/parse"

	"granthelper/assets"

	"fyne.io/fyne/v2/lang"
)

// english reads en.json: each key with its forms, one or, where a number
// changes the words, several.
func english(t *testing.T) map[string][]string {
	t.Helper()
	data, err := assets.Translations.ReadFile("translations/en.json")
	if err != nil {
		t.Fatal(err)
	}
	var raw map[string]any
	if err := json.Unmarshal(data, &raw); err != nil {
		t.Fatalf("en.json: %v", err)
	}
	words := map[string][]string{}
	for key, value := range raw {
		switch v := value.(type) {
		case string:
			words[key] = []string{v}
		case map[string]any:
			for form, text := range v {
				s, ok := text.(string)
				if !ok || (form != "one" && form != "other") {
					t.Errorf("%s: form %q is not one or other with words", key, form)
					continue
				}
				words[key] = append(words[key], s)
			}
		default:
			t.Errorf("%s is neither words nor forms", key)
		}
	}
	return words
}

// use is one call of say or sayCount in the package.
type use struct {
	where string
	key   *regexp.Regexp // of the key, or of the family it is built from
	facts []string       // names given, as far as they are literal
	known bool           // whether key is one key and facts is complete
}

// source parses the files of the package that go into the program.
func source(t *testing.T) (*token.FileSet, map[string]*ast.File) {
	t.Helper()
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	set, files := token.NewFileSet(), map[string]*ast.File{}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		if files[name], err = parser.ParseFile(set, name, nil, 0); err != nil {
			t.Fatal(err)
		}
	}
	return set, files
}

// family turns the expression of a key into a pattern: what is not literal
// may be anything. It gives nil when nothing is literal.
func family(e ast.Expr) *regexp.Regexp {
	var build func(ast.Expr) string
	build = func(e ast.Expr) string {
		switch e := e.(type) {
		case *ast.BasicLit:
			if s, err := strconv.Unquote(e.Value); err == nil {
				return regexp.QuoteMeta(s)
			}
		case *ast.BinaryExpr:
			return build(e.X) + build(e.Y)
		}
		return ".+"
	}
	pattern := build(e)
	if strings.Trim(pattern, ".+") == "" {
		return nil
	}
	return regexp.MustCompile("^" + pattern + "$")
}

// uses finds the calls, and every literal or built text that could be a key
// handed around before it is said.
func uses(t *testing.T) (calls []use, texts []*regexp.Regexp) {
	set, files := source(t)
	for _, file := range files {
		ast.Inspect(file, func(n ast.Node) bool {
			if e, ok := n.(ast.Expr); ok {
				switch e.(type) {
				case *ast.BasicLit, *ast.BinaryExpr:
					if f := family(e); f != nil {
						texts = append(texts, f)
					}
				}
			}
			call, ok := n.(*ast.CallExpr)
			if !ok || len(call.Args) == 0 {
				return true
			}
			name, ok := call.Fun.(*ast.Ident)
			if !ok || (name.Name != "say" && name.Name != "sayCount") {
				return true
			}
			one := use{where: set.Position(call.Pos()).String(), key: family(call.Args[0]), known: !call.Ellipsis.IsValid()}
			if _, literal := call.Args[0].(*ast.BasicLit); !literal {
				one.known = false
			}
			rest := call.Args[1:]
			if name.Name == "sayCount" {
				rest, one.facts = call.Args[2:], []string{"Count"}
			}
			for i := 0; i < len(rest); i += 2 {
				lit, ok := rest[i].(*ast.BasicLit)
				if !ok {
					one.known = false
					break
				}
				fact, _ := strconv.Unquote(lit.Value)
				one.facts = append(one.facts, fact)
			}
			calls = append(calls, one)
			return true
		})
	}
	return calls, texts
}

// holes lists the placeholders of a text.
func holes(t *testing.T, key, text string) []string {
	t.Helper()
	tree, err := template.New(key).Parse(text)
	if err != nil {
		t.Errorf("%s does not parse: %v", key, err)
		return nil
	}
	var names []string
	for _, node := range tree.Root.Nodes {
		action, ok := node.(*parse.ActionNode)
		if !ok {
			continue
		}
		name := strings.TrimPrefix(action.Pipe.String(), ".")
		if strings.ContainsAny(name, " .|(") {
			t.Errorf("%s: {{%s}} is more than a name", key, action.Pipe)
		}
		names = append(names, name)
	}
	return names
}

func TestWords_EveryKeyUsedIsInEnglish(t *testing.T) {
	words := english(t)
	calls, _ := uses(t)
	if len(calls) == 0 {
		t.Fatal("no use of say found: the search is broken")
	}
	for _, call := range calls {
		if call.key == nil {
			continue // handed in from elsewhere, where it is a literal
		}
		found := false
		for key, forms := range words {
			if !call.key.MatchString(key) {
				continue
			}
			found = true
			if !call.known {
				continue
			}
			for _, form := range forms {
				for _, hole := range holes(t, key, form) {
					if !slices.Contains(call.facts, hole) {
						t.Errorf("%s: %s needs {{.%s}}, which is not given", call.where, key, hole)
					}
				}
			}
		}
		if !found {
			t.Errorf("%s: no key %s in en.json", call.where, call.key)
		}
	}
}

func TestWords_EveryKeyOfEnglishIsUsed(t *testing.T) {
	_, texts := uses(t)
	for key := range english(t) {
		if !slices.ContainsFunc(texts, func(text *regexp.Regexp) bool { return text.MatchString(key) }) {
			t.Errorf("%s is not used", key)
		}
	}
}

func TestWords_KeepTheHouseRules(t *testing.T) {
	for key, forms := range english(t) {
		for _, text := range forms {
			holes(t, key, text)
			if text == "" || strings.TrimSpace(text) != text {
				t.Errorf("%s: %q is empty or has blanks at an end", key, text)
			}
			if strings.Count(text, "**")%2 != 0 {
				t.Errorf("%s: %q opens bold and does not close it", key, text)
			}
			// The bundled font has no blank beside this arrow (TOOLCHAIN §6).
			if strings.Contains(text, "→") {
				t.Errorf("%s: %q has an arrow, which is drawn with a broken blank", key, text)
			}
			if strings.HasPrefix(key, "note.") {
				continue // a letter from one person to another, as UX §3.9 words it
			}
			for _, word := range []string{"please", "sorry", "oops", "!"} {
				if strings.Contains(strings.ToLower(text), word) {
					t.Errorf("%s: %q has %q", key, text, word)
				}
			}
		}
	}
}

func TestWords_EveryLanguageHasTheKeysOfEnglish(t *testing.T) {
	want := english(t)
	files, err := os.ReadDir("../assets/translations")
	if err != nil {
		t.Fatal(err)
	}
	for _, file := range files {
		data, err := os.ReadFile(filepath.Join("../assets/translations", file.Name()))
		if err != nil {
			t.Fatal(err)
		}
		var got map[string]any
		if err := json.Unmarshal(data, &got); err != nil {
			t.Fatalf("%s: %v", file.Name(), err)
		}
		for key := range want {
			if _, ok := got[key]; !ok {
				t.Errorf("%s lacks %s", file.Name(), key)
			}
		}
		for key := range got {
			if _, ok := want[key]; !ok {
				t.Errorf("%s has %s, which English has not", file.Name(), key)
			}
		}
	}
}

func TestSay_FillsFactsByName(t *testing.T) {
	if got, want := say("mode.real", "Host", "apps.example.com"), "**REAL** · apps.example.com"; got != want {
		t.Errorf("say: %q, want %q", got, want)
	}
	if got, want := say("field.count", "Count", 64, "Limit", 256), "64 of 256 characters"; got != want {
		t.Errorf("say: %q, want %q", got, want)
	}
}

// Fyne speaks German and we do not yet: the words are English, and nothing is
// reported for each of them.
func TestSay_IsQuietInALanguageOnlyFyneHas(t *testing.T) {
	t.Cleanup(func() { // runs last, with the language of the tests again
		if err := lang.AddTranslationsFS(assets.Translations, "translations"); err != nil {
			t.Error(err)
		}
		log.SetOutput(os.Stderr)
	})
	var reports bytes.Buffer
	log.SetOutput(&reports)
	for _, name := range []string{"LANG", "LC_ALL", "LC_MESSAGES", "LANGUAGE"} {
		t.Setenv(name, "de_AT.UTF-8")
	}
	if err := lendEnglish("de-AT"); err != nil {
		t.Fatal(err)
	}
	if got := say("bar.help"); got != "Help" {
		t.Errorf("Help is %q", got)
	}
	if got := lang.L("Cut"); got != "Ausschneiden" {
		t.Errorf("Fyne says %q for Cut: it is not in German, so this shows nothing", got)
	}
	if reports.Len() > 0 {
		t.Errorf("reported: %s", reports.String())
	}
}
