package ui

import "fyne.io/fyne/v2"

// modalHigh is the height above which the body of a question scrolls.
const modalHigh = 540

// modalBox lays out a question: 24 around, the head, the body 44 in from the
// icon's left edge, the buttons at the right.
type modalBox struct{ modal *modal }

const (
	modalPad    = 24
	modalIndent = 44
	modalGap    = 16
)

// width is the question's own width, or what the window has room for.
func (b *modalBox) width() float32 {
	return fyne.Min(dip(b.modal.width), b.modal.frame.window.Canvas().Size().Width-2*modalPad)
}

// heights gives what head, body and foot need, the body no more than there
// is room for.
func (b *modalBox) heights(objects []fyne.CanvasObject, width float32) (head, body, foot float32) {
	inner := width - 2*dip(modalPad)
	head = heightAt(objects[0], inner)
	foot = heightAt(objects[2], inner)
	body = heightAt(b.modal.scroll.Content, inner-dip(modalIndent)+dip(6))
	most := fyne.Min(dip(modalHigh), b.modal.frame.window.Canvas().Size().Height-2*modalPad)
	return head, fyne.Min(body, most-head-foot-2*dip(modalPad)-2*dip(modalGap)), foot
}

func (b *modalBox) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	head, body, foot := b.heights(objects, size.Width)
	inner := size.Width - 2*dip(modalPad)
	x, y := dip(modalPad), dip(modalPad)
	objects[0].Move(fyne.NewPos(x, y))
	objects[0].Resize(fyne.NewSize(inner, head))
	y += head + dip(modalGap)
	objects[1].Move(fyne.NewPos(x+dip(modalIndent), y))
	objects[1].Resize(fyne.NewSize(inner-dip(modalIndent)+dip(6), body))
	y += body + dip(modalGap)
	objects[2].Move(fyne.NewPos(x, y))
	objects[2].Resize(fyne.NewSize(inner, foot))
}

func (b *modalBox) MinSize(objects []fyne.CanvasObject) fyne.Size {
	width := b.width()
	head, body, foot := b.heights(objects, width)
	return fyne.NewSize(width, head+body+foot+2*dip(modalPad)+2*dip(modalGap))
}
