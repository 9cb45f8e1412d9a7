// Package ui is the window of Grant Helper.
//
// It opens with the kit that every screen is built from, one noun a file: the
// look (theme.go, colors.go), the words (text.go), the parts (label, icon,
// button, fold, card, field, picker, option, choice, steps, spinner), the
// frame around a screen (frame, band, rail), questions on top of it (modal),
// the keys (keys.go) and the only door to other goroutines (watch.go).
//
// How to use it: build a [page] from the parts, hand it to frame.show, and
// call its setters from the goroutine of the window only. Anything slow goes
// through a watch, which brings its result back to that goroutine.
//
// What it promises: every word comes from assets/translations, every colour
// and size from the theme, everything can be reached and pressed by keyboard
// with a visible ring, and meaning never rests on colour alone. No file of
// this package but watch.go starts a goroutine.
package ui
