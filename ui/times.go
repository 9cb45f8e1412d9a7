package ui

import (
	"strconv"
	"time"
)

// day is a date in the words of the language in use.
func day(t time.Time) string {
	t = t.Local()
	return say("date.day", "Day", t.Day(), "Month", say("month."+strconv.Itoa(int(t.Month()))), "Year", t.Year())
}
