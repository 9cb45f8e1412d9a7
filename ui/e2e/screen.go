package e2e

import (
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"strings"
	"time"
)

// Screen looks at a display: its windows, its pixels, its clipboard. One
// goroutine at a time may use it.
type Screen struct {
	wire *wire
}

// Window is one window that the window manager knows.
type Window struct {
	ID    uint32
	Title string
	Area  image.Rectangle // of its content, without the frame, in screen pixels
}

// ErrNoWindow says that no window has the wanted words in its title (yet).
var ErrNoWindow = errors.New("no such window")

// OpenScreen connects to a display of this computer, such as ":7".
func OpenScreen(display string) (*Screen, error) {
	w, err := dial(display)
	if err != nil {
		return nil, err
	}
	return &Screen{wire: w}, nil
}

// Close ends the connection.
func (s *Screen) Close() error { return s.wire.close() }

// Windows lists the windows that the window manager has placed, oldest first
// (_NET_CLIENT_LIST of the Extended Window Manager Hints).
func (s *Screen) Windows() ([]Window, error) {
	list, err := s.wire.atom("_NET_CLIENT_LIST")
	if err != nil {
		return nil, err
	}
	value, _, err := s.wire.property(s.wire.root, list)
	if err != nil {
		return nil, err
	}
	var windows []Window
	for ; len(value) >= 4; value = value[4:] {
		id := binary.LittleEndian.Uint32(value)
		window, err := s.window(id)
		if err != nil {
			continue // it closed between the list and the look
		}
		windows = append(windows, window)
	}
	return windows, nil
}

// Find gives the newest window whose title begins or ends with the words, or
// ErrNoWindow. In between they may belong to a page that a browser shows.
func (s *Screen) Find(title string) (Window, error) {
	windows, err := s.Windows()
	if err != nil {
		return Window{}, err
	}
	for i := len(windows) - 1; i >= 0; i-- {
		if name := windows[i].Title; strings.HasPrefix(name, title) || strings.HasSuffix(name, title) {
			return windows[i], nil
		}
	}
	return Window{}, fmt.Errorf("%w: %q", ErrNoWindow, title)
}

func (s *Screen) window(id uint32) (Window, error) {
	name, err := s.wire.atom("_NET_WM_NAME")
	if err != nil {
		return Window{}, err
	}
	title, _, err := s.wire.property(id, name)
	if err != nil {
		return Window{}, err
	}
	if len(title) == 0 {
		if title, _, err = s.wire.property(id, atomWindowName); err != nil {
			return Window{}, err
		}
	}
	size, err := s.size(id)
	if err != nil {
		return Window{}, err
	}
	if err := s.wire.send(opTranslateCoords, 0, id, s.wire.root, 0); err != nil {
		return Window{}, err
	}
	packet, err := s.wire.reply()
	if err != nil {
		return Window{}, err
	}
	corner := image.Pt(int(int16(binary.LittleEndian.Uint16(packet[12:]))), int(int16(binary.LittleEndian.Uint16(packet[14:]))))
	return Window{ID: id, Title: string(title), Area: image.Rectangle{Min: corner, Max: corner.Add(size)}}, nil
}

func (s *Screen) size(id uint32) (image.Point, error) {
	if err := s.wire.send(opGetGeometry, 0, id); err != nil {
		return image.Point{}, err
	}
	packet, err := s.wire.reply()
	if err != nil {
		return image.Point{}, err
	}
	return image.Pt(int(binary.LittleEndian.Uint16(packet[16:])), int(binary.LittleEndian.Uint16(packet[18:]))), nil
}

// Bounds is the size of the whole screen.
func (s *Screen) Bounds() (image.Rectangle, error) {
	size, err := s.size(s.wire.root)
	return image.Rectangle{Max: size}, err
}

// Picture copies the pixels of one area; what lies outside the screen is left out.
func (s *Screen) Picture(area image.Rectangle) (*image.RGBA, error) {
	bounds, err := s.Bounds()
	if err != nil {
		return nil, err
	}
	if area = area.Intersect(bounds); area.Empty() {
		return nil, errors.New("the area lies outside the screen")
	}
	const zPixmap, allPlanes = 2, 0xffffffff
	corner := uint32(uint16(area.Min.X)) | uint32(uint16(area.Min.Y))<<16
	size := uint32(area.Dx()) | uint32(area.Dy())<<16
	if err := s.wire.send(opGetImage, zPixmap, s.wire.root, corner, size, allPlanes); err != nil {
		return nil, err
	}
	packet, err := s.wire.reply()
	if err != nil {
		return nil, err
	}
	pixels := packet[32:]
	picture := image.NewRGBA(area)
	if len(pixels) < len(picture.Pix) {
		return nil, errors.New("the display does not use 32 bits a pixel")
	}
	for i := 0; i < len(picture.Pix); i += 4 { // the server sends blue, green, red, nothing
		picture.Pix[i], picture.Pix[i+1], picture.Pix[i+2], picture.Pix[i+3] = pixels[i+2], pixels[i+1], pixels[i], 0xff
	}
	return picture, nil
}

// Clipboard reads the text that Ctrl+V would paste now; empty when nobody holds
// any. It waits two seconds at most for the program that holds it.
func (s *Screen) Clipboard() (string, error) {
	display := s.wire.conn.RemoteAddr().String()
	own, err := dial(":" + display[strings.LastIndexByte(display, 'X')+1:])
	if err != nil {
		return "", err
	}
	defer func() { _ = own.close() }()
	if err := own.conn.SetDeadline(time.Now().Add(2 * time.Second)); err != nil {
		return "", err
	}
	return own.clipboard()
}

// clipboard asks the owner of CLIPBOARD to put its text into a property of a
// window of ours (Inter-Client Communication Conventions, section 2).
func (w *wire) clipboard() (string, error) {
	atoms := map[string]uint32{}
	for _, name := range []string{"CLIPBOARD", "UTF8_STRING", "GRANTHELPER_TEXT", "INCR"} {
		number, err := w.atom(name)
		if err != nil {
			return "", err
		}
		atoms[name] = number
	}
	// A 1 by 1 window that is never shown: position, size, border, class and visual of its parent.
	if err := w.send(opCreateWindow, 0, w.base, w.root, 0, 1|1<<16, 0, 0, 0); err != nil {
		return "", err
	}
	if err := w.send(opConvertSelection, 0, w.base, atoms["CLIPBOARD"], atoms["UTF8_STRING"], atoms["GRANTHELPER_TEXT"], 0); err != nil {
		return "", err
	}
	for {
		packet, err := w.packet()
		if err != nil {
			return "", fmt.Errorf("clipboard: %w", err)
		}
		if packet[0] == 0 {
			return "", fmt.Errorf("clipboard: the display answered error %d", packet[1])
		}
		if packet[0]&0x7f != eventSelectionReply {
			continue
		}
		if binary.LittleEndian.Uint32(packet[20:]) == 0 {
			return "", nil // nobody holds text
		}
		value, kind, err := w.property(w.base, atoms["GRANTHELPER_TEXT"])
		if err == nil && kind == atoms["INCR"] {
			err = errors.New("clipboard: the text is too long to be read in one piece")
		}
		return string(value), err
	}
}
