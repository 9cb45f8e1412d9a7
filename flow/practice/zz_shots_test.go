package practice

import (
	"fmt"
	"os"
	"testing"
	"time"
)

func TestZZServe(t *testing.T) {
	s := start(t, func(c *Config) {
		c.Addr = "localhost:19443"
		c.Seen = func(e Event) { fmt.Fprintln(os.Stderr, e.Kind, e.Asked, e.Failure.Text) }
	})
	_, _ = s.Register(Registration{Name: "A very long application name that goes on and on and o", Callback: "https://localhost:9/x", Days: 3, WebServerFlow: true})
	fmt.Fprintln(os.Stderr, "up")
	time.Sleep(20 * time.Minute)
}
