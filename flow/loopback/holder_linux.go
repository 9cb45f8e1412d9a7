package loopback

import (
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"granthelper/flow"
)

// holder names the program that listens on the port on an address that is in
// our way, as far as /proc shows it to this user; "" when it does not. The
// format is that of proc(5), /proc/net/tcp.
func holder(port string) (program string, pid int) {
	n, err := strconv.ParseUint(port, 10, 16)
	if err != nil {
		return "", 0
	}
	sockets := map[string]bool{}
	for _, table := range []string{"/proc/net/tcp", "/proc/net/tcp6"} {
		text, _ := os.ReadFile(table)
		for line := range strings.Lines(string(text)) {
			if inode := listening(line, n); inode != "" {
				sockets["socket:["+inode+"]"] = true
			}
		}
	}
	if len(sockets) == 0 {
		return "", 0
	}
	links, _ := filepath.Glob("/proc/[0-9]*/fd/*")
	for _, link := range links {
		if to, err := os.Readlink(link); err != nil || !sockets[to] {
			continue
		}
		process := filepath.Dir(filepath.Dir(link))
		name, err := os.ReadFile(filepath.Join(process, "comm"))
		if err != nil {
			continue
		}
		pid, _ = strconv.Atoi(filepath.Base(process))
		return flow.Sanitize(string(name)), pid
	}
	return "", 0
}

// inTheWay lists the addresses, in the byte order the kernel prints them in,
// that keep us from a loopback address: any, 127.0.0.1, ::1, and 127.0.0.1
// written as IPv6.
var inTheWay = map[string]bool{
	"00000000": true, "0100007F": true, "7F000001": true,
	"00000000000000000000000000000000": true,
	"00000000000000000000000001000000": true, "00000000000000000000000000000001": true,
	"0000000000000000FFFF00000100007F": true, "00000000000000000000FFFF7F000001": true,
}

// listening returns the inode of a line's socket if it listens on the port.
func listening(line string, port uint64) (inode string) {
	const listen = "0A" // TCP_LISTEN
	f := strings.Fields(line)
	if len(f) < 10 || f[3] != listen {
		return ""
	}
	address, number, _ := strings.Cut(f[1], ":")
	if n, err := strconv.ParseUint(number, 16, 16); err != nil || n != port || !inTheWay[address] {
		return ""
	}
	return f[9]
}
