//go:build !linux

package vault

// reachable has nothing to look at: these systems bring their store.
func reachable() error { return nil }
