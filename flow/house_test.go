package flow

import (
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"path"
	"strconv"
	"strings"
	"testing"
)

// TestHouse_NoForbiddenDoors holds the directions of dependency that keep the
// parts apart (DESIGN 3): windows stay in ui, flow knows none of its children,
// the practice server knows nothing of the flow it answers to, what goes out
// knows the flow alone, and nothing that ships brings test machinery with it.
func TestHouse_NoForbiddenDoors(t *testing.T) {
	forbidden := func(file, imported string) bool {
		dir := path.Dir(file)
		switch {
		case imported == "testing" || imported == "net/http/httptest":
			return true
		case strings.HasPrefix(imported, "fyne.io/"):
			return dir != "." && dir != "ui" && !strings.HasPrefix(dir, "ui/")
		case dir == "flow":
			return strings.HasPrefix(imported, "granthelper/")
		case dir == "flow/practice":
			return strings.HasPrefix(imported, "granthelper/") && imported != "granthelper/assets"
		case dir == "flow/outbound":
			return strings.HasPrefix(imported, "granthelper/") && imported != "granthelper/flow"
		case dir == "assets":
			return imported != "embed"
		case dir == "ui":
			return strings.HasPrefix(imported, "granthelper/flow/")
		}
		return strings.HasPrefix(imported, "granthelper/ui") && dir != "." && !strings.HasPrefix(dir, "ui/")
	}
	seen := 0
	house := os.DirFS("..")
	err := fs.WalkDir(house, ".", func(file string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(file, ".go") || strings.HasSuffix(file, "_test.go") || strings.HasPrefix(file, "ui/e2e/") {
			return err
		}
		source, err := fs.ReadFile(house, file)
		if err != nil {
			return err
		}
		parsed, err := parser.ParseFile(token.NewFileSet(), file, source, parser.ImportsOnly)
		if err != nil {
			return err
		}
		seen++
		for _, spec := range parsed.Imports {
			imported, _ := strconv.Unquote(spec.Path.Value)
			if forbidden(file, imported) {
				t.Errorf("%s must not import %s", file, imported)
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	if seen < 10 {
		t.Errorf("looked at %d files only: is this the house?", seen)
	}
}
