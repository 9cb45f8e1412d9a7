package ui

import (
	"granthelper/assets"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/container"
	"fyne.io/fyne/v2/theme"
	"fyne.io/fyne/v2/widget"
)

// The window's own icons, where Fyne has none or one that looks like another
// (UX §6.4). They take the colour of the text they stand beside.
var (
	iconProblem = ownIcon("problem")
	iconCaution = ownIcon("caution")
	iconInfo    = ownIcon("info")
	iconDone    = ownIcon("check")
	iconTick    = ownIcon("tick")
	iconHand    = ownIcon("hand")
	iconFlask   = ownIcon("flask")
	iconServer  = ownIcon("server")
	iconHeadset = ownIcon("headset")
	iconClosed  = ownIcon("chevron-right")
	iconOpened  = ownIcon("chevron-down")
	iconThen    = ownIcon("arrow-right")
	iconClock   = ownIcon("clock")
	iconGrant   = ownPicture("grant") // the product's, in its own colours
)

// ownIcon reads an icon that takes the colour of a name.
func ownIcon(name string) fyne.Resource {
	return theme.NewThemedResource(ownPicture(name))
}

// ownPicture reads one of assets/icons as it is. A test reads them all, so
// the product's icon in place of a missing one is never seen. (A stock icon
// would need a running app, and these are read before there is one.)
func ownPicture(name string) fyne.Resource {
	svg, err := assets.Icons.ReadFile("icons/" + name + ".svg")
	if err != nil {
		return fyne.NewStaticResource("grant.svg", assets.Icon)
	}
	return fyne.NewStaticResource(name+".svg", svg)
}

// icon is a picture of a fixed size in one colour of the theme.
type icon struct {
	content *fyne.Container
	image   *widget.Icon
}

// newIcon makes an icon of a size in dip.
func newIcon(source fyne.Resource, color fyne.ThemeColorName, size float32) *icon {
	i := &icon{image: widget.NewIcon(nil)}
	i.content = sized(size, size, i.image)
	i.set(source, color)
	return i
}

// set changes picture and colour; colorNone keeps the colours of the file.
func (i *icon) set(source fyne.Resource, color fyne.ThemeColorName) {
	if color != colorNone {
		source = theme.NewColoredResource(source, color)
	}
	i.image.SetResource(source)
}

// newTile makes the square with an icon that heads a result or a choice.
func newTile(source fyne.Resource, fill, color fyne.ThemeColorName) fyne.CanvasObject {
	back := newBox(fill, colorNone)
	picture := container.NewCenter(newIcon(source, color, 28).content)
	return sized(48, 48, container.NewStack(back, picture))
}
