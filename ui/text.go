package ui

import (
	"fmt"
	"strings"
	"sync"

	"granthelper/assets"

	"fyne.io/fyne/v2"
	"fyne.io/fyne/v2/lang"
)

// The words of the window.
//
// Rules: a word a person reads is a whole sentence or name under one key of
// assets/translations/en.json, which is the only place where English is
// written. A key says the meaning (rail.details), never the place on the
// screen. Parts that vary are named placeholders ({{.Host}}); nothing is
// joined from pieces. A test compares the keys used in this package with the
// keys of en.json, both ways.

// loadWords reads the translations once, before the first word is shown.
var loadWords = sync.OnceValue(func() error {
	if err := lang.AddTranslationsFS(assets.Translations, "translations"); err != nil {
		return err
	}
	return lendEnglish(lang.SystemLocale().LanguageString())
})

// fyneSpeaks are the languages Fyne 2.8 brings its own few words in (Cut,
// Copy, Paste). On a computer set to one of them Fyne takes that language, and
// would report each of our words that is not there.
var fyneSpeaks = []string{"cs", "de", "el", "es", "fr", "ja", "pl", "pt", "pt-BR", "ru", "sv", "ta", "uk", "zh-Hans"}

// lendEnglish gives our English words to the languages of Fyne that belong to
// here, the language of this computer, where we have no translation yet.
func lendEnglish(here string) error {
	english, err := assets.Translations.ReadFile("translations/en.json")
	if err != nil {
		return err
	}
	root, _, _ := strings.Cut(here, "-")
	for _, tag := range fyneSpeaks {
		if base, _, _ := strings.Cut(tag, "-"); base != root {
			continue
		}
		if _, err := assets.Translations.Open("translations/" + tag + ".json"); err == nil {
			continue
		}
		if err := lang.AddTranslationsForLocale(english, fyne.Locale(tag)); err != nil {
			return err
		}
	}
	return nil
}

// say gives the words of a key in the language of this computer. The facts
// are pairs of a placeholder's name and its value: say("mode.real", "Host", h).
func say(key string, facts ...any) string {
	if loadWords() != nil {
		return key
	}
	return lang.X(key, key, pairs(facts))
}

// sayCount is say for words that change with a number; the number is there
// as {{.Count}}.
func sayCount(key string, count int, facts ...any) string {
	if loadWords() != nil {
		return key
	}
	data := pairs(facts)
	data["Count"] = count
	return lang.XN(key, key, count, data)
}

// pairs makes the map the translations ask for. A name without a value is
// left out.
func pairs(facts []any) map[string]any {
	data := make(map[string]any, len(facts)/2+1)
	for i := 0; i+1 < len(facts); i += 2 {
		data[fmt.Sprint(facts[i])] = facts[i+1]
	}
	return data
}
