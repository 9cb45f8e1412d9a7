package loopback

import (
	"os"
	"testing"
)

const holderIsKnown = true

func TestHolder_NamesThisProgram(t *testing.T) {
	o := open(t)
	if program, pid := holder(o.place.port); program == "" || pid != os.Getpid() {
		t.Errorf("got %q %d, want pid %d", program, pid, os.Getpid())
	}
	for _, port := range []string{"0", "99999", "x", ""} {
		if program, pid := holder(port); program != "" || pid != 0 {
			t.Errorf("port %q: got %q %d", port, program, pid)
		}
	}
}
