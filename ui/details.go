package ui

import (
	"granthelper/flow"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/theme"
)

// The entries of the server picker, in order.
const (
	pickPractice = iota
	pickCompany
)

// details is step 1: the form about the app. What is typed for the practice
// server and for a company's server is kept apart, so that going back and
// forth between the two loses nothing.
type details struct {
	page *page

	kind        flow.Server
	kept        [2]flow.Details // by the picker's entry
	server      *picker
	address     *field
	clientID    *field
	callback    *field
	withSecret  *option
	secret      *field
	remember    *option
	form        *fyne.Container
	remembering *fyne.Container
	summary     *fyne.Container
	intro       *label
	busy        *label

	onContinue   func(flow.Details, bool) // the details, and whether to remember the secret
	onServer     func(practice bool)      // the picker moved
	onWantSecret func()                   // the secret's box was opened while empty
	onCopyOwner  func(callback string)
}

func newDetails(kind flow.Server) *details {
	d := &details{kind: kind}
	d.server = newPicker(say("field.server"), []pick{
		{say("server.practice"), iconFlask}, {say("server.company"), iconServer},
	}, d.onPickServer)
	d.address = d.newField("address", newInput(), nil)
	d.clientID = d.newField("client", newInput(), nil)
	copyOwner := newButton(say("details.copyOwner"), func() { d.onCopyOwner(d.callback.text()) })
	d.callback = d.newField("callback", newInput(), sized(148, 0, copyOwner))
	d.secret = newSecretField(fieldWords("secret")).limited(kind.SecretLimit)
	d.secret.onLeave = func() { d.leave(flow.FieldSecret) }
	d.withSecret = newOption(say("details.withSecret"), say("details.withSecretHelp"), d.onWithSecret)
	d.remember = newOption(say("details.remember"), say("details.rememberHelp"), nil)
	d.remembering = formBlank(d.remember.content)
	d.intro = newLabel(roleMuted, "")
	d.summary = vcol(0)
	d.form = newForm(
		formRow(say("field.server"), d.server.content),
		d.address.content, d.clientID.content, d.callback.content,
		formBlank(d.withSecret.content), d.secret.content, d.remembering,
	)
	d.busy = newLabel(roleCaption, "")
	goOn := newPrimary(say("details.continue"), d.onPrimary)
	d.page = &page{
		title: say("rail.details"), step: 0, status: d.busy, buttons: []*button{goOn}, primary: d.onPrimary, focus: goOn,
		content: vcol(18, vcol(2, newLabel(roleHeading, say("details.title")), d.intro), d.summary, d.form),
	}
	d.arrange()
	return d
}

// newField makes one of the fields with its words and checks it when left.
func (d *details) newField(name string, in *input, side fyne.CanvasObject) *field {
	in.TextStyle = mono
	f := newField(fieldWords(name), in, side)
	f.onLeave = func() { d.leave(d.which(f)) }
	return f
}

// fieldWords finds the words of a field by its name.
func fieldWords(name string) fieldText {
	return fieldText{
		name: say("field." + name), help: say("field." + name + ".help"), where: say("field." + name + ".where"),
		hide: say("field." + name + ".hide"), found: say("field." + name + ".found"),
	}
}

func (d *details) fields() map[flow.Field]*field {
	return map[flow.Field]*field{
		flow.FieldServer: d.address, flow.FieldClientID: d.clientID, flow.FieldCallback: d.callback, flow.FieldSecret: d.secret,
	}
}

func (d *details) which(f *field) flow.Field {
	for name, one := range d.fields() {
		if one == f {
			return name
		}
	}
	return ""
}

// fill puts both sets of details into the form and shows one of them.
func (d *details) fill(practice, company flow.Details, showPractice, remember bool) {
	d.kept = [2]flow.Details{practice, company}
	d.remember.check.SetChecked(remember)
	chosen := pickCompany
	if showPractice {
		chosen = pickPractice
	}
	d.server.set(chosen)
	d.write(d.kept[chosen])
}

// pickPractice goes over to the practice server, as the person could.
func (d *details) pickPractice() {
	if !d.practice() {
		d.server.set(pickPractice)
		d.onPickServer(pickPractice)
	}
}

func (d *details) practice() bool { return d.server.chosen == pickPractice }

// read gives what is typed now.
func (d *details) read() flow.Details {
	return flow.Details{
		Practice: d.practice(), Address: d.address.text(), ClientID: d.clientID.text(), Callback: d.callback.text(),
		WithSecret: d.withSecret.check.Checked, Secret: flow.Conceal(d.secret.text()),
	}
}

func (d *details) write(v flow.Details) {
	d.address.setText(v.Address)
	d.clientID.setText(v.ClientID)
	d.callback.setText(v.Callback)
	d.secret.setText(v.Secret.Reveal())
	d.withSecret.check.SetChecked(v.WithSecret)
	d.summary.RemoveAll()
	d.summary.Hide()
	for _, f := range d.fields() {
		f.clear()
	}
	d.arrange()
}

