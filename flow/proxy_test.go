package flow

import "testing"

func TestProxyAddress_TakesWhatPeopleType(t *testing.T) {
	for typed, want := range map[string]string{
		"": "", "  ": "", "proxy.example:3128": "proxy.example:3128", " http://proxy.example:8080/ ": "proxy.example:8080",
		"proxy.example": "proxy.example:80", "[::1]:3128": "[::1]:3128", "10.0.0.1:8080\u200b": "10.0.0.1:8080",
	} {
		if got, ok := ProxyAddress(typed); !ok || got != want {
			t.Errorf("%q: got %q, %v, want %q", typed, got, ok, want)
		}
	}
	for _, typed := range []string{"http://", "socks5://proxy:1080", "me:secret@proxy:3128", "proxy:0", "proxy:99999", "proxy:port", "a b", "proxy:3128/path?x", "https://proxy:3128"} {
		if got, ok := ProxyAddress(typed); ok {
			t.Errorf("%q was taken as %q", typed, got)
		}
	}
}
