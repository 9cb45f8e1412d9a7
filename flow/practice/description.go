package practice

// Description is what a program needs to practise against the server. It
// marshals to one line of JSON, with the secret in clear: it is made up.
type Description struct {
	Server       string   `json:"server"`        // Server is the address to add the authorize path to.
	ClientID     string   `json:"client_id"`     // ClientID is the demo application's.
	ClientSecret string   `json:"client_secret"` // ClientSecret is the demo application's, in clear.
	CallbackURL  string   `json:"callback_url"`  // CallbackURL is the demo application's.
	CAFile       string   `json:"ca_file"`       // CAFile is the certificate to trust; the caller fills it.
	Users        []Person `json:"users"`         // Users are the people of the sign-in page.
}

// Description describes the server as it is now. CAFile is left for the
// caller, who knows where the certificate lies.
func (s *Server) Description() Description {
	app := s.Demo()
	return Description{
		Server:       s.URL(),
		ClientID:     app.ClientID,
		ClientSecret: app.Secret.Reveal(),
		CallbackURL:  app.Callback,
		Users:        s.Users(),
	}
}
