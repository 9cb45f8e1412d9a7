//go:build !linux

package loopback

// holder is known on Linux only.
func holder(string) (program string, pid int) { return "", 0 }
