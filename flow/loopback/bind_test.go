package loopback

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"net"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"
	"syscall"
	"testing"

	"granthelper/flow"
)

// TestMain also plays the other programs of this computer: one that holds a
// port, and one without rights.
func TestMain(m *testing.M) {
	switch os.Getenv("LOOPBACK_TEST_PART") {
	case "hold":
		l, err := net.Listen("tcp4", "0.0.0.0:"+os.Getenv("LOOPBACK_TEST_PORT"))
		fmt.Println(l != nil, err)
		_, _ = bufio.NewReader(os.Stdin).ReadString('\n') // until the test is done
	case "kept":
		if err := dropRights(); err != nil {
			fmt.Println("drop rights:", err)
			return
		}
		u, _ := url.Parse("https://localhost:81/callback")
		fmt.Println(probe(context.Background(), &Listener{}, u))
	default:
		os.Exit(m.Run())
	}
}

func callbackAt(t *testing.T, host, port string) *url.URL {
	t.Helper()
	u, err := url.Parse("https://" + host + ":" + port + "/callback")
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// probe is Probe's error alone.
func probe(ctx context.Context, l *Listener, callback *url.URL) error {
	_, err := l.Probe(ctx, callback)
	return err
}

func problemOf(t *testing.T, err error) *flow.Problem {
	t.Helper()
	problem, ok := err.(*flow.Problem) //nolint:errorlint // the contract is the type itself
	if !ok {
		t.Fatalf("got %v, want a *flow.Problem", err)
	}
	return problem
}

// TestListener_NamesTheProgramThatHoldsThePort meets a program of another name
// and then one of our own.
func TestListener_NamesTheProgramThatHoldsThePort(t *testing.T) {
	stranger := filepath.Join(t.TempDir(), "stranger")
	if err := os.Link(os.Args[0], stranger); err != nil {
		text, err := os.ReadFile(os.Args[0]) // the two folders lie on different disks
		if err == nil {
			err = os.WriteFile(stranger, text, 0o700)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	for path, want := range map[string]flow.Code{stranger: flow.PortBusy, os.Args[0]: flow.AlreadyOpen} {
		if !holderIsKnown {
			want = flow.PortBusy
		}
		port := freePort(t)
		pid := hold(t, path, port)
		_, err := (&Listener{Certificate: certify}).Listen(t.Context(), testSite(t, callbackAt(t, "localhost", port).String()))
		problem := problemOf(t, err)
		if problem.Code != want || problem.Facts["port"] != port {
			t.Fatalf("%s: got %v, facts %v, want %v", filepath.Base(path), problem, problem.Facts, want)
		}
		if holderIsKnown && (problem.Facts["pid"] != strconv.Itoa(pid) || problem.Facts["program"] == "") {
			t.Errorf("got facts %v, want pid %d", problem.Facts, pid)
		}
		if !errors.Is(problem, syscall.EADDRINUSE) {
			t.Errorf("the error behind it is %v", problem.Err)
		}
	}
}

// hold starts a program that holds a port until the test is done.
func hold(t *testing.T, path, port string) (pid int) {
	t.Helper()
	other := exec.Command(path)
	other.Env = append(os.Environ(), "LOOPBACK_TEST_PART=hold", "LOOPBACK_TEST_PORT="+port)
	in, _ := other.StdinPipe()
	out, _ := other.StdoutPipe()
	if err := other.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = in.Close(); _ = other.Wait() })
	if line, err := bufio.NewReader(out).ReadString('\n'); err != nil || !strings.HasPrefix(line, "true") {
		t.Fatalf("the other program: %s %v", line, err)
	}
	return other.Process.Pid
}

func TestListener_SaysWhenThePortIsKept(t *testing.T) {
	if first, err := os.ReadFile("/proc/sys/net/ipv4/ip_unprivileged_port_start"); err == nil && strings.TrimSpace(string(first)) != "1024" {
		t.Skipf("this computer gives ports from %s to everybody", strings.TrimSpace(string(first)))
	}
	if runtime.GOOS == "windows" || runtime.GOOS == "darwin" {
		t.Skip("this system keeps no ports back by number")
	}
	other := exec.Command(os.Args[0]) // gives its rights away first, should it have any
	other.Env = append(os.Environ(), "LOOPBACK_TEST_PART=kept")
	out, err := other.CombinedOutput()
	if err != nil || !strings.HasPrefix(string(out), string(flow.PortKept)+":") {
		t.Errorf("got %q, %v, want %s", out, err, flow.PortKept)
	}
}

func TestListener_TakesBothFamiliesAndLetsGo(t *testing.T) {
	o := open(t)
	for _, address := range []string{"127.0.0.1", "::1"} {
		if l, err := net.Listen("tcp", net.JoinHostPort(address, o.place.port)); err == nil {
			_ = l.Close()
			t.Errorf("%s was left free", address)
		}
	}
	l := &Listener{Certificate: certify}
	if problem := problemOf(t, probe(t.Context(), l, o.inner.site.Callback)); problem.Code != flow.PortBusy {
		t.Errorf("Probe beside a visit: %v", problem)
	}
	if _, err := l.Listen(t.Context(), o.inner.site); problemOf(t, err).Code != flow.PortBusy {
		t.Errorf("a second Listen: %v", err)
	}
	if err := o.Close(); err != nil {
		t.Fatal(err)
	}
	if err := probe(t.Context(), l, o.inner.site.Callback); err != nil {
		t.Fatalf("Probe after Close: %v", err)
	}
	again, err := l.Listen(t.Context(), o.inner.site)
	if err != nil {
		t.Fatalf("Listen after Close: %v", err)
	}
	_ = again.Close()
}

func TestListener_TakesNeitherWhenOneIsHeld(t *testing.T) {
	port := freePort(t)
	six, err := net.Listen("tcp6", "[::1]:"+port)
	if err != nil {
		t.Fatal(err)
	}
	var four net.Listener
	l := &Listener{open: func(ctx context.Context, network, address string) (net.Listener, error) {
		socket, err := (&net.ListenConfig{}).Listen(ctx, network, address)
		if network == "tcp4" {
			four = socket
		}
		return socket, err
	}}
	problem := problemOf(t, probe(t.Context(), l, callbackAt(t, "localhost", port)))
	if problem.Code != flow.PortBusy {
		t.Errorf("got %v", problem)
	}
	if err := four.Close(); !errors.Is(err, net.ErrClosed) {
		t.Errorf("127.0.0.1 was kept: %v", err)
	}
	_ = six.Close()
}

func TestPlaceOf_WritesTheAddressAsBrowsersDo(t *testing.T) {
	for callback, want := range map[string]place{
		"https://LocalHost:8443/Cb":           {"8443", "localhost:8443", "https://localhost:8443", "/Cb", ""},
		"https://localhost/":                  {"443", "localhost", "https://localhost", "/", ""},
		"https://localhost:443":               {"443", "localhost", "https://localhost", "/", ""},
		"https://127.0.0.1:08443/a%2Fb?c=%64": {"8443", "127.0.0.1:8443", "https://127.0.0.1:8443", "/a%2Fb", "c=%64"},
		"https://[0:0:0:0:0:0:0:1]:8443/é":    {"8443", "[::1]:8443", "https://[::1]:8443", "/%C3%A9", ""},
		"https://[::1]/":                      {"443", "[::1]", "https://[::1]", "/", ""},
	} {
		u, err := url.Parse(callback)
		if err != nil {
			t.Fatal(err)
		}
		if got, err := placeOf(u); err != nil || got != want {
			t.Errorf("%s: got %+v, %v, want %+v", callback, got, err, want)
		}
	}
}

// TestListener_GoesOnWithoutIPv6 forces the two answers a system without IPv6
// gives; such a system is not at hand.
func TestListener_GoesOnWithoutIPv6(t *testing.T) {
	for _, errno := range []syscall.Errno{syscall.EAFNOSUPPORT, syscall.EADDRNOTAVAIL} {
		o := open(t, func(l *Listener, _ *flow.Site) {
			l.open = func(ctx context.Context, network, address string) (net.Listener, error) {
				if network == "tcp6" {
					return nil, &net.OpError{Op: "listen", Net: network, Err: os.NewSyscallError("bind", errno)}
				}
				return (&net.ListenConfig{}).Listen(ctx, network, address)
			}
		})
		o.await(flow.OneFamily)
		b := newBrowser(o)
		b.start()
		if _, a := b.answer("code=abc"); a.Level != flow.LevelA {
			t.Errorf("got level %v", a.Level)
		}
	}
}

func TestListener_ServesEveryWayToWriteThisComputer(t *testing.T) {
	for _, host := range []string{"localhost", "LocalHost", "127.0.0.1", "[::1]", "[0:0:0:0:0:0:0:1]"} {
		o := open(t, func(_ *Listener, s *flow.Site) { s.Callback = callbackAt(t, host, freePort(t)) })
		b := newBrowser(o)
		b.start()
		if _, a := b.answer("code=abc"); a.Level != flow.LevelA {
			t.Errorf("%s: got level %v", host, a.Level)
		}
	}
}

func TestListener_RefusesCallbacksItCannotWaitOn(t *testing.T) {
	for callback, want := range map[string]flow.Code{
		"http://localhost:1234/cb": flow.HTTPCallback, "https://example.com:1234/cb": flow.FarCallback, "https://localhost:1234/cb#x": flow.HashCallback,
		"https://u@localhost:1234/cb": flow.OddDetails, "https://localhost:0/cb": flow.OddDetails, "https://localhost:70000/cb": flow.OddDetails,
		"ftp://localhost:1234/cb": flow.OddDetails, "https://0.0.0.0:1234/cb": flow.FarCallback, "https://127.0.0.2:1234/": flow.FarCallback,
	} {
		u, err := url.Parse(callback)
		if err != nil {
			t.Fatal(err)
		}
		if problem := problemOf(t, probe(t.Context(), &Listener{}, u)); problem.Code != want {
			t.Errorf("%s: got %v, want %s", callback, problem, want)
		}
	}
	if problem := problemOf(t, probe(t.Context(), &Listener{}, nil)); problem.Code != flow.OddDetails {
		t.Errorf("nil: got %v", problem)
	}
}

func TestListener_TakesTheAnswerAfterTheCallbacksOwnQuery(t *testing.T) {
	o := open(t, func(_ *Listener, s *flow.Site) { s.Callback.RawQuery = "tenant=7&x=%20" })
	b := newBrowser(o)
	b.start()
	for _, other := range []string{"code=abc", "tenant=8&x=%20&code=abc", "tenant=7&x=+&code=abc", "tenant=7&x=%20code=abc", "code=abc&tenant=7&x=%20"} {
		if p := b.visit("/callback?" + other); p.status != 404 {
			t.Errorf("%s: status %d, want 404", other, p.status)
		}
	}
	if _, a := b.answer("tenant=7&x=%20&code=abc"); a.Level != flow.LevelA || a.Answer.Code.Reveal() != "abc" || len(a.Answer.Extras) != 0 {
		t.Errorf("got level %v, extras %v", a.Level, a.Answer.Extras)
	}
}

func TestListener_PassesOnWhyThereIsNoCertificate(t *testing.T) {
	why := errors.New("no key")
	l := &Listener{Certificate: certifyNot(why)}
	_, err := l.Listen(t.Context(), testSite(t, callbackAt(t, "localhost", freePort(t)).String()))
	if problem := problemOf(t, err); problem.Code != flow.Unexpected || !errors.Is(err, why) {
		t.Errorf("got %v", err)
	}
}

// A system or security software may refuse what is free; the numbers are what
// the operating system says then.
func TestListener_TellsTheRefusalsOfASystemApart(t *testing.T) {
	for _, row := range []struct {
		port  string
		errno syscall.Errno
		want  flow.Code
	}{
		{"8443", syscall.EACCES, flow.PortRefused},
		{"8443", syscall.EPERM, flow.PortRefused},
		{"443", syscall.EACCES, flow.PortKept},
		{"8443", wsaDenied, flow.PortReserved},
	} {
		l := &Listener{open: func(context.Context, string, string) (net.Listener, error) {
			return nil, &net.OpError{Op: "listen", Net: "tcp4", Err: os.NewSyscallError("bind", row.errno)}
		}}
		if p := problemOf(t, probe(t.Context(), l, callbackAt(t, "localhost", row.port))); p.Code != row.want || p.Facts["port"] != row.port {
			t.Errorf("port %s, %v: got %v %v, want %v", row.port, row.errno, p.Code, p.Facts, row.want)
		}
	}
}

func TestListener_ProbeTellsWhetherBothFamiliesAreThere(t *testing.T) {
	callback := callbackAt(t, "localhost", freePort(t))
	if both, err := (&Listener{}).Probe(t.Context(), callback); !both || err != nil {
		t.Errorf("both %v, %v; want both, as this computer has IPv6", both, err)
	}
	l := &Listener{open: func(ctx context.Context, network, address string) (net.Listener, error) {
		if network == "tcp6" {
			return nil, os.NewSyscallError("bind", syscall.EADDRNOTAVAIL)
		}
		return (&net.ListenConfig{}).Listen(ctx, network, address)
	}}
	if both, err := l.Probe(t.Context(), callback); both || err != nil {
		t.Errorf("without IPv6: both %v, %v; want one family and no error", both, err)
	}
}
