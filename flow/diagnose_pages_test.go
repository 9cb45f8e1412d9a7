package flow

import (
	"strings"
	"testing"
)

// The pages below look as real servers and programs make them.

const tomcatPage = `<!doctype html><html lang="en"><head><title>HTTP Status 400 – Bad Request</title><style type="text/css">body {font-family:Tahoma,Arial,sans-serif;} h1, h2, h3, b {color:white;background-color:#525D76;} a > b {color:black;}</style></head><body><h1>HTTP Status 400 – Bad Request</h1><hr class="line" /><p><b>Type</b> Status Report</p><p><b>Message</b> oauth&#95;absent&#95;parameters: client&#95;id, callback&#95;uri</p><p><b>Description</b> The server cannot or will not process the request due to something that is perceived to be a client error.</p><hr class="line" /><h3>Apache Tomcat/9.0.31</h3></body></html>`

const oldTomcatPage = `<html><head><title>Apache Tomcat/6.0.18 - Error report</title><style><!--H1 {font-family:Tahoma;} --></style> </head><body><h1>HTTP Status 401 - UNAUTHORIZED (401): oauth_invalid_clientid</h1><HR size="1" noshade="noshade"><p><b>type</b> Status report</p><p><b>message</b> <u>UNAUTHORIZED (401): oauth_invalid_clientid</u></p><p><b>description</b> <u>This request requires HTTP authentication (UNAUTHORIZED (401): oauth_invalid_clientid).</u></p><HR size="1" noshade="noshade"><h3>Apache Tomcat/6.0.18</h3></body></html>`

const webSpherePage = `<HTML><HEAD><TITLE>Error Page Exception</TITLE></HEAD>
<BODY>
<H1>Error Page Exception</H1>
<H4>SRVE0260E: The server cannot use the error page specified for your application to handle the Original Exception printed below.</H4>
<BR><B>Original Exception: </B>
<H4>Error Message: </H4>Error 401: SRVE0295E: Error reported: 401 Callback URI sent with the request is not
the same as the one registered for this Company App
<H4>Error Code: </H4>401
<H4>Target Servlet: </H4>OAuth20AuthorizeServlet
<H4>Error Stack: </H4>com.ibm.ws.webcontainer.webapp.WebAppErrorReport: SRVE0295E: Error reported: 401<br>
</BODY></HTML>`

const webSphereMessage = `CWOAU0062E: The OAuth service provider could not redirect the request because the redirect URI was not valid. Contact your system administrator to resolve the problem.`

const ibmPage = `<div id="lotusFrame" class="lotusFrame lotusui30_layout"><div class="lotusBanner" role="banner"><span class="lotusAltText">IBM Connections Cloud</span></div>
<script>var dojoConfig = {locale: "en-us", error: "oauth_request_failed"};</script>
<!-- oauth_request_failed -->
<div class="lotusMessage2 lotusError" role="alert"><img src="blank.gif" alt="Error"><div class="lotusMessageBody">
<h2>We're sorry, we are unable to process your request</h2>
<p>UNAUTHORIZED&nbsp;(401):<br/>oauth_consumer_<wbr>missing_<wbr>subscription</p></div></div>
<div class="lotusFooter">&copy; Copyright IBM Corporation 2011, 2015.</div></div>`

const fromChromium = "PRACTICE — this is not a real sign-in page\nHTTP status 400\n\nBAD REQUEST (400): oauth_unsupported_parameters: state, scope\nCopy this text and go back to Grant Helper.\n\nThe practice server of Grant Helper. Nothing leaves this computer."

const fromFirefox = "PRACTICE — this is not a real sign-in page\r\n\r\nHTTP status 400\r\n\r\nBAD REQUEST (400): oauth_duplicated_parameters: client_id\r\n\r\nCopy this text and go back to Grant Helper.\r\n\r\nThe practice server of Grant Helper. Nothing leaves this computer.\r\n"

const quotedMail = `On Tue, Sam wrote:
> Hi, my browser says:
>
> > UNAUTHORIZED (401): Callback URI sent with the
> > request is not the same as the one regis
> > tered for this Company App
>
> What now?`

const wrappedAt20 = "BAD REQUEST (400): o\nauth_absent_paramete\nrs: response_type, c\nlient_id, callback_u\nri\nCopy this text and g\no back to Grant Helpe\nr."

