//go:build !linux

package loopback

const holderIsKnown = false
