package outbound

import (
	"bufio"
	"context"
	"crypto/tls"
	"crypto/x509/pkix"
	"encoding/binary"
	"errors"
	"io"
	"net"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"granthelper/flow"
)

// middle is a proxy that passes everything on to this computer.
type middle struct {
	*server
	mu   sync.Mutex
	seen []string // target and Proxy-Authorization of each CONNECT
}

// proxy starts a proxy that speaks over TLS when it is given a configuration.
func proxy(t *testing.T, config *tls.Config) *middle {
	t.Helper()
	m := &middle{}
	m.server = serve(t, config, func(w http.ResponseWriter, r *http.Request) {
		m.mu.Lock()
		m.seen = append(m.seen, r.Method+" "+r.Host+" "+r.Header.Get("Proxy-Authorization"))
		m.mu.Unlock()
		_, port, _ := net.SplitHostPort(r.Host)
		if r.Method != http.MethodConnect {
			forward(w, r, port)
			return
		}
		far, err := net.Dial("tcp4", "127.0.0.1:"+port)
		if err != nil {
			w.WriteHeader(http.StatusBadGateway)
			return
		}
		near, _, err := http.NewResponseController(w).Hijack()
		if err != nil {
			t.Error(err)
			return
		}
		_, _ = io.WriteString(near, "HTTP/1.1 200 Go on\r\n\r\n")
		join(near, far)
	})
	return m
}

func forward(w http.ResponseWriter, r *http.Request, port string) {
	answer, err := http.Get("http://127.0.0.1:" + port + r.URL.Path)
	if err != nil {
		w.WriteHeader(http.StatusBadGateway)
		return
	}
	defer answer.Body.Close()
	w.WriteHeader(answer.StatusCode)
	_, _ = io.Copy(w, answer.Body)
}

func join(near, far net.Conn) {
	go func() { _, _ = io.Copy(far, near); _ = far.Close() }()
	_, _ = io.Copy(near, far)
	_ = near.Close()
}

// through makes a Network use one proxy for every server.
func through(t *testing.T, n *Network, address string) *Network {
	t.Helper()
	u, err := url.Parse(address)
	if err != nil {
		t.Fatal(err)
	}
	n.Proxy = func(*url.URL) (*url.URL, error) { return u, nil }
	return n
}

func TestProxy_IsUsed(t *testing.T) {
	s := hello(t, func(w http.ResponseWriter, r *http.Request) {
		_, _ = io.WriteString(w, "auth "+r.Header.Get("Proxy-Authorization"))
	})
	outer := proxy(t, nil)
	inner := proxy(t, with(authority(t).certify(t, "127.0.0.1", -1, 24)))
	for address, m := range map[string]*middle{
		"http://me:letmein@127.0.0.1:" + outer.port:  outer,
		"https://me:letmein@127.0.0.1:" + inner.port: inner,
	} {
		n := through(t, network(t), address)
		n.Resolver = nil // the name is the proxy's to find
		greeting, err := n.Greet(t.Context(), "https://server.here.test:"+s.port)
		if err != nil || greeting.Proxy != "127.0.0.1:"+m.port || greeting.Issuer != "Tests Root CA" {
			t.Errorf("%s: got %+v, %v", address, greeting, err)
		}
		page, err := n.Ask(t.Context(), "https://server.here.test:"+s.port+"/")
		if err != nil || page.Text != "auth " {
			t.Errorf("%s: got %q, %v, want a page that knows no password", address, page.Text, err)
		}
		want := "CONNECT server.here.test:" + s.port + " Basic bWU6bGV0bWVpbg=="
		if strings.Join(m.seen, "\n") != want+"\n"+want {
			t.Errorf("%s: got %q, want two of %q", address, m.seen, want)
		}
	}
}

func TestProxy_MayBeSOCKS(t *testing.T) {
	s := hello(t, ok)
	names := make(chan string, 1)
	port := raw(t, func(conn net.Conn) { socks(conn, names) })
	n := through(t, network(t), "socks5://127.0.0.1:"+port)
	n.Resolver = nil
	greeting, err := n.Greet(t.Context(), "https://server.here.test:"+s.port)
	if err != nil || greeting.Proxy != "127.0.0.1:"+port {
		t.Fatalf("got %+v, %v", greeting, err)
	}
	if name := <-names; name != "server.here.test" {
		t.Errorf("the proxy was asked for %q", name)
	}
	refuses := raw(t, func(conn net.Conn) { _, _ = bufio.NewReader(conn).Peek(3); _, _ = conn.Write([]byte{5, 0xff}) })
	_, err = through(t, n, "socks5://127.0.0.1:"+refuses).Greet(t.Context(), "https://server.here.test:"+s.port)
	want(t, err, flow.ProxyBlocked, flow.Facts{"host": "server.here.test", "proxy": "127.0.0.1:" + refuses, "status": ""})
}