func TestRequest_ReadErrorReadsRealPages(t *testing.T) {
	for _, row := range []struct {
		name, text string
		want       Code
		list       string
	}{
		{"Tomcat", tomcatPage, AbsentParameters, "client_id, callback_uri"},
		{"Tomcat of the time", oldTomcatPage, UnknownClient, ""},
		{"WebSphere", webSpherePage, CallbackMismatch, ""},
		{"WebSphere's own message", webSphereMessage, CallbackMismatch, ""},
		{"WebSphere's other message, in capitals", "ERROR: CWOAU0061E: DER OAUTH-SERVICE-PROVIDER …", UnknownClient, ""},
		{"IBM", ibmPage, NoSubscription, ""},
		{"practice page from Chromium", fromChromium, UnsupportedParameters, "state, scope"},
		{"practice page from Firefox", fromFirefox, DuplicatedParameters, "client_id"},
		{"mail", quotedMail, CallbackMismatch, ""},
		{"wrapped at 20 columns", wrappedAt20, AbsentParameters, "response_type, client_id, callback_uri"},
		{"typographic quotes", "The page says: “oauth_unsupported_parameters: ‘state’, ‘scope’”.", UnsupportedParameters, "state, scope"},
		{"German quotes", "Dort steht „oauth_request_failed“.", RequestFailed, ""},
		{"escaped twice", "&lt;p&gt;BAD REQUEST (400): oauth&amp;#95;invalid&amp;#x5F;parameters&amp;amp;colon;response&amp;lowbar;type=co,de&lt;/p&gt;", UnreadableType, "co,de"},
		{"JSON", `{"status":401,"message":"oauth_invalid_responsetype"}`, WrongType, ""},
		{"full-width signs", "エラー：ｏａｕｔｈ＿ａｂｓｅｎｔ＿ｐａｒａｍｅｔｅｒｓ：ｃｌｉｅｎｔ＿ｉｄ，ｓｃｏｐｅ　コピー", AbsentParameters, "client_id,scope"},
		{"invisible signs in every gap", "oauth\u00ad_\u200binva\ufefflid\u2060_cl\u200dient\ufe0fid", UnknownClient, ""},
		{"a NUL behind each letter", "o\x00a\x00u\x00t\x00h\x00_\x00r\x00e\x00q\x00u\x00e\x00s\x00t\x00_\x00f\x00a\x00i\x00l\x00e\x00d\x00", RequestFailed, ""},
		{"as a tag", "<oauth_invalid_clientid>", UnknownClient, ""},
		{"between lonely brackets", "a < b & c > d oauth_invalid_clientid <", UnknownClient, ""},
		{"after a comment without end", "<!-- oauth_invalid_clientid", UnknownClient, ""},
		{"after a script without end", "<script> oauth_invalid_clientid", UnknownClient, ""},
		{"only in a script", "<SCRIPT>'oauth_invalid_clientid'</ScRiPt >", UnknownText, ""},
		{"the refusal as text", "Sent to the app: ?oauth_error=\noauth_denied", AccessDenied, ""},
		{"heading first, list later", "<h1>oauth_absent_parameters</h1><p>BAD REQUEST (400): oauth_absent_parameters: client_id</p>", AbsentParameters, "client_id"},
		{"no list, then prose", "oauth_absent_parameters Copy this text", AbsentParameters, "…"},
		{"the document's own list", "oauth_absent_parameters: <parameter_list>", AbsentParameters, "…"},
		{"a list cut by a tag", "oauth_unsupported_parameters: state</td><td>scope", UnsupportedParameters, "state"},
		{"a list with a word break", "oauth_unsupported_parameters: code_<wbr>challenge,code_<b>challenge</b>_method", UnsupportedParameters, "code_challenge,code_challenge_method"},
		{"a name that begins as a known one", "oauth_unsupported_parameters: statement, scope2", UnsupportedParameters, "statement, scope2"},
		{"a list that ends a sentence", "It says oauth_duplicated_parameters: client_id.", DuplicatedParameters, "client_id"},
		{"a list that may be a secret", "oauth_unsupported_parameters: 0123456789abcdef0123456789abcdef0123456789abcdef", UnsupportedParameters, "…"},
		{"a value with odd signs", "oauth_invalid_parameters:response_type=co!de", UnreadableType, "co!de"},
		{"a value before a query", "oauth_invalid_parameters:response_type=x&code=abc", UnreadableType, "x"},
		{"the token step's list", "oauth_invalid_parameters: grant_type", UnreadableType, "grant_type"},
		{"the longest of several", "oauth_request_failed, oauth_invalid_clientid, oauth_authorization_code_expired", CodeTooOld, ""},
		{"the longest, written over lines", "oauth_request_failed oauth_\n\n\nauthorization_\t code_expired oauth_invalid_clientid", CodeTooOld, ""},
	} {
		p := goodRequest.ReadError(row.text).Problem
		if p == nil || p.Code != row.want {
			t.Errorf("%s: %v, want %s", row.name, p, row.want)
			continue
		}
		if got := p.Facts["names"] + p.Facts["value"]; got != row.list {
			t.Errorf("%s: list %q, want %q", row.name, got, row.list)
		}
		if p.Code != UnknownText && p.Facts["callback"] != goodRequest.Callback {
			t.Errorf("%s: no callback among the facts", row.name)
		}
	}
}