// setSecret fills the secret's box, unless something was typed meanwhile.
func (d *details) setSecret(practice bool, secret flow.Secret) {
	if d.practice() != practice {
		d.kept[1-d.server.chosen].Secret = secret
		return
	}
	if d.secret.text() == "" {
		d.secret.setText(secret.Reveal())
	}
}

func (d *details) onPickServer(chosen int) {
	other := 1 - chosen
	v := d.read()
	v.Practice = other == pickPractice
	d.kept[other] = v
	d.write(d.kept[chosen])
	d.onServer(chosen == pickPractice)
	if d.withSecret.check.Checked && d.secret.text() == "" {
		d.onWantSecret()
	}
}

func (d *details) onWithSecret(on bool) {
	d.arrange()
	if on && d.secret.text() == "" && d.onWantSecret != nil {
		d.onWantSecret()
	}
}

// arrange shows the rows that belong to what is chosen.
func (d *details) arrange() {
	if d.form == nil {
		return
	}
	d.address.show(!d.practice())
	d.intro.set(say("details.intro"))
	if d.practice() {
		d.intro.set(say("details.introPractice"))
	}
	on := d.withSecret.check.Checked
	d.secret.show(on)
	// The practice server makes a new secret at each start: nothing to remember.
	d.remembering.Hidden = !on || d.practice()
	d.form.Refresh()
}

// leave tidies and checks the field that was just left.
func (d *details) leave(left flow.Field) {
	v, tidied := d.read().Tidy()
	d.put(left, v)
	if left == flow.FieldServer {
		d.onServer(d.practice()) // the mode names the server
	}
	f := d.fields()[left]
	if f.text() == "" { // not too early: an empty box is told on Continue
		f.clear()
		return
	}
	d.tellField(left, append(tidied, v.Check(d.kind)...))
}

// put writes a tidied value back into its box.
func (d *details) put(name flow.Field, v flow.Details) {
	text := map[flow.Field]string{
		flow.FieldServer: v.Address, flow.FieldClientID: v.ClientID, flow.FieldCallback: v.Callback, flow.FieldSecret: v.Secret.Reveal(),
	}[name]
	if f := d.fields()[name]; f.text() != text {
		f.setText(text)
	}
}

// tellField shows the weightiest thing found about a field.
func (d *details) tellField(name flow.Field, found []flow.Finding) {
	f := d.fields()[name]
	f.clear()
	var worst *flow.Finding
	for i, one := range found {
		if one.Field == name && (worst == nil || one.Weight > worst.Weight) {
			worst = &found[i]
		}
	}
	if worst == nil {
		return
	}
	words := tell("rule."+string(worst.Rule), worst.Facts)
	var fixWords string
	var fix func()
	if worst.Fix != nil {
		fixWords = say("fix." + string(worst.Rule))
		fix = func() {
			f.setText(*worst.Fix)
			d.leave(name)
		}
	}
	switch worst.Weight {
	case flow.Block:
		f.problem(words, fixWords, fix)
	case flow.Warn:
		f.hint(toneCaution, words, fixWords, fix)
	default:
		f.hint(toneInfo, words, fixWords, fix)
	}
}

// onPrimary checks everything and goes on, or says on top what to fix.
func (d *details) onPrimary() {
	v, tidied := d.read().Tidy()
	found := append(tidied, v.Check(d.kind)...)
	for name := range d.fields() {
		d.put(name, v)
		d.tellField(name, found)
	}
	d.summary.RemoveAll()
	blocks := flow.Blocked(found)
	d.summary.Hidden = len(blocks) == 0
	if len(blocks) == 0 {
		d.onContinue(v, d.remember.check.Checked)
		return
	}
	d.summary.Add(d.newSummary(blocks))
	d.page.content.Refresh()
	focus(d.fields()[blocks[0].Field].input)
}

// newSummary lists what to fix; each line leads to its field.
func (d *details) newSummary(blocks []flow.Finding) fyne.CanvasObject {
	lines := vcol(2, newLabel(roleStrong, sayCount("details.fix", len(blocks))))
	for _, block := range blocks {
		f := d.fields()[block.Field]
		words := say("details.fixLine", "Field", f.name, "Words", tell("rule."+string(block.Rule), block.Facts))
		link := newPress(newLabel(roleLinkCaption, words), func() string { return words }, func() { focus(f.input) })
		lines.Add(link)
	}
	return newTinted(toneProblem, htop(12, 1, newIcon(iconProblem, theme.ColorNameError, 22).content, lines))
}

// working says in the footer that something is being looked at, or nothing.
func (d *details) working(words string) {
	d.busy.set(words)
	d.page.buttons[len(d.page.buttons)-1].enable(words == "")
}
