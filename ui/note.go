package ui

import (
	"net"
	"net/url"
	"strings"
	"time"

	"granthelper/flow"
)

// noteFor is the ready-made note that goes with a problem, or empty strings.
// The administrator hears about the account, the owner about the callback URL;
// the client ID is never whole in it.
func noteFor(p *flow.Problem, request flow.Request, ref string, at time.Time) (title, text string) {
	entry := p.Entry()
	switch {
	case entry.Primary == flow.NoteForAdmin || entry.Secondary == flow.NoteForAdmin:
		return say("note.admin.title"), say("note.admin", "Host", request.Host(), "Client", maskID(request.ClientID), "Time", moment(at), "Ref", ref)
	case entry.Primary == flow.NoteForOwner || entry.Secondary == flow.NoteForOwner:
		return say("note.owner.title"), say("note.owner", "Callback", wantedCallback(p.Code, request.Callback), "Problem", say(wordKey(p.Code, "title")), "Ref", ref)
	}
	return "", ""
}

// maskID shows as much of a client ID as its owner needs to recognise it.
func maskID(id string) string {
	r := []rune(id)
	if len(r) < 16 {
		return string(r[:min(len(r), 3)]) + "…"
	}
	return string(r[:8]) + "…" + string(r[len(r)-4:])
}

// wantedCallback is the callback URL that the owner is asked to save: the one
// in use, with what is wrong about it put right.
func wantedCallback(code flow.Code, callback string) string {
	switch code {
	case flow.HTTPCallback:
		if rest, ok := strings.CutPrefix(callback, "http://"); ok {
			return "https://" + rest
		}
	case flow.HashCallback:
		before, _, _ := strings.Cut(callback, "#")
		return before
	case flow.PortKept, flow.PortBusy:
		u, err := url.Parse(callback)
		if err != nil {
			return callback
		}
		port := "8443"
		if u.Port() == port {
			port = "9443"
		}
		u.Host = net.JoinHostPort(u.Hostname(), port)
		return u.String()
	}
	return callback
}

// moment is a time as people send it to each other, with its zone.
func moment(t time.Time) string { return day(t) + t.Local().Format(", 15:04:05 -07:00") }
