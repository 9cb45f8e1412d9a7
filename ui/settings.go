package ui

import (
	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
)

// settings is the page behind the gear: how the window looks, this computer's
// certificate, and how careful to be. Changes apply at once.
type settings struct {
	page    *page
	theme   *picker
	size    *picker
	strict  *option
	helping *option
	asking  *option
	proxy   *input
	odd     *label // what is wrong with the proxy's address
	sign    *icon
	state   *label
	proof   *fold
	print   *copyable
	check   *button
	remove  *button
	done    *button
	reset   *button
	fresh   *label // what Reset does, and that it was done
	busy    *label
}

// settingsActions are what the page can ask for.
type settingsActions struct {
	look                 func(mode lookMode, factor float32)
	strict, helping      func(bool)
	asking               func(bool)   // the server is asked before the browser opens
	proxy                func(string) // host:port, or "" for the system's own
	check, remove, leave func()
	reset                func() // the practice people are as new
}

var themeNames = []string{"", "light", "dark"}

func newSettings(saved flow.Saved, do settingsActions) *settings {
	s := &settings{busy: newLabel(roleCaption, "")}
	look := func(int) { do.look(lookMode(s.theme.chosen), textSizes[s.size.chosen]) }
	s.theme = newPicker(say("settings.theme"), []pick{{say("theme.system"), nil}, {say("theme.light"), nil}, {say("theme.dark"), nil}}, look)
	var sizes []pick
	for _, factor := range textSizes {
		sizes = append(sizes, pick{say("settings.percent", "Percent", int(factor*100)), nil})
	}
	s.size = newPicker(say("settings.size"), sizes, look)
	s.setLook(saved)
	s.strict = newOption(say("settings.strict"), say("settings.strictHelp"), nil)
	s.strict.check.SetChecked(saved.Strict)
	s.strict.check.OnChanged = do.strict
	s.helping = newOption(say("settings.helping"), say("settings.helpingHelp"), nil)
	s.helping.check.SetChecked(saved.SupportTools)
	s.helping.check.OnChanged = do.helping
	s.network(saved, do)
	s.reset = newButton(say("settings.reset"), do.reset).with(iconFlask)
	s.fresh = newLabel(roleCaption, say("settings.resetHelp"))
	s.done = newPrimary(say("action.done"), do.leave)
	s.page = &page{
		title: say("bar.settings"), step: -1, status: s.busy, buttons: []*button{s.done}, primary: do.leave, escape: do.leave, focus: s.done,
		content: vcol(14,
			newHead(say("bar.settings"), say("settings.intro"), nil),
			vcol(8, newLabel(roleSubheading, say("settings.lookTitle")), container.NewGridWithColumns(2,
				vcol(4, newLabel(roleStrong, say("settings.theme")), s.theme.content), vcol(4, newLabel(roleStrong, say("settings.size")), s.size.content))),
			newRule(), s.certificate(do), newRule(),
			vcol(8, newLabel(roleSubheading, say("settings.safety")),
				container.NewGridWithColumns(2, s.strict.content, s.helping.content)),
			newRule(),
			vcol(8, newLabel(roleSubheading, say("settings.network")),
				container.NewGridWithColumns(2, s.asking.content,
					vcol(4, newLabel(roleStrong, say("settings.proxy")), s.proxy, s.odd))),
			newRule(),
			hgrow(12, 1, s.reset, s.fresh)),
	}
	return s
}

// setLook shows the saved look without telling anybody.
func (s *settings) setLook(saved flow.Saved) {
	for i, name := range themeNames {
		if name == saved.Theme {
			s.theme.set(i)
		}
	}
	for i, factor := range textSizes {
		if int(factor*100) == saved.TextSize {
			s.size.set(i)
		}
	}
}

// network makes what concerns the way to a company's server.
func (s *settings) network(saved flow.Saved, do settingsActions) {
	s.asking = newOption(say("settings.asking"), say("settings.askingHelp"), nil)
	s.asking.check.SetChecked(!saved.AskNobody)
	s.asking.check.OnChanged = do.asking
	s.proxy = newInput()
	s.proxy.TextStyle = mono
	s.proxy.SetText(saved.Proxy)
	s.proxy.SetPlaceHolder(say("settings.proxyHint"))
	s.odd = newLabel(roleCaption, say("settings.proxyHelp"))
	s.proxy.onLeave = func() {
		address, ok := flow.ProxyAddress(s.proxy.Text)
		if !ok {
			s.odd.setRole(roleCaption.in(theme.ColorNameError))
			s.odd.set(say("settings.proxyOdd"))
			return
		}
		s.odd.setRole(roleCaption)
		s.odd.set(say("settings.proxyHelp"))
		if address != s.proxy.Text {
			s.proxy.SetText(address)
		}
		do.proxy(address)
	}
}

func (s *settings) certificate(do settingsActions) fyne.CanvasObject {
	s.sign = newIcon(iconInfo, toneInfo.color, 22)
	s.state = newLabel(roleBody, "")
	s.print = newCopyable(roleMonoCaption, "")
	s.proof = newHelpFold(say("settings.print"), say("settings.printHide"), s.print)
	s.check = newButton(say("settings.check"), do.check)
	s.remove = newButton(say("settings.remove"), do.remove).with(theme.DeleteIcon())
	return vcol(8,
		newLabel(roleSubheading, say("settings.certificate")),
		htop(8, 1, s.sign.content, s.state),
		hgrow(12, 2, s.check, s.remove, gap(0, 0), s.proof.head),
		s.proof.body)
}

// show tells how the certificate stands; p is why it could not be looked at.
func (s *settings) show(report flow.TrustReport, p *flow.Problem) {
	t, words := toneCaution, say("settings.trust.partly")
	switch {
	case p != nil:
		t, words = toneProblem, tell("problem."+string(p.Code)+".title", p.Facts)
	case !report.Exists:
		t, words = toneInfo, say("settings.trust.none")
	case report.Trusted():
		t, words = toneOK, say("settings.trust.until", "Date", day(report.Expires))
	}
	s.sign.set(t.icon, t.color)
	s.state.set(words)
	s.print.set(report.Fingerprint)
	s.proof.head.Hidden = report.Fingerprint == ""
	s.remove.enable(report.Exists)
	s.page.content.Refresh()
}

// working says what is being done and holds the buttons meanwhile.
func (s *settings) working(words string) {
	s.busy.set(words)
	s.check.enable(words == "")
	if words != "" {
		s.remove.enable(false)
	}
}