// socks passes one connection on to this computer (RFC 1928).
func socks(near net.Conn, names chan<- string) {
	greeting := make([]byte, 3) // version, one method, none
	_, _ = io.ReadFull(near, greeting)
	_, _ = near.Write([]byte{5, 0})
	head := make([]byte, 5) // version, connect, reserved, a name, its length
	_, _ = io.ReadFull(near, head)
	name := make([]byte, int(head[4])+2)
	_, _ = io.ReadFull(near, name)
	port := binary.BigEndian.Uint16(name[head[4]:])
	names <- string(name[:head[4]])
	far, err := net.DialTCP("tcp4", nil, &net.TCPAddr{IP: net.IPv4(127, 0, 0, 1), Port: int(port)})
	if err != nil {
		return
	}
	_, _ = near.Write([]byte{5, 0, 0, 1, 127, 0, 0, 1, 0, 0})
	join(near, far)
}

func TestProxy_ThatSaysNoIsTold(t *testing.T) {
	answer := func(status int) string {
		return serve(t, nil, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(status) }).port
	}
	stranger := newIssuer(t, pkix.Name{CommonName: "Nobody"}).certify(t, "127.0.0.1", -1, 24)
	for _, c := range []struct{ name, scheme, port, status string }{
		{"wants a password", "http", answer(407), "407"},
		{"forbids", "http", answer(403), "403"},
		{"finds nobody", "http", answer(502), "502"},
		{"sends elsewhere", "http", answer(302), "302"},
		{"is down", "http", closedPort(t), ""},
		{"hangs up", "http", raw(t, reset), ""},
		{"speaks no HTTP", "http", raw(t, func(conn net.Conn) { _, _ = io.WriteString(conn, "SSH-2.0-OpenSSH_9.2\r\n") }), ""},
		{"cannot be sure of", "https", serve(t, with(stranger), ok).port, ""},
		{"speaks no TLS", "https", serve(t, nil, ok).port, ""},
	} {
		t.Run(c.name, func(t *testing.T) {
			n := through(t, network(t), c.scheme+"://me:letmein@127.0.0.1:"+c.port)
			_, err := n.Greet(t.Context(), "https://server.here.test")
			want(t, err, flow.ProxyBlocked, flow.Facts{"host": "server.here.test", "proxy": "127.0.0.1:" + c.port, "status": c.status})
			if strings.Contains(err.Error(), "letmein") {
				t.Errorf("the password is told: %v", err)
			}
			_, err = n.Greet(t.Context(), "https://apps.na.collabserv.com")
			if c.status == "502" {
				want(t, err, flow.ServiceClosed, flow.Facts{"host": "apps.na.collabserv.com"})
			} else {
				want(t, err, flow.ProxyBlocked, flow.Facts{"host": "apps.na.collabserv.com", "proxy": "127.0.0.1:" + c.port, "status": c.status})
			}
		})
	}
}

func TestProxy_ThatIsSilentEndsWithTheContext(t *testing.T) {
	soon(t)
	port := raw(t, silent)
	n := through(t, network(t), "http://127.0.0.1:"+port)
	ctx, cancel := context.WithTimeout(t.Context(), 50*time.Millisecond)
	defer cancel()
	_, err := n.Greet(ctx, "https://server.here.test")
	want(t, err, flow.ProxyBlocked, flow.Facts{"host": "server.here.test", "proxy": "127.0.0.1:" + port, "status": ""})
	ctx, cancel = context.WithCancel(t.Context())
	port = raw(t, func(conn net.Conn) { _, _ = bufio.NewReader(conn).ReadByte(); cancel() })
	_, err = through(t, n, "http://127.0.0.1:"+port).Greet(ctx, "https://server.here.test")
	want(t, err, flow.CannotReach, flow.Facts{"host": "server.here.test", "port": "443", "reason": "other"})
	if !errors.Is(err, context.Canceled) {
		t.Errorf("got %v, want it to tell of the cancelling", err)
	}
}

