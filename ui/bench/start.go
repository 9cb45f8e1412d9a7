package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"os"
	"strconv"
	"time"

	"granthelper/ui/e2e"
)

// settled is how long after the first picture memory is read: by then a start
// has done what it does beside painting.
const settled = 3 * time.Second

// start measures the time to the first painted window and the memory after it.
func (b *bench) start(ctx context.Context) error {
	both := []subject{b.smallest, b.helper}
	var times, resident, shared [2][]float64
	for run := range b.runs + 1 {
		for turn := range both {
			i := (turn + run) % len(both) // who comes second finds warmer caches
			program, took, err := b.paint(ctx, both[i])
			if err != nil {
				return err
			}
			if run == 0 { // the first start also fills caches in the home folder
				_ = program.Stop()
				continue
			}
			times[i] = append(times[i], float64(took.Microseconds())/1000)
			if run <= 3 {
				time.Sleep(settled)
				rss, pss, err := memory(program.PID())
				if err != nil {
					return err
				}
				resident[i], shared[i] = append(resident[i], rss), append(shared[i], pss)
			}
			if err := program.Stop(); err != nil {
				return err
			}
		}
	}
	b.report.ratio("start to the first painted window", median(times[1]), median(times[0]), "ms", limitStart)
	b.report.ratio("memory after the start (resident)", median(resident[1]), median(resident[0]), "MB", limitMemory)
	b.report.ratio("memory after the start (proportional)", median(shared[1]), median(shared[0]), "MB", limitMemory)
	return nil
}

// paint starts a program and waits until letters stand in its window.
func (b *bench) paint(ctx context.Context, s subject) (*e2e.Program, time.Duration, error) {
	began := time.Now()
	program, err := b.desk.Run(s.path)
	if err != nil {
		return nil, 0, err
	}
	for time.Since(began) < 30*time.Second && ctx.Err() == nil {
		window, err := b.desk.Screen.Find(s.title)
		if errors.Is(err, e2e.ErrNoWindow) {
			pause()
			continue
		}
		if err != nil {
			return nil, 0, err
		}
		picture, err := b.desk.Screen.Picture(window.Area)
		if err == nil && painted(picture) {
			return program, time.Since(began), nil
		}
		pause()
	}
	_ = program.Stop()
	return nil, 0, fmt.Errorf("%s showed no window: %s", s.title, program.Output())
}

// pause keeps the watching from taking a processor away from what is watched;
// it is also how exact the figures can be.
func pause() { time.Sleep(2 * time.Millisecond) }

// painted tells whether letters are in the picture: their soft edges make many
// shades, an empty window has one or two.
func painted(picture *image.RGBA) bool {
	const shades = 12
	seen := map[[3]byte]bool{}
	for i := 0; i+3 < len(picture.Pix); i += 4 {
		seen[[3]byte(picture.Pix[i:i+3])] = true
		if len(seen) >= shades {
			return true
		}
	}
	return false
}

// memory reads what a process holds, in megabytes: resident, and with shared
// pages counted in proportion (proc(5), smaps_rollup).
func memory(pid int) (resident, proportional float64, err error) {
	table, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/smaps_rollup")
	if err != nil {
		return 0, 0, err
	}
	for line := range bytes.Lines(table) {
		var kilobytes float64
		if _, err := fmt.Sscanf(string(line), "Rss: %f kB", &kilobytes); err == nil {
			resident = kilobytes / 1000
		}
		if _, err := fmt.Sscanf(string(line), "Pss: %f kB", &kilobytes); err == nil {
			proportional = kilobytes / 1000
		}
	}
	if resident == 0 || proportional == 0 {
		return 0, 0, errors.New("the system does not tell the memory of a process")
	}
	return resident, proportional, nil
}

// processorTime is what a process has used so far, user and system (proc(5), stat).
func processorTime(pid int) (time.Duration, error) {
	line, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0, err
	}
	// The name in brackets may hold spaces; the fields after it do not.
	fields := bytes.Fields(line[bytes.LastIndexByte(line, ')')+1:])
	if len(fields) < 13 {
		return 0, errors.New("the system does not tell the processor time of a process")
	}
	user, err1 := strconv.Atoi(string(fields[11]))
	system, err2 := strconv.Atoi(string(fields[12]))
	const tick = 10 * time.Millisecond // USER_HZ is 100 on every Linux
	return time.Duration(user+system) * tick, errors.Join(err1, err2)
}
