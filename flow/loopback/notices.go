package loopback

import (
	"slices"
	"sync"

	"granthelper/flow"
)

// noticeLimit is how many notices wait for a reader that is slow.
const noticeLimit = 64

// notices hands notices to one reader, in order, and never makes the server
// wait for it. When there is no room, the least important goes: first refused
// requests, whose number is kept, then other news, then answers, those of
// strangers first. An answer of the tab that started cannot be pushed out from
// outside, since nobody else can make one.
type notices struct {
	out  chan flow.Notice
	done chan struct{}

	mu    sync.Mutex
	queue []flow.Notice
	more  int // refused requests dropped since the last one told
	over  bool
	wake  chan struct{}
	ended chan struct{}
}

func newNotices() *notices {
	n := &notices{out: make(chan flow.Notice), done: make(chan struct{}), wake: make(chan struct{}, 1), ended: make(chan struct{})}
	go n.run()
	return n
}

// add puts a notice in the queue and returns one that was dropped for it, or
// nil. It never blocks.
func (n *notices) add(notice flow.Notice) (dropped *flow.Notice) {
	n.mu.Lock()
	defer n.mu.Unlock()
	if n.over {
		return nil
	}
	n.queue = append(n.queue, notice)
	if len(n.queue) > noticeLimit {
		at := 0
		for i := range n.queue {
			if rank(n.queue[i]) < rank(n.queue[at]) {
				at = i
			}
		}
		gone := n.queue[at]
		dropped = &gone
		n.queue = slices.Delete(n.queue, at, at+1)
		if gone.Kind == flow.Refused {
			n.more += 1 + gone.More
		}
	}
	select {
	case n.wake <- struct{}{}:
	default:
	}
	return dropped
}

// rank orders notices by how much it matters that they are heard.
func rank(n flow.Notice) int {
	switch {
	case n.Kind == flow.Refused:
		return 0
	case n.Arrival == nil:
		return 1
	}
	return 2 + int(n.Arrival.Level)
}

// run passes notices on until close.
func (n *notices) run() {
	defer close(n.ended)
	defer close(n.out)
	for {
		n.mu.Lock()
		var next *flow.Notice
		if len(n.queue) > 0 {
			first := n.queue[0]
			n.queue = n.queue[1:]
			if first.Kind == flow.Refused {
				first.More += n.more
				n.more = 0
			}
			next = &first
		}
		n.mu.Unlock()
		if next == nil {
			select {
			case <-n.wake:
				continue
			case <-n.done:
				return
			}
		}
		select {
		case n.out <- *next:
		case <-n.done:
			return
		}
	}
}

// close ends the stream; what nobody read is gone. Call it once.
func (n *notices) close() {
	n.mu.Lock()
	n.over = true
	n.mu.Unlock()
	close(n.done)
	<-n.ended
}
