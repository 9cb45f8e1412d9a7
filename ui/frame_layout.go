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
// its buttons need.
type footerBox struct{}

func (footerBox) Layout(objects []fyne.CanvasObject, size fyne.Size) {
	rule, back, line := objects[0], objects[1], objects[2]
	rule.Resize(fyne.NewSize(size.Width, 1))
	back.Move(fyne.NewPos(0, 1))
	back.Resize(size.SubtractWidthHeight(0, 1))
	line.Resize(size)
}

func (footerBox) MinSize(objects []fyne.CanvasObject) fyne.Size {
	least := objects[2].MinSize()
	return fyne.NewSize(least.Width, fyne.Max(least.Height, dip(64)))
}
