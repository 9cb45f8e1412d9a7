package loopback

import (
	"io"
	"net/http"
	"strings"

	"granthelper/flow"
)

const (
	bindLimit = 256 // bytes of a body; two values and their names take 99
	// bindType is what the callback page's script sends. It is none of the
	// types that a page of another origin may send without asking first.
	bindType = "application/vnd.granthelper.tab"
)

// serveBind hears from a callback page which tab it is in. Whatever is wrong
// with the message, the answer stays as it was.
func (v *visit) serveBind(w http.ResponseWriter, r *http.Request) {
	body, err := io.ReadAll(http.MaxBytesReader(w, r.Body, bindLimit))
	id, tab, ok := readBind(body)
	if err != nil || !ok {
		v.refuse(w, r, &refusal{status: http.StatusBadRequest, rule: "bind unreadable"})
		return
	}
	if !v.bindTab(id, tab) {
		v.refuse(w, r, &refusal{status: http.StatusNotFound, rule: "bind of an unknown answer"})
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// bindTab fixes the level of the arrival id by the tab's value. It reports
// false when there is no such arrival.
func (v *visit) bindTab(id, tab string) bool {
	same := v.tab.Equal(flow.Conceal(tab))
	v.mu.Lock()
	defer v.mu.Unlock()
	a := v.find(id)
	if a == nil {
		return false
	}
	v.see(a)
	v.settle(a, same)
	return true
}

// readBind reads "arrival=<43>&tab=<43 or nothing>", to the letter.
func readBind(body []byte) (id, tab string, ok bool) {
	rest, ok := strings.CutPrefix(string(body), "arrival=")
	if !ok {
		return "", "", false
	}
	id, tab, ok = strings.Cut(rest, "&tab=")
	if !ok || !isToken(id) || (tab != "" && !isToken(tab)) {
		return "", "", false
	}
	return id, tab, true
}
