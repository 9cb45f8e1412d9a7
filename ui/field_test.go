package ui

import (
	"testing"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/test"
)

func clientID() fieldText {
	return fieldText{name: "Client ID", help: "It is not secret.", where: "Where do I find it?", hide: "Hide this", found: "In Connections."}
}

func TestField_ChecksOnLeavingNotWhileTyping(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	f := newField(clientID(), newInput(), nil)
	other := newInput()
	left := ""
	f.onLeave = func() { left = f.text() }
	w := stage(t, vcol(0, f.content, other), fyne.NewSize(700, 300))
	w.Canvas().Focus(f.input)
	test.Type(f.input, "app_1")
	if left != "" {
		t.Errorf("checked %q while typing", left)
	}
	w.Canvas().Focus(other)
	if left != "app_1" {
		t.Errorf("left with %q, want app_1", left)
	}
}

func TestField_ShowsAProblemInWordsAndOffersTheFix(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	side := newButton("Copy for owner", nil)
	f := newField(clientID(), newInput(), side)
	stage(t, f.content, fyne.NewSize(700, 300))
	fixed := false
	f.problem("Only https is accepted.", "Change to https", func() { fixed = true })
	if !f.bad() || !f.alert.Visible() || f.words.text != "Only https is accepted." {
		t.Errorf("bad %v, alert %v, words %q", f.bad(), f.alert.Visible(), f.words.text)
	}
	if side.Visible() || !f.fix.Visible() || f.fix.Text != "Change to https" {
		t.Errorf("side %v, fix %v %q: the fix stands in the side's place", side.Visible(), f.fix.Visible(), f.fix.Text)
	}
	test.Tap(f.fix)
	if !fixed {
		t.Error("the fix did nothing")
	}
	f.clear()
	if f.bad() || f.alert.Visible() || f.fix.Visible() || !side.Visible() {
		t.Error("clear left something behind")
	}
	f.hint(toneCaution, "Look at this.", "", nil)
	if f.bad() || !f.alert.Visible() {
		t.Error("a hint is shown and does not count as a problem")
	}
}

func TestField_CountsCharactersNotBytes(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	f := newSecretField(fieldText{name: "Client secret"}).limited(256)
	f.setText("größe")
	if got, want := f.caption.text, "5 of 256 characters"; got != want {
		t.Errorf("caption %q, want %q", got, want)
	}
}

func TestSecretField_ShowsAndHides(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	f := newSecretField(fieldText{name: "Client secret"})
	w := stage(t, f.content, fyne.NewSize(700, 200))
	if !f.input.Password {
		t.Fatal("shown at the start")
	}
	w.Canvas().Focus(f.input)
	w.Canvas().FocusNext()
	key(w.Canvas(), fyne.KeyReturn)
	if f.input.Password {
		t.Error("Show did not show")
	}
	key(w.Canvas(), fyne.KeyReturn)
	if !f.input.Password {
		t.Error("Hide did not hide")
	}
}

func TestInput_EnterGoesToThePage(t *testing.T) {
	dress(t, newLook(lookLight, 1))
	f := newTestFrame(t, nil)
	done, stopped := 0, 0
	in := newInput()
	f.show(&page{content: vcol(0, in), primary: func() { done++ }, escape: func() { stopped++ }, focus: in})
	test.Type(in, "abc")
	key(f.window.Canvas(), fyne.KeyReturn)
	key(f.window.Canvas(), fyne.KeyEscape)
	if done != 1 || stopped != 1 || in.Text != "abc" {
		t.Errorf("primary %d, escape %d, text %q; want 1, 1, abc", done, stopped, in.Text)
	}
}
