package e2e

import (
	"bufio"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"errors"
	"net/http"
	"os"
	"os/exec"
	"strings"
	"syscall"
	"testing"
	"time"
)

// alone runs the program without a window, in a home of its own.
func alone(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	home := t.TempDir()
	c := exec.CommandContext(within(t, time.Minute), program, args...)
	c.Env = []string{"HOME=" + home, "XDG_CONFIG_HOME=" + home + "/.config", "PATH=" + os.Getenv("PATH")}
	return c
}

// exitCode is the code a program ended with; -1 when it did not even start.
func exitCode(err error) int {
	var ended *exec.ExitError
	switch {
	case err == nil:
		return 0
	case errors.As(err, &ended):
		return ended.ExitCode()
	}
	return -1
}

func TestProgram_PracticeServerAlone(t *testing.T) {
	c := alone(t, "-practice-server", "-addr", "localhost:0", "-json")
	out, err := c.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	line, err := bufio.NewReader(out).ReadBytes('\n')
	if err != nil {
		t.Fatal(err)
	}
	var about struct {
		Server       string `json:"server"`
		ClientID     string `json:"client_id"`
		ClientSecret string `json:"client_secret"`
		CallbackURL  string `json:"callback_url"`
		CAFile       string `json:"ca_file"`
		Users        []any  `json:"users"`
	}
	if err := json.Unmarshal(line, &about); err != nil {
		t.Fatalf("%q is not one line of JSON: %v", line, err)
	}
	if about.ClientID == "" || about.ClientSecret == "" || about.CallbackURL == "" || len(about.Users) != 3 {
		t.Errorf("something is missing in %s", line)
	}
	pem, err := os.ReadFile(about.CAFile)
	if err != nil {
		t.Fatal(err)
	}
	roots := x509.NewCertPool()
	roots.AppendCertsFromPEM(pem)
	client := &http.Client{Transport: &http.Transport{TLSClientConfig: &tls.Config{RootCAs: roots}}}
	answer, err := client.Get(about.Server + "/manage/oauth2/authorize?response_type=code&client_id=" + about.ClientID)
	if err != nil {
		t.Fatal(err)
	}
	_ = answer.Body.Close()
	if answer.StatusCode != http.StatusOK {
		t.Errorf("the sign-in page has status %d, want 200", answer.StatusCode)
	}
	client.CloseIdleConnections()
	if err := c.Process.Signal(syscall.SIGTERM); err != nil {
		t.Fatal(err)
	}
	if err := c.Wait(); err != nil {
		t.Errorf("after SIGTERM: %v, want exit code 0", err)
	}
}

func TestProgram_SaysItsVersionAndRefusesNonsense(t *testing.T) {
	out, err := alone(t, "-version").Output()
	if err != nil || !strings.HasPrefix(string(out), "Grant Helper ") {
		t.Errorf("-version printed %q, %v", out, err)
	}
	for _, args := range [][]string{{"-nonsense"}, {"stray"}, {"-log-level", "loud"}} {
		said, err := alone(t, args...).CombinedOutput()
		if exitCode(err) != 2 || len(said) == 0 {
			t.Errorf("%v: %v and %q, want exit code 2 and words", args, err, said)
		}
	}
}

func TestProgram_WithoutADisplaySaysSoInOneLine(t *testing.T) {
	said, err := alone(t).CombinedOutput()
	if exitCode(err) != 1 || strings.Count(string(said), "\n") != 1 || !strings.Contains(string(said), "display") {
		t.Errorf("%v and %q, want exit code 1 and one line about the display", err, said)
	}
}
