package e2e

import (
	"testing"
)

func TestPractice_CodeOnTheFirstAndOnALaterStart(t *testing.T) {
	p := sitDown(t, Chromium)
	p.fromWelcomeToBrowser()
	p.keeps(p.page, "5-who-are-you")
	p.keeps(p.window, "5-waiting")
	p.clicks(p.page, "Alex Rivera")
	p.sees(p.page, "Grant access")
	p.keeps(p.page, "6-grant")
	p.clicks(p.page, "Grant access")
	p.sees(p.window, "You got a code")
	p.sees(p.page, "Got it")
	p.keeps(p.window, "7-code")
	p.keeps(p.page, "7-got-it")
	p.atMost(p.window, 4, "window on the first start")
	p.atMost(p.page, 2, "browser")
	p.copiesTheCode()
	p.stop()

	// The second start finds the certificate set up and the mode chosen.
	p.start()
	p.clicks(p.window, "Check and continue", "Open sign-in page")
	p.page.Clicks = 0
	p.reachesTheFirstPage()
	p.signsIn("Alex Rivera", "Grant access")
	p.sees(p.window, "You got a code")
	p.atMost(p.window, 2, "window on a later start")
	p.atMost(p.page, 2, "browser")
}

func TestPractice_SayingNoIsACalmResult(t *testing.T) {
	p := sitDown(t, Chromium)
	p.fromWelcomeToBrowser()
	p.signsIn("Alex Rivera", "Don't allow")
	p.sees(p.window, "Access was not allowed")
	p.sees(p.page, "You said no")
	p.keeps(p.window, "8-not-allowed")
	p.keeps(p.page, "8-you-said-no")
}

func TestPractice_DocumentedErrorIsReadFromTheBrowser(t *testing.T) {
	p := sitDown(t, Chromium)
	p.fromWelcomeToBrowser()
	p.signsIn("Sam Okafor", "")
	p.sees(p.page, "oauth_consumer_missing_subscription", "UNAUTHORIZED (401)")
	p.keeps(p.page, "9-error-page")
	p.copiesThePage("oauth_consumer_missing_subscription")

	p.clicks(p.window, "My browser shows an error")
	p.clicks(p.window, "Paste")
	p.sees(p.window, "We read this as")
	p.keeps(p.window, "9-my-browser-shows-an-error")
	p.clicks(p.window, "Yes, show help")
	p.sees(p.window, "Your account can't use this app")
	p.keeps(p.window, "9-your-account-cant-use-this-app")
}

func TestPractice_CodeInFirefox(t *testing.T) {
	p := sitDown(t, Firefox)
	p.fromWelcomeToBrowser()
	p.signsIn("Alex Rivera", "Grant access")
	p.sees(p.window, "You got a code")
	p.sees(p.page, "Got it")
	p.atMost(p.window, 4, "window on the first start")
	p.atMost(p.page, 2, "browser")
	p.copiesTheCode()
}

// The secret goes to the real keyring daemon and comes back in a second start
// of the program; no file in the home folder holds it.
func TestPractice_SecretComesBackFromTheKeyring(t *testing.T) {
	const secret = "blue-lighthouse-by-the-sea"
	p := sitDown(t, Chromium)
	p.clicks(p.window, "Test my app")
	p.types("Server address", "https://localhost:9") // the port of discard, where nobody is
	p.types("Client ID", "app_20012345_1424390400000")
	p.types("Callback URL", "https://localhost:8443/callback")
	p.clicks(p.window, "Keep the client secret here too")
	p.scrollsDown()
	p.types("Client secret", secret)
	p.clicks(p.window, "Remember on this computer")
	p.keeps(p.window, "10-secret")
	p.clicks(p.window, "Check and continue")
	p.sees(p.window, "Can't reach the server")
	p.keeps(p.window, "11-cant-reach-the-server")
	p.clicks(p.window, "Close")
	p.sees(p.window, "Set it up")
	p.keeps(p.window, "11-what-was-checked")
	p.stop()
	for _, path := range p.desk.filesHolding(t, secret) {
		t.Errorf("%s holds the secret", path)
	}

	p.start()
	p.sees(p.window, "Check and continue")
	p.scrollsDown()
	p.sees(p.window, "Remember on this computer")
	p.clicks(p.window, "Show")
	p.sees(p.window, secret)
}
