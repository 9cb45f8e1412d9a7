package e2e

import (
	"image"
	"math"
	"sync"
)

// strokeRadius is a little more than the thickest stroke of a letter in body
// text or a heading, in screen pixels.
const strokeRadius = 3.5

// views gives three grey pictures of the same thing to read words from: as it
// is; only the thin bright strokes (white words on a blue button or in the
// dark theme); only the thin dark strokes. The last two as dark words on white.
// Reading only the first one misses white words on blue.
func views(picture *image.RGBA) [3]*image.Gray {
	grey := toGrey(picture)
	out := [3]*image.Gray{stretch(grey)}
	var both sync.WaitGroup
	both.Go(func() { out[1] = withoutFrames(difference(grey, erodeDilate(grey, false))) })
	both.Go(func() { out[2] = withoutFrames(difference(erodeDilate(grey, true), grey)) })
	both.Wait()
	return out
}

func toGrey(picture *image.RGBA) *image.Gray {
	grey := image.NewGray(image.Rect(0, 0, picture.Rect.Dx(), picture.Rect.Dy()))
	for i := range grey.Pix {
		p := picture.Pix[4*i:]
		grey.Pix[i] = uint8((299*int(p[0]) + 587*int(p[1]) + 114*int(p[2])) / 1000)
	}
	return grey
}

// stretch uses the whole range from black to white.
func stretch(grey *image.Gray) *image.Gray {
	low, high := uint8(255), uint8(0)
	for _, v := range grey.Pix {
		low, high = min(low, v), max(high, v)
	}
	if high <= low {
		return grey
	}
	out := image.NewGray(grey.Rect)
	for i, v := range grey.Pix {
		out.Pix[i] = uint8(255 * int(v-low) / int(high-low))
	}
	return out
}

// difference is white where a equals b and darker the more a is above b.
func difference(a, b *image.Gray) *image.Gray {
	out := image.NewGray(a.Rect)
	for i := range out.Pix {
		out.Pix[i] = uint8(255 - min(255, max(0, 3*(int(a.Pix[i])-int(b.Pix[i]))/2)))
	}
	return out
}

// erodeDilate removes what is thinner than the disk: bright strokes (an
// opening), or dark ones when dark is set (a closing).
func erodeDilate(grey *image.Gray, dark bool) *image.Gray {
	return spread(spread(grey, dark), !dark)
}

// spread gives every pixel the brightest (or the darkest) value within the
// disk, which it takes apart into rows.
func spread(grey *image.Gray, brightest bool) *image.Gray {
	width, height := grey.Rect.Dx(), grey.Rect.Dy()
	out := image.NewGray(grey.Rect)
	copy(out.Pix, grey.Pix)
	reach := int(math.Floor(strokeRadius))
	for dy := -reach; dy <= reach; dy++ {
		half := int(math.Sqrt(strokeRadius*strokeRadius - float64(dy*dy)))
		for y := max(0, -dy); y < min(height, height-dy); y++ {
			from := grey.Pix[(y+dy)*grey.Stride:][:width]
			to := out.Pix[y*out.Stride:][:width]
			for dx := -half; dx <= half; dx++ {
				merge(to, from, dx, brightest)
			}
		}
	}
	return out
}

// merge takes from, moved by dx, into to where it is brighter (or darker).
func merge(to, from []uint8, dx int, brightest bool) {
	if dx >= 0 {
		from, to = from[min(dx, len(from)):], to[:max(0, len(to)-dx)]
	} else {
		from, to = from[:max(0, len(from)+dx)], to[min(-dx, len(to)):]
	}
	if brightest {
		for i, v := range from {
			to[i] = max(to[i], v)
		}
		return
	}
	for i, v := range from {
		to[i] = min(to[i], v)
	}
}

// The tallest letter and the widest run of letters that touch, in pixels.
const (
	tallestLetter = 38
	widestRun     = 200
)

// withoutFrames takes away strokes that hang together and are too large for
// letters: borders and the ring around the focused button, inside of which the
// reader would look for no words.
func withoutFrames(grey *image.Gray) *image.Gray {
	const ink = 215 // darker than this is a stroke
	width, height := grey.Rect.Dx(), grey.Rect.Dy()
	seen := make([]bool, len(grey.Pix))
	var stroke []int
	for start, v := range grey.Pix {
		if v >= ink || seen[start] {
			continue
		}
		seen[start] = true
		stroke = append(stroke[:0], start)
		box := image.Rectangle{Min: image.Pt(width, height)}
		for next := 0; next < len(stroke); next++ {
			x, y := stroke[next]%width, stroke[next]/width
			box.Min.X, box.Min.Y = min(box.Min.X, x), min(box.Min.Y, y)
			box.Max.X, box.Max.Y = max(box.Max.X, x+1), max(box.Max.Y, y+1)
			for ny := max(0, y-1); ny <= min(height-1, y+1); ny++ {
				for nx := max(0, x-1); nx <= min(width-1, x+1); nx++ {
					if at := ny*width + nx; !seen[at] && grey.Pix[at] < ink {
						seen[at] = true
						stroke = append(stroke, at)
					}
				}
			}
		}
		if box.Dy() > tallestLetter || box.Dx() > widestRun {
			for _, at := range stroke {
				grey.Pix[at] = 255
			}
		}
	}
	return grey
}

// enlarge scales a picture up by the factor with a Catmull-Rom curve, which
// keeps the edges of letters sharp; one direction after the other.
func enlarge(grey *image.Gray, factor float64) *image.Gray {
	width, height := grey.Rect.Dx(), grey.Rect.Dy()
	wide, high := int(float64(width)*factor), int(float64(height)*factor)
	columns, rows := curve(wide, width, factor), curve(high, height, factor)
	middle := make([]int32, wide*height)
	for y := range height {
		line := grey.Pix[y*grey.Stride:]
		for x, c := range columns {
			middle[y*wide+x] = c.weight[0]*int32(line[c.at[0]]) + c.weight[1]*int32(line[c.at[1]]) +
				c.weight[2]*int32(line[c.at[2]]) + c.weight[3]*int32(line[c.at[3]])
		}
	}
	out := image.NewGray(image.Rect(0, 0, wide, high))
	for y, r := range rows {
		a, b, c, d := middle[r.at[0]*wide:], middle[r.at[1]*wide:], middle[r.at[2]*wide:], middle[r.at[3]*wide:]
		for x := range wide {
			v := (r.weight[0]*(a[x]>>4) + r.weight[1]*(b[x]>>4) + r.weight[2]*(c[x]>>4) + r.weight[3]*(d[x]>>4)) >> 16
			out.Pix[y*out.Stride+x] = uint8(min(255, max(0, v)))
		}
	}
	return out
}

// tap says which four pixels make up one, and how much each counts of 1024.
type tap struct {
	at     [4]int
	weight [4]int32
}

func curve(count, size int, factor float64) []tap {
	taps := make([]tap, count)
	for i := range taps {
		place := (float64(i)+0.5)/factor - 0.5
		first := int(math.Floor(place))
		t := place - float64(first)
		weights := [4]float64{
			-t * (1 - t) * (1 - t) / 2,
			1 - 2.5*t*t + 1.5*t*t*t,
			t * (1 + 4*t - 3*t*t) / 2,
			-t * t * (1 - t) / 2,
		}
		for k, weight := range weights {
			taps[i].at[k] = min(size-1, max(0, first-1+k))
			taps[i].weight[k] = int32(math.Round(weight * 1024))
		}
	}
	return taps
}
