package ui

import "fyne.io/fyne/v2"

// narrowBelow is the width under which the rail becomes a line, and
// narrowText the text size from which it does (UX §6.1).
const (
	narrowBelow = 760
	narrowText  = 1.5
)

// frameBox lays out the frame: bar, rail or its line, page, footer.
type frameBox struct{ frame *frame }

func (b *frameBox) Layout(_ []fyne.CanvasObject, size fyne.Size) {
	f := b.frame
	narrow := size.Width < narrowBelow || factor() >= narrowText
	top := f.band.content.MinSize().Height
	f.band.content.Resize(fyne.NewSize(size.Width, top))

	left := float32(0)
	f.rail.wide.Hidden = f.page.bare || narrow
	f.rail.line.Hidden = f.page.bare || !narrow
	switch {
	case !f.rail.wide.Hidden:
		left = f.rail.wide.MinSize().Width
		f.rail.wide.Move(fyne.NewPos(0, top))
		f.rail.wide.Resize(fyne.NewSize(left, size.Height-top))
	case !f.rail.line.Hidden:
		f.rail.line.Move(fyne.NewPos(0, top))
		f.rail.line.Resize(fyne.NewSize(size.Width, dip(36)))
		top += dip(36)
	}

	width := size.Width - left
	bottom := heightAt(f.footer, width)
	f.footer.Hidden = len(f.page.buttons) == 0 && f.page.status == nil
	if f.footer.Hidden {
		bottom = 0
	}
	f.footer.Move(fyne.NewPos(left, size.Height-bottom))

	page := fyne.NewSize(width, size.Height-top-bottom)
	heightAt(f.scroll.Content, width) // so that the scroll knows how high wrapped text is
	f.scroll.Move(fyne.NewPos(left, top))
	f.scroll.Resize(page)
	f.scroll.Content.Resize(f.scroll.Content.MinSize().Max(page))
	f.scroll.Refresh()
}

// MinSize keeps the least window, so that no page can force a larger one.
func (b *frameBox) MinSize([]fyne.CanvasObject) fyne.Size { return windowLeast }

// footerBox lays a thin line above the footer, which is 64 high or as high as
// it needs. The status stands left of the buttons, or above them when they
// leave it too little room.
type footerBox struct {
	status, buttons *fyne.Container
	width           float32
}

const (
	footerHigh   = 64
	footerEdge   = 24
	footerAbove  = 12
	footerStatus = 140 // the least room for the status beside the buttons
)

// beside tells whether the status fits beside the buttons, and how wide the
// buttons are in one line.
func (l *footerBox) beside(inner float32) (bool, float32) {
	buttons := row{gap: 12}.MinSize(shown(l.buttons.Objects)).Width
	if len(l.status.Objects) == 0 {
		return buttons <= inner, buttons
	}
	status := fyne.Max(l.status.MinSize().Width, dip(footerStatus))
	return buttons+dip(16)+status <= inner, buttons
}

// heights gives what status and buttons need at a width.
func (l *footerBox) heights(inner float32) (status, buttons float32) {
	if fits, width := l.beside(inner); fits {
		return heightAt(l.status, inner-width-dip(16)), heightAt(l.buttons, width)
	}
	return heightAt(l.status, inner), heightAt(l.buttons, inner)
}

func (l *footerBox) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	l.width = size.Width
	objects[0].Resize(fyne.NewSize(size.Width, 1))
	objects[1].Move(fyne.NewPos(0, 1))
	objects[1].Resize(size.SubtractWidthHeight(0, 1))
	inner := size.Width - 2*dip(footerEdge)
	fits, width := l.beside(inner)
	status, buttons := l.heights(inner)
	if fits {
		l.status.Move(fyne.NewPos(dip(footerEdge), (size.Height-status)/2))
		l.buttons.Move(fyne.NewPos(size.Width-dip(footerEdge)-width, (size.Height-buttons)/2))
		return
	}
	y := dip(footerAbove)
	if status > 0 {
		l.status.Move(fyne.NewPos(dip(footerEdge), y))
		y += status + dip(8)
	}
	l.buttons.Move(fyne.NewPos(dip(footerEdge), y))
}

func (l *footerBox) MinSize([]fyne.CanvasObject) fyne.Size {
	inner := l.width - 2*dip(footerEdge)
	if inner <= 0 {
		return fyne.NewSize(0, dip(footerHigh))
	}
	fits, _ := l.beside(inner)
	status, buttons := l.heights(inner)
	need := fyne.Max(status, buttons)
	if !fits {
		need = status + buttons
		if status > 0 {
			need += dip(8)
		}
	}
	return fyne.NewSize(0, fyne.Max(need+2*dip(footerAbove), dip(footerHigh)))
}
