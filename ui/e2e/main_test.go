package e2e

import (
	"context"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"testing"
	"time"
)

// pictures is where -pictures keeps a picture of each screen.
var pictures = flag.String("pictures", "", "folder that gets a picture of each screen of the product")

// program is the Grant Helper that TestMain built.
var program string

// TestMain builds the program once, as make build does but without
// migrated_fynedo: then Fyne reports every touch of the window from a wrong
// thread, and stopProgram fails the test.
func TestMain(m *testing.M) {
	flag.Parse()
	os.Exit(func() int {
		folder, err := os.MkdirTemp("", "granthelper-build-")
		if err != nil {
			fmt.Fprintln(os.Stderr, err)
			return 1
		}
		defer func() { _ = os.RemoveAll(folder) }()
		program = filepath.Join(folder, "granthelper")
		ctx, cancel := context.WithTimeout(context.Background(), 15*time.Minute)
		defer cancel()
		build := exec.CommandContext(ctx, "go", "build", "-tags", "no_metadata", "-o", program, "granthelper")
		if said, err := build.CombinedOutput(); err != nil {
			fmt.Fprintf(os.Stderr, "building the program: %v\n%s", err, said)
			return 1
		}
		return m.Run()
	}())
}
