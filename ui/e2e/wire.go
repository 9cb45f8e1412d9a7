package e2e

import (
	"bufio"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
)

// The core requests and atoms of the X11 protocol (X Window System Protocol,
// version 11, appendix B) that looking at a screen takes.
const (
	opCreateWindow      = 1
	opGetGeometry       = 14
	opInternAtom        = 16
	opGetProperty       = 20
	opConvertSelection  = 24
	opTranslateCoords   = 40
	opGetImage          = 73
	eventSelectionReply = 31

	atomWindowName  = 39
	anyPropertyType = 0
)

// wire is one connection to an X server, just wide enough to look: which
// windows there are, what their pixels are, and what the clipboard holds. It is
// our own so that a look takes a millisecond instead of a new process.
// It is not safe for use by several goroutines at once.
type wire struct {
	conn   net.Conn
	in     *bufio.Reader
	root   uint32
	base   uint32 // first number this client may give to a window
	lookup map[string]uint32
}

// dial connects to the server of a display such as ":7" on this computer.
func dial(display string) (*wire, error) {
	if len(display) < 2 || display[0] != ':' {
		return nil, fmt.Errorf("display %q is not a local one", display)
	}
	conn, err := net.Dial("unix", "/tmp/.X11-unix/X"+display[1:])
	if err != nil {
		return nil, fmt.Errorf("display %s: %w", display, err)
	}
	w := &wire{conn: conn, in: bufio.NewReaderSize(conn, 1<<20), lookup: map[string]uint32{}}
	if err := w.greet(); err != nil {
		_ = conn.Close()
		return nil, fmt.Errorf("display %s: %w", display, err)
	}
	return w, nil
}

func (w *wire) close() error { return w.conn.Close() }

// greet is the connection setup: byte order, version 11.0, no authorization.
func (w *wire) greet() error {
	if _, err := w.conn.Write([]byte{'l', 0, 11, 0, 0, 0, 0, 0, 0, 0, 0, 0}); err != nil {
		return err
	}
	head := make([]byte, 8)
	if _, err := io.ReadFull(w.in, head); err != nil {
		return err
	}
	body := make([]byte, 4*int(binary.LittleEndian.Uint16(head[6:])))
	if _, err := io.ReadFull(w.in, body); err != nil {
		return err
	}
	if head[0] != 1 {
		return errors.New("the display refused the connection")
	}
	w.base = binary.LittleEndian.Uint32(body[4:])
	vendor, formats := int(binary.LittleEndian.Uint16(body[16:])), int(body[21])
	screen := 32 + (vendor+3)&^3 + 8*formats
	if screen+4 > len(body) {
		return errors.New("the display has no screen")
	}
	w.root = binary.LittleEndian.Uint32(body[screen:])
	return nil
}

// send writes one request; body is padded to whole words.
func (w *wire) send(op, detail byte, body ...uint32) error {
	request := make([]byte, 4, 4+4*len(body))
	request[0], request[1] = op, detail
	binary.LittleEndian.PutUint16(request[2:], uint16(1+len(body)))
	for _, word := range body {
		request = binary.LittleEndian.AppendUint32(request, word)
	}
	_, err := w.conn.Write(request)
	return err
}

// reply reads up to the next reply, leaving events out; an X error is an error.
func (w *wire) reply() ([]byte, error) {
	for {
		packet, err := w.packet()
		if err != nil {
			return nil, err
		}
		switch packet[0] {
		case 0:
			return nil, fmt.Errorf("the display answered error %d to request %d", packet[1], packet[10])
		case 1:
			return packet, nil
		}
	}
}

func (w *wire) packet() ([]byte, error) {
	packet := make([]byte, 32)
	if _, err := io.ReadFull(w.in, packet); err != nil {
		return nil, err
	}
	if packet[0] != 1 {
		return packet, nil
	}
	extra := make([]byte, 4*int(binary.LittleEndian.Uint32(packet[4:])))
	if _, err := io.ReadFull(w.in, extra); err != nil {
		return nil, err
	}
	return append(packet, extra...), nil
}

// atom gives the number of a name, asked for once.
func (w *wire) atom(name string) (uint32, error) {
	if known, ok := w.lookup[name]; ok {
		return known, nil
	}
	body := []uint32{uint32(len(name))}
	padded := append([]byte(name), 0, 0, 0)
	for i := 0; i+4 <= (len(name)+3)&^3; i += 4 {
		body = append(body, binary.LittleEndian.Uint32(padded[i:]))
	}
	if err := w.send(opInternAtom, 0, body...); err != nil {
		return 0, err
	}
	packet, err := w.reply()
	if err != nil {
		return 0, err
	}
	w.lookup[name] = binary.LittleEndian.Uint32(packet[8:])
	return w.lookup[name], nil
}

// property reads one property of a window, 4 MiB at most; kind is the atom of its type.
func (w *wire) property(window, name uint32) (value []byte, kind uint32, err error) {
	if err := w.send(opGetProperty, 0, window, name, anyPropertyType, 0, 1<<20); err != nil {
		return nil, 0, err
	}
	packet, err := w.reply()
	if err != nil {
		return nil, 0, err
	}
	size := int(binary.LittleEndian.Uint32(packet[16:])) * int(packet[1]) / 8
	if size > len(packet)-32 {
		return nil, 0, errors.New("the display sent half a property")
	}
	return packet[32 : 32+size], binary.LittleEndian.Uint32(packet[8:]), nil
}
