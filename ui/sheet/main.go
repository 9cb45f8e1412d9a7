// Command sheet puts the pictures of all problems' dialogs, as the tests keep
// them, on one contact sheet, so that a person can look at every dialog in a
// minute. It is run by "make sheet".
package main

import (
	"errors"
	"flag"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
)

// The sheet: five dialogs beside each other, each at half its size.
const (
	columns = 5
	gap     = 12
)

func main() {
	from := flag.String("from", "ui/testdata/problems", "folder of the dialogs' pictures")
	to := flag.String("to", "assets/pictures/problems.png", "the contact sheet")
	flag.Parse()
	if err := run(*from, *to); err != nil {
		fmt.Fprintln(os.Stderr, "sheet:", err)
		os.Exit(1)
	}
}

func run(from, to string) error {
	paths, err := filepath.Glob(filepath.Join(from, "*.png"))
	if err != nil {
		return err
	}
	if len(paths) == 0 {
		return fmt.Errorf("no pictures in %s", from)
	}
	slices.SortFunc(paths, byCode)
	dialogs := make([]image.Image, len(paths))
	for i, path := range paths {
		if dialogs[i], err = read(path); err != nil {
			return err
		}
	}
	return write(to, arrange(dialogs))
}

// byCode sorts D2 before D10, and D before T before U.
func byCode(a, b string) int {
	letterA, numberA := parts(a)
	letterB, numberB := parts(b)
	if letterA != letterB {
		return strings.Compare(letterA, letterB)
	}
	return numberA - numberB
}

func parts(path string) (letter string, number int) {
	code := strings.TrimSuffix(filepath.Base(path), ".png")
	number, _ = strconv.Atoi(code[1:])
	return code[:1], number
}

func read(path string) (image.Image, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	picture, err := png.Decode(file)
	if err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	return half(picture), nil
}

// half averages each two by two pixels.
func half(full image.Image) image.Image {
	corner := full.Bounds().Min
	small := image.NewNRGBA(image.Rect(0, 0, full.Bounds().Dx()/2, full.Bounds().Dy()/2))
	for y := range small.Rect.Dy() {
		for x := range small.Rect.Dx() {
			var sum [3]uint32
			for _, at := range [...]image.Point{{}, {X: 1}, {Y: 1}, {X: 1, Y: 1}} {
				r, g, b, _ := full.At(corner.X+2*x+at.X, corner.Y+2*y+at.Y).RGBA()
				sum[0], sum[1], sum[2] = sum[0]+r, sum[1]+g, sum[2]+b
			}
			small.SetNRGBA(x, y, color.NRGBA{R: uint8(sum[0] >> 10), G: uint8(sum[1] >> 10), B: uint8(sum[2] >> 10), A: 255})
		}
	}
	return small
}

// arrange lays the dialogs in rows from the left, each row as high as its
// highest.
func arrange(dialogs []image.Image) image.Image {
	var width, height int
	for _, d := range dialogs {
		width = max(width, d.Bounds().Dx())
	}
	places := make([]image.Point, len(dialogs))
	for first := 0; first < len(dialogs); first += columns {
		high := 0
		for i := first; i < min(first+columns, len(dialogs)); i++ {
			places[i] = image.Pt(gap+(i-first)*(width+gap), gap+height)
			high = max(high, dialogs[i].Bounds().Dy())
		}
		height += high + gap
	}
	sheet := image.NewNRGBA(image.Rect(0, 0, gap+columns*(width+gap), height+gap))
	draw.Draw(sheet, sheet.Rect, image.NewUniform(color.NRGBA{R: 0x70, G: 0x7B, B: 0x8C, A: 255}), image.Point{}, draw.Src)
	for i, d := range dialogs {
		draw.Draw(sheet, d.Bounds().Add(places[i]), d, image.Point{}, draw.Src)
	}
	return sheet
}

func write(path string, picture image.Image) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		return err
	}
	file, err := os.Create(path)
	if err != nil {
		return err
	}
	return errors.Join(png.Encode(file, picture), file.Close())
}
