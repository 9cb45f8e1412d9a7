package cert

import (
	"bytes"
	"context"
	"encoding/pem"
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strings"
	"time"

	"granthelper/flow"
)

// flags make Chromium (P, a trusted peer) and Firefox (C, although this is no
// authority) believe the certificate for servers; each refuses the other's
// flag alone, and neither then believes what the certificate signs (SECURITY 2).
const flags = "CP,,"

// callLimit is how long one call of certutil may take; a usual one takes a few
// hundredths of a second.
const callLimit = 15 * time.Second

// nss reads and changes NSS databases through the program certutil.
type nss struct {
	program  string
	password string // a file with an empty password, so that nothing is ever asked
}

// openNSS finds certutil. Without it the error is a [flow.Problem] with the
// code PartMissing.
func openNSS() (*nss, error) {
	program, err := exec.LookPath("certutil")
	if err != nil {
		return nil, &flow.Problem{
			Code: flow.PartMissing, Step: flow.Checking, Err: err,
			Facts: flow.Facts{"program": "certutil", "package": "libnss3-tools"},
		}
	}
	file, err := os.CreateTemp("", "granthelper-empty-")
	if err != nil {
		return nil, trouble(err)
	}
	_, err = file.WriteString("\n")
	if err = errors.Join(err, file.Close()); err != nil {
		_ = os.Remove(file.Name())
		return nil, trouble(err)
	}
	return &nss{program: program, password: file.Name()}, nil
}

func (n *nss) close() { _ = os.Remove(n.password) }

// run calls certutil on the database in dir, without a terminal, with hardly
// any environment, and under callLimit.
func (n *nss) run(ctx context.Context, dir string, args ...string) (string, error) {
	ctx, cancel := context.WithTimeout(ctx, callLimit)
	defer cancel()
	cmd := exec.CommandContext(ctx, n.program, append(args, "-d", "sql:"+dir)...)
	cmd.Env = []string{"PATH=" + os.Getenv("PATH"), "HOME=" + os.Getenv("HOME"), "LC_ALL=C"}
	cmd.WaitDelay = time.Second
	var out, complaint bytes.Buffer
	cmd.Stdout, cmd.Stderr = &out, &complaint
	err := cmd.Run()
	if err == nil {
		return out.String(), nil
	}
	if e := ctx.Err(); e != nil {
		return "", fmt.Errorf("certutil took too long: %w", e)
	}
	return "", explain(complaint.String(), err)
}

// explain puts words before what certutil wrote to its error output.
func explain(complaint string, err error) error {
	words := "certutil did not do it"
	switch {
	case strings.Contains(complaint, "SEC_ERROR_BAD_PASSWORD"), strings.Contains(complaint, "could not authenticate"):
		words = "the list is protected by a password of its own (a primary password)"
	case strings.Contains(complaint, "SEC_ERROR_READ_ONLY"), strings.Contains(complaint, "SEC_ERROR_NO_TOKEN"):
		words = "the list cannot be written"
	case strings.Contains(complaint, "SEC_ERROR_BAD_DATABASE"):
		words = "the list cannot be read"
	}
	return fmt.Errorf("%s: certutil: %w: %s", words, err, flow.Sanitize(complaint))
}

// entry is one line of a database's list.
type entry struct{ name, trust string }

var entryLine = regexp.MustCompile(`^(.*\S)\s+(\w*,\w*,\w*)\s*$`)

// ours lists the entries that carry this tool's name.
func (n *nss) ours(ctx context.Context, d database) ([]entry, error) {
	if !d.exists() {
		return nil, nil
	}
	text, err := n.run(ctx, d.dir, "-L")
	if err != nil {
		return nil, err
	}
	var entries []entry
	for line := range strings.Lines(text) {
		if m := entryLine.FindStringSubmatch(line); m != nil && strings.HasPrefix(m[1], nickname) {
			entries = append(entries, entry{m[1], m[2]})
		}
	}
	return entries, nil
}

// trusts reports whether the database holds this very certificate, byte for
// byte, with the flags both kinds of browsers want.
func (n *nss) trusts(ctx context.Context, d database, l *leaf) (bool, error) {
	entries, err := n.ours(ctx, d)
	for _, e := range entries {
		servers, _, _ := strings.Cut(e.trust, ",")
		if e.name != l.nickname() || !strings.Contains(servers, "C") || !strings.Contains(servers, "P") {
			continue
		}
		text, err := n.run(ctx, d.dir, "-L", "-a", "-n", e.name)
		if err != nil {
			return false, err
		}
		// certutil prints every certificate with the subject of the named one.
		for block, rest := pem.Decode([]byte(text)); block != nil; block, rest = pem.Decode(rest) {
			if bytes.Equal(block.Bytes, l.cert.Raw) {
				return true, nil
			}
		}
	}
	return false, err
}

// add puts the certificate into the database, which it makes if need be, in
// place of every other entry of this tool.
func (n *nss) add(ctx context.Context, d database, l *leaf, file string) error {
	if !d.exists() {
		if err := os.MkdirAll(d.dir, 0o700); err != nil {
			return err
		}
		if _, err := n.run(ctx, d.dir, "-N", "--empty-password"); err != nil {
			return err
		}
	}
	if good, err := n.trusts(ctx, d, l); err != nil {
		return err
	} else if good {
		return n.drop(ctx, d, l.nickname())
	}
	// Old ones first: NSS goes by the subject, which new and old share.
	if err := n.drop(ctx, d, ""); err != nil {
		return err
	}
	if _, err := n.run(ctx, d.dir, "-A", "-t", flags, "-n", l.nickname(), "-a", "-i", file, "-f", n.password); err != nil {
		// Behind a primary password the certificate is in the list by now, but
		// without its flags, as certutil writes these second.
		_ = n.drop(context.WithoutCancel(ctx), d, "")
		return err
	}
	good, err := n.trusts(ctx, d, l)
	if err == nil && !good {
		err = errors.New("the list does not hold what was just added")
	}
	return err
}

// drop takes every entry of this tool out, save the one named keep.
func (n *nss) drop(ctx context.Context, d database, keep string) error {
	for range 50 { // an entry may be there more than once; no list holds this many
		entries, err := n.ours(ctx, d)
		if err != nil {
			return err
		}
		gone := true
		for _, e := range entries {
			if e.name == keep {
				continue
			}
			gone = false
			if _, err := n.run(ctx, d.dir, "-D", "-n", e.name, "-f", n.password); err != nil {
				return err
			}
		}
		if gone {
			return nil
		}
	}
	return errors.New("old entries keep coming back")
}

func isFile(path string) bool {
	info, err := os.Stat(path)
	return err == nil && info.Mode().IsRegular()
}

func isFolder(path string) bool {
	info, err := os.Stat(filepath.Clean(path))
	return err == nil && info.IsDir()
}
