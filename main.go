// Grant Helper completes one OAuth 2.0 authorization grant in a window, and
// says in plain words what came of it. This file reads the flags, puts the
// parts together and runs them; README.md tells what they are.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log/slog"
	"net/url"
	"os"
	"os/signal"
	"path/filepath"
	"runtime"
	"syscall"
	"time"

	"granthelper/flow"
	"granthelper/flow/browser"
	"granthelper/flow/cert"
	"granthelper/flow/loopback"
	"granthelper/flow/outbound"
	"granthelper/flow/practice"
	"granthelper/flow/vault"
	"granthelper/ui"
)

// version is set when the program is built.
var version = "dev"

func main() { os.Exit(run(os.Args[1:], os.Stdout, os.Stderr)) }

// run is the program. It returns the exit code: 0, 1 when something stopped
// it, 2 when the command line makes no sense.
func run(args []string, out, errs io.Writer) int {
	flags := flag.NewFlagSet("granthelper", flag.ContinueOnError)
	flags.SetOutput(errs)
	showVersion := flags.Bool("version", false, "print the version and stop")
	practiceOnly := flags.Bool("practice-server", false, "run only the practice server, without a window")
	addr := flags.String("addr", "localhost:9443", "with -practice-server: where it listens, on this computer")
	asJSON := flags.Bool("json", false, "with -practice-server: print one line of JSON that tells where it is")
	level := flags.String("log-level", "", "log to standard error: debug, info, warn or error (off unless given)")
	if err := flags.Parse(args); err != nil {
		if errors.Is(err, flag.ErrHelp) {
			return 0
		}
		return 2
	}
	log, err := logger(*level, errs)
	if err != nil || flags.NArg() > 0 {
		_, _ = fmt.Fprintln(errs, "granthelper: these words on the command line make no sense:", flags.Args(), *level)
		return 2
	}
	if *showVersion {
		_, _ = fmt.Fprintln(out, "Grant Helper", version)
		return 0
	}
	folder, err := os.UserConfigDir()
	if err == nil {
		folder = filepath.Join(folder, "granthelper")
		home := cert.Open(filepath.Join(folder, "certificate"))
		if *practiceOnly {
			err = servePractice(home, practice.Config{Addr: *addr, Log: log}, *asJSON, out)
		} else {
			err = openWindow(folder, home, log)
		}
	}
	if err != nil {
		_, _ = fmt.Fprintln(errs, "granthelper:", err)
		return 1
	}
	return 0
}

// servePractice runs the practice server by itself until it is asked to end.
func servePractice(home *cert.Home, config practice.Config, asJSON bool, out io.Writer) (err error) {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	defer stop()
	if config.Certificate, err = home.Certificate(ctx); err != nil {
		return err
	}
	return practice.Serve(ctx, config, home.CAFile(), asJSON, out)
}

// errNoDisplay says why there can be no window, where the toolkit would panic.
var errNoDisplay = errors.New("there is no display here: start it from a desktop session, or use -practice-server, which needs none")

// openWindow puts the window's parts together and shows it until it is closed
// or the program is asked to end, which the window hears by itself.
func openWindow(folder string, home *cert.Home, log *slog.Logger) error {
	if runtime.GOOS == "linux" && os.Getenv("DISPLAY")+os.Getenv("WAYLAND_DISPLAY") == "" {
		return errNoDisplay
	}
	ctx, stop := context.WithCancel(context.Background())
	renewed := make(chan struct{})
	go func() {
		defer close(renewed)
		renew(ctx, home, log)
	}()
	defer func() { stop(); <-renewed }()
	room := &practice.Room{Config: practice.Config{Log: log}, Certificate: home.Certificate}
	ui.New(ui.Config{
		Version:  version,
		Listener: &loopback.Listener{Certificate: home.Certificate, Log: log},
		Network:  network,
		Trust:    home,
		Browser:  browser.Open,
		Vault:    vault.New(),
		Memory:   vault.Details(folder),
		Log:      log,
		Practice: ui.Practice{
			ClientID: practice.DemoClientID,
			Callback: practice.DemoCallback,
			Start: func(ctx context.Context) (ui.PracticeServer, error) {
				server, err := room.Server(ctx)
				if err != nil {
					return ui.PracticeServer{}, err
				}
				return ui.PracticeServer{Address: server.URL(), Secret: flow.Conceal(server.Demo().Secret.Reveal()), Reset: server.Reset}, nil
			},
			Stop: room.Close,
		},
	}).Run()
	return nil
}

// network looks at servers through a proxy, host:port, or as the system says
// when there is none.
func network(proxy string) flow.Network {
	n := &outbound.Network{}
	if proxy != "" {
		n.Proxy = func(*url.URL) (*url.URL, error) { return &url.URL{Scheme: "http", Host: proxy}, nil }
	}
	return n
}

// renew replaces a certificate that will end soon, while nobody signs in yet.
func renew(ctx context.Context, home *cert.Home, log *slog.Logger) {
	if err := home.Renew(ctx, time.Now()); err != nil {
		log.Warn("renewing the certificate", "err", err)
	}
}

// logger writes to errs from the named level on, or nowhere.
func logger(level string, errs io.Writer) (*slog.Logger, error) {
	if level == "" {
		return slog.New(slog.DiscardHandler), nil
	}
	var from slog.Level
	if err := from.UnmarshalText([]byte(level)); err != nil {
		return nil, err
	}
	return slog.New(slog.NewTextHandler(errs, &slog.HandlerOptions{Level: from})), nil
}
