//go:build race

package flow

// raceDetector tells tests that measure time to leave it be.
const raceDetector = true
