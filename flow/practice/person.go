package practice

// Person is somebody a visitor can be on the sign-in page. All are made up.
type Person struct {
	ID   string `json:"id"`   // ID is the value the sign-in form sends.
	Name string `json:"name"` // Name is shown on the pages and is not translated.
	Note string `json:"note"` // Note says in English what is special about the person.

	initials   string
	noteKey    string
	subscribed bool // may use the applications of the company
	always     bool // chose "Always grant" before the server started
}

// people are the three cases a tester meets: the plain one, the account that
// was not given the application, and the one that is not asked any more.
var people = []Person{
	{ID: "alex", Name: "Alex Rivera", Note: words["practice.person.alex"], initials: "AR", noteKey: "practice.person.alex", subscribed: true},
	{ID: "sam", Name: "Sam Okafor", Note: words["practice.person.sam"], initials: "SO", noteKey: "practice.person.sam"},
	{ID: "robin", Name: "Robin Meyer", Note: words["practice.person.robin"], initials: "RM", noteKey: "practice.person.robin", subscribed: true, always: true},
}

// Users returns the people of the sign-in page, in the order of the page.
func (s *Server) Users() []Person { return append([]Person(nil), people...) }

// personByID returns the person whose form value is id.
func personByID(id string) (Person, bool) {
	for _, p := range people {
		if p.ID == id {
			return p, true
		}
	}
	return Person{}, false
}

// Initials returns the two letters shown beside the name.
func (p Person) Initials() string { return p.initials }

// NoteKey returns the key of the note's words.
func (p Person) NoteKey() string { return p.noteKey }
