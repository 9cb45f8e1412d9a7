package outbound

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"granthelper/flow"
)

// init plays the program on a computer whose file of names was changed.
func init() {
	hosts := os.Getenv("OUTBOUND_TEST_HOSTS")
	if hosts == "" {
		return
	}
	if err := syscall.Mount(hosts, "/etc/hosts", "", syscall.MS_BIND, ""); err != nil {
		fmt.Println("no mount:", err)
		os.Exit(1)
	}
	addresses, err := (&Network{}).Lookup(context.Background(), "localhost")
	fmt.Println(addresses, err)
	os.Exit(0)
}

// TestLookup_MovedLocalhost runs this program where localhost leads to another
// computer.
func TestLookup_MovedLocalhost(t *testing.T) {
	hosts := filepath.Join(t.TempDir(), "hosts")
	if err := os.WriteFile(hosts, []byte("192.0.2.7 localhost\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	moved := exec.Command(os.Args[0])
	moved.Env = append(os.Environ(), "OUTBOUND_TEST_HOSTS="+hosts)
	moved.SysProcAttr = &syscall.SysProcAttr{
		Cloneflags:  syscall.CLONE_NEWUSER | syscall.CLONE_NEWNS,
		UidMappings: []syscall.SysProcIDMap{{ContainerID: 0, HostID: os.Getuid(), Size: 1}},
	}
	out, err := moved.CombinedOutput()
	if err != nil {
		t.Skipf("LEFT OUT: this system gives no files of its own (%v: %s), so nothing was learnt about it", err, out)
	}
	if !strings.HasPrefix(string(out), "[192.0.2.7] ") {
		t.Errorf("got %q, want the other address", out)
	}
}

// TestLookup_KnowsAComputerWithoutNetwork runs this program where there is no
// interface but an idle loopback one.
func TestLookup_KnowsAComputerWithoutNetwork(t *testing.T) {
	alone := exec.Command(os.Args[0])
	alone.Env = append(os.Environ(), "OUTBOUND_TEST_PART=offline")
	alone.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWUSER | syscall.CLONE_NEWNET}
	out, err := alone.Output()
	if err != nil {
		t.Skipf("this system gives no network of its own (%v), so nothing was learnt about it", err)
	}
	if !strings.HasPrefix(string(out), string(flow.Offline)+": ") {
		t.Errorf("got %q, want %s", out, flow.Offline)
	}
}