func TestRequest_ReadErrorReadsAddresses(t *testing.T) {
	const expected = "https://localhost:8443/callback"
	for _, row := range []struct {
		text string
		want Code // "" = an answer
		path string
	}{
		{expected + "?code=abc", "", ""},
		{" " + expected + "?oauth_error=oauth_denied\n", "", ""},
		{"https://localhost:8443/callback/?code=SECRET", WrongPath, "https://localhost:8443/callback/"},
		{"https://localhost:8443/elsewhere?x=1&code=SECRET#y", WrongPath, "https://localhost:8443/elsewhere"},
		{"https://localhost:9443/callback?code=SECRET", WrongPath, "https://localhost:9443/callback"},
		{"https://127.0.0.1:8443/callback?oauth_error=oauth_denied", WrongPath, "https://127.0.0.1:8443/callback"},
		{"https://localhost:8443/Callback?code=SECRET", WrongPath, "https://localhost:8443/Callback"},
		{"https://localhost?code=SECRET", WrongPath, "https://localhost"},
		{"https://h/#/auth?code=SECRET", WrongPath, "https://h/"},
		{"http://localhost:8443/callback?code=SECRET", WrongPath, "http://localhost:8443/callback"},
		{"https://SECRET@h/a<b>;code=SECRET?code=SECRET", WrongPath, "https://h/ab"},
		{"https://h/\u202ea\u200b?code=SECRET", WrongPath, "https://h/a"},
		{"https://" + strings.Repeat("1", 400) + "?code=SECRET", WrongPath, "https://" + strings.Repeat("1", textLimit-len("https://"))},
		{expected + "?code=SECRET&oauth_error=oauth_denied", CodeAndRefusal, ""},
		{expected + "?oauth_error=oauth_server_busy", NewReason, ""},
		{expected + "?code=SECRET&code=SECRET", TwoCodes, ""},
		{expected + "?<b>=1", NoAnswer, ""},
		{expected + "?code=a;b", NoAnswer, ""},
		{expected + "#code=SECRET", NotTheAnswer, ""},
		{goodRequest.AuthorizeURL(), NotTheAnswer, ""},
		{"https://apps.example.com/manage/oauth2/authorize?code=SECRET", NotTheAnswer, ""},
		{"https://apps.example.com/login?to=/manage/oauth2/authorize", NotTheAnswer, ""},
		{"https://apps.example.com/login?to=https%3A%2F%2Fapps.example.com%2Fmanage%2Foauth2%2Fauthorize%3Fx", NotTheAnswer, ""},
		{"https://apps.example.com/error?message=oauth_invalid_clientid", UnknownClient, ""},
		{"https://apps.example.com/", UnknownText, ""},
		{"https://apps.example.com/?barcode=1&xoauth_error=2", UnknownText, ""},
		{"see https://localhost:9443/callback?code=SECRET", UnknownText, ""},
		{"ftp://localhost?code=SECRET", UnknownText, ""},
	} {
		got := goodRequest.ReadError(row.text)
		if row.want == "" {
			if !got.Answer {
				t.Errorf("%q: %v, want an answer", row.text, got.Problem)
			}
			continue
		}
		if got.Answer || got.Problem.Code != row.want || !got.Problem.ByUser || got.Problem.Step != AtBrowser {
			t.Errorf("%q: %+v, want %s", row.text, got.Problem, row.want)
			continue
		}
		if path := got.Problem.Facts["path"]; path != row.path {
			t.Errorf("%q: path %q, want %q", row.text, path, row.path)
		}
		if row.want == WrongPath && got.Problem.Facts["expected"] != expected {
			t.Errorf("%q: expected %q, want %q", row.text, got.Problem.Facts["expected"], expected)
		}
		checkFacts(t, row.text, got.Problem.Facts)
	}
}
