package practice

import (
	"context"
	"encoding/json"
	"fmt"
	"io"
)

// Serve runs a server by itself until ctx ends, and tells on out where it is:
// as one line of JSON ([Description]), or as lines for people. caFile is where
// the certificate lies.
func Serve(ctx context.Context, c Config, caFile string, asJSON bool, out io.Writer) error {
	server, err := Start(ctx, c)
	if err != nil {
		return err
	}
	about := server.Description()
	about.CAFile = caFile
	if asJSON {
		err = json.NewEncoder(out).Encode(about)
	} else {
		_, err = fmt.Fprintf(out, "The practice server is at %s\nclient ID      %s\nclient secret  %s\ncallback URL   %s\ncertificate    %s\n",
			about.Server, about.ClientID, about.ClientSecret, about.CallbackURL, about.CAFile)
	}
	if err == nil {
		<-ctx.Done()
	}
	if closing := server.Close(); err == nil {
		err = closing
	}
	return err
}