// What is behind a proxy that lets the connection through is told as without.
func TestProxy_ThatLetsThroughIsNotBlamed(t *testing.T) {
	inspecting := newIssuer(t, pkix.Name{CommonName: "Zscaler Root CA"}).certify(t, "server.here.test", -1, 48)
	inspected, resetting := serve(t, with(inspecting), ok).port, raw(t, reset)
	hotel := serve(t, nil, func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "<title>Welcome</title>") })
	for _, scheme := range []string{"http", "https"} {
		var config *tls.Config
		if scheme == "https" {
			config = with(authority(t).certify(t, "127.0.0.1", -1, 24))
		}
		m := proxy(t, config)
		n := through(t, network(t), scheme+"://127.0.0.1:"+m.port)
		_, err := n.Greet(t.Context(), "https://server.here.test:"+inspected)
		want(t, err, flow.ServerUntrusted, flow.Facts{"host": "server.here.test", "reason": "unknown_issuer", "issuer": "Zscaler Root CA"})
		_, err = n.Greet(t.Context(), "https://server.here.test:"+resetting)
		want(t, err, flow.CannotReach, flow.Facts{"host": "server.here.test", "port": resetting, "reason": "reset"})
		_, err = n.Greet(t.Context(), "https://server.here.test:"+hotel.port)
		want(t, err, flow.ForeignPage, flow.Facts{"host": "server.here.test", "status": "200", "title": "Welcome"})
		if last := m.seen[len(m.seen)-1]; last != "GET server.here.test:"+hotel.port+" " {
			t.Errorf("the page came past the proxy: it was asked %q last", last)
		}
	}
}

func TestProxy_IsNeverAskedForThisComputer(t *testing.T) {
	s := serve(t, with(authority(t).certify(t, "127.0.0.1", -1, 24)), ok)
	n := network(t)
	n.Proxy = func(server *url.URL) (*url.URL, error) {
		t.Errorf("asked about %s", server)
		return nil, nil
	}
	if greeting, err := n.Greet(t.Context(), "https://127.0.0.1:"+s.port); err != nil || greeting.Proxy != "" {
		t.Errorf("got %+v, %v", greeting, err)
	}
	for host, want := range map[string]bool{
		"localhost": true, "LocalHost.": true, "practice.localhost": true, "127.9.9.9": true, "::1": true, "::ffff:127.0.0.1": true,
		"localhost.example": false, "notlocalhost": false, "10.0.0.1": false, "::2": false,
	} {
		if got := (target{name: host}).here(); got != want {
			t.Errorf("%s: got %v, want %v", host, got, want)
		}
	}
}

func TestProxy_OfTheEnvironmentIsTheUsualOne(t *testing.T) {
	s := hello(t, ok)
	n := network(t)
	_, err := n.Greet(t.Context(), "https://proxied.test:"+s.port)
	want(t, err, flow.ProxyBlocked, flow.Facts{"host": "proxied.test", "proxy": envProxy, "status": ""})
	if greeting, err := n.Greet(t.Context(), "https://server.here.test:"+s.port); err != nil || greeting.Proxy != "" {
		t.Errorf("in NO_PROXY: got %+v, %v", greeting, err)
	}
}

func TestProxy_SettingThatCannotBeReadIsTold(t *testing.T) {
	n := network(t)
	for _, n.Proxy = range []func(*url.URL) (*url.URL, error){
		func(*url.URL) (*url.URL, error) { return nil, errors.New("no address: me:letmein@") },
		func(*url.URL) (*url.URL, error) {
			return &url.URL{Scheme: "http", User: url.UserPassword("me", "letmein")}, nil
		},
	} {
		_, err := n.Greet(t.Context(), "https://server.here.test")
		want(t, err, flow.ProxyBlocked, flow.Facts{"host": "server.here.test", "proxy": "", "status": ""})
		if strings.Contains(err.Error(), "letmein") {
			t.Errorf("the password is told: %v", err)
		}
	}
}

func TestPlaceOf_NamesTheUsualPort(t *testing.T) {
	for address, want := range map[string]string{
		"http://proxy.example": "proxy.example:80", "https://proxy.example": "proxy.example:443",
		"socks5://proxy.example": "proxy.example:1080", "http://me:letmein@[::7]:3128/": "[::7]:3128",
	} {
		u, err := url.Parse(address)
		if err != nil {
			t.Fatal(err)
		}
		if got := placeOf(u); got != want {
			t.Errorf("%s: got %s, want %s", address, got, want)
		}
	}
}
