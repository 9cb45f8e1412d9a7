// Package assets holds bytes and nothing else: the icons, the pages a
// browser is shown, and the words of the window in every language we have.
package assets

import "embed"

// Icon is the product's icon as SVG, 64 by 64.
//
//go:embed icon.svg
var Icon []byte

// Pages holds the HTML templates and the style sheet of the listener
// (flow/loopback) and of the practice server (flow/practice).
//
//go:embed pages
var Pages embed.FS

// Icons holds the window's own icons as SVG, 24 by 24 and of one colour. A
// hole is drawn against the direction of its outline, because colouring an
// icon drops the fill rule.
//
//go:embed icons
var Icons embed.FS

// Translations holds one JSON file a language, named by its tag; en.json is
// the complete one that the others are measured against.
//
//go:embed translations
var Translations embed.FS
