package loopback

import (
	"net/http"
	"time"

	"granthelper/flow"
)

// ticketLimit is how many addresses of the start page are remembered.
const ticketLimit = 32

// cookieLifetime is how long the cookie lives when the site does not say.
const cookieLifetime = time.Hour

// ticket is one address of the start page. It travels through the arguments of
// the program that opens the browser, where other users can read it, so it
// works once.
type ticket struct {
	shadow shadow
	used   bool
}

// StartURL implements [flow.Visit].
func (v *visit) StartURL() string {
	token := newToken()
	v.mu.Lock()
	defer v.mu.Unlock()
	if len(v.tickets) >= ticketLimit {
		v.tickets = append(v.tickets[:0:0], v.tickets[1:]...)
	}
	v.tickets = append(v.tickets, ticket{shadow: shadowOf(token)})
	return v.where.origin + "/start/" + token
}

// punch uses a ticket up. A second use taints the visit: one of the two was
// not the person's browser, and either may hold the tab value.
func (v *visit) punch(token string) (ok, closing bool) {
	want := shadowOf(token)
	v.mu.Lock()
	defer v.mu.Unlock()
	for i := range v.tickets {
		if t := &v.tickets[i]; t.shadow == want {
			if t.used {
				v.tainted = true
				return false, v.closing
			}
			t.used = true
			return true, v.closing
		}
	}
	return false, v.closing
}

func (v *visit) serveStart(w http.ResponseWriter, e errand) {
	ok, closing := v.punch(e.token)
	switch {
	case closing:
		v.pages.write(w, http.StatusGone, "not_waiting", view{})
		return
	case !ok:
		v.tell(flow.Refused, "start link used again")
		v.pages.write(w, http.StatusGone, "used_link", view{})
		return
	}
	life := v.site.Lifetime
	if life < time.Second {
		life = cookieLifetime
	}
	v.setCookie(w, v.cookie.Reveal(), int(life/time.Second))
	v.pages.write(w, http.StatusOK, "start", view{Tab: v.tab.Reveal()})
	v.tell(flow.Contact, "start page")
}

// setCookie sets the visit's cookie; seconds below zero end it. The prefix
// __Host- ties it to this host, to https and to the root path (RFC 6265bis 4.1.3.2).
func (v *visit) setCookie(w http.ResponseWriter, value string, seconds int) {
	http.SetCookie(w, &http.Cookie{
		Name: v.cookieName, Value: value, Path: "/", MaxAge: seconds,
		Secure: true, HttpOnly: true, SameSite: http.SameSiteLaxMode,
	})
}

// cookieOf says what a request's cookie proves. Several of the name count as
// wrong, as somebody put one beside ours.
func (v *visit) cookieOf(r *http.Request) proof {
	cookies := r.CookiesNamed(v.cookieName)
	switch {
	case len(cookies) == 0:
		return missing
	case len(cookies) == 1 && v.cookie.Equal(flow.Conceal(cookies[0].Value)):
		return right
	}
	return wrong
}
