package flow

import (
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"io/fs"
	"os"
	"slices"
	"strings"
	"testing"
)

// proof tells which test brings a failure about for real, or why that can't be
// done on one Linux machine.
type proof struct {
	test string
	why  string
}

// waysProven has a row for each of the eighty ways.
var waysProven = map[int]proof{
	1: {test: "TestDetails_TidyPutsPastesRight"}, 2: {test: "TestDetails_CheckFollowsTheRules"}, 3: {test: "TestDetails_CheckFollowsTheRules"},
	4: {test: "TestWindow_FarCallbackIsFinishedByHand"}, 5: {test: "TestDetails_CheckFollowsTheRules"}, 6: {test: "TestListener_SaysWhenThePortIsKept"},
	7: {test: "TestDetails_CheckFollowsTheRules"}, 8: {test: "TestListener_NamesTheProgramThatHoldsThePort"}, 9: {test: "TestListener_NamesTheProgramThatHoldsThePort"},
	10: {why: "only Windows sets ports aside; the number it gives is played in TestListener_TellsTheRefusalsOfASystemApart"},
	11: {why: "there is no security software here; what it makes the system say is played in TestListener_TellsTheRefusalsOfASystemApart"},
	12: {test: "TestListener_GoesOnWithoutIPv6"}, 13: {why: "no firewall here asks anybody; the bind to loopback only is held by TestListener_TakesBothFamiliesAndLetsGo"},
	14: {test: "TestHome_SaysWhenItCannotWrite"}, 15: {test: "TestLookup_SaysWhyThereIsNoAddress"}, 16: {test: "TestGreet_SendsNothingToAServerItCannotBeSureOf"},
	17: {test: "TestProxy_ThatSaysNoIsTold"}, 18: {test: "TestVault_BusWithoutAStore"}, 19: {test: "TestOpen_MissingLauncher"},
	20: {test: "TestTrouble_BrowserThatNeverComes"}, 21: {test: "TestLauncher_MayRunAsLongAsTheBrowser"},
	22: {test: "TestErrors_EachDocumentedTextLeadsToItsDialog"}, 23: {test: "TestWaiting_EveryButtonAsksForItsDeed"},
	24: {why: "there is one computer here; that no browser comes is brought about by TestTrouble_BrowserThatNeverComes"},
	25: {test: "TestOpen_SaysWhyTheLauncherSaidNo"},
	26: {test: "TestErrors_EachDocumentedTextLeadsToItsDialog"}, 27: {test: "TestErrors_EachDocumentedTextLeadsToItsDialog"}, 28: {test: "TestErrors_EachDocumentedTextLeadsToItsDialog"},
	29: {test: "TestErrors_EachDocumentedTextLeadsToItsDialog"}, 30: {test: "TestErrors_EachDocumentedTextLeadsToItsDialog"}, 31: {test: "TestErrors_EachDocumentedTextLeadsToItsDialog"},
	32: {test: "TestBrowserError_EveryLineLeadsSomewhere"}, 33: {why: "there is no browser inside this tool to refuse"},
	34: {test: "TestAttempt_SilenceIsNoticedAskedAboutAndEnded"}, 35: {test: "TestAttempt_SleepOfTheComputerIsNoticed"}, 36: {test: "TestTrouble_NobodyIsAsked"},
	37: {why: "today's browsers let page visits through; the switch that could change that is not in them"},
	38: {why: "Safari runs on a Mac only"}, 39: {test: "TestVisit_TellsPlainHTTPAndAnswersIt"}, 40: {test: "TestVisit_TellsPlainHTTPAndAnswersIt"},
	41: {test: "TestTrouble_RefusedCertificate"}, 42: {test: "TestPractice_CodeOnTheFirstAndOnALaterStart"}, 43: {test: "TestPractice_CodeInFirefox"},
	44: {test: "TestListener_TakesBothFamiliesAndLetsGo"}, 45: {test: "TestLookup_MovedLocalhost"},
	46: {why: "the browser's proxy is the browser's own; its line is held by TestBrowserError_EveryLineLeadsSomewhere"},
	47: {why: "no such software here; its line is held by TestBrowserError_EveryLineLeadsSomewhere"},
	48: {test: "TestGrant_AnotherTabIsAskedAboutAndAnotherBrowserMustShowItsDigits"}, 49: {why: "there is no http callback to force to https"},
	50: {why: "a service worker of a stranger's page answers inside the browser; its line is held by TestBrowserError_EveryLineLeadsSomewhere"},
	51: {test: "TestGrant_StoppingTellsALateTab"}, 52: {test: "TestVisit_TellsOfAnAnswerElsewhere"}, 53: {test: "TestPractice_SayingNoIsACalmResult"},
	54: {test: "TestGrant_FaultyAnswersEndInTheirWords"}, 55: {test: "TestGrant_FaultyAnswersEndInTheirWords"}, 56: {test: "TestGrant_FaultyAnswersEndInTheirWords"},
	57: {test: "TestGrant_FaultyAnswersEndInTheirWords"}, 58: {test: "TestGrant_StoppingTellsALateTab"}, 59: {test: "TestVisit_AnswerLoadedAgainAtTheEndIsKnown"},
	60: {test: "TestVisit_RefusesWhatBreaksARule"}, 61: {test: "TestVisit_GivesTheLevelThatTheTabDeserves"}, 62: {test: "TestVisit_TellsOfAnAnswerSentAsAForm"},
	63: {test: "TestVisit_CloseLetsThePageFetchItsVerdict"}, 64: {test: "TestVisit_OnlyTwoPagesHaveAScript"}, 65: {test: "TestPractice_CodeOnTheFirstAndOnALaterStart"},
	66: {test: "TestRequest_ReadErrorKnowsEveryDocumentedText"}, 67: {test: "TestRequest_ReadErrorKnowsEveryDocumentedText"}, 68: {test: "TestRequest_ReadErrorKnowsEveryDocumentedText"},
	69: {test: "TestRequest_ReadErrorKnowsEveryDocumentedText"}, 70: {test: "TestRequest_ReadErrorKnowsEveryDocumentedText"}, 71: {test: "TestRequest_ReadErrorKnowsEveryDocumentedText"},
	72: {test: "TestRequest_ReadErrorKnowsEveryDocumentedText"},
	73: {why: "no token is asked for yet; its dialog is held by TestProblem_EveryOneOpensWithItsWordsAndCloses"},
	74: {why: "no token is asked for yet"}, 75: {test: "TestTrouble_ClockOfTheServer"},
	76: {why: "no token is asked for yet; its dialog is held by TestProblem_EveryOneOpensWithItsWordsAndCloses"},
	77: {why: "no token is asked for yet; its dialog is held by TestProblem_EveryOneOpensWithItsWordsAndCloses"},
	78: {why: "no token is kept yet"}, 79: {test: "TestVault_BusThatNeverAnswers"}, 80: {test: "TestSecret_IsNeverPrinted"},
}

// codesProven has a row for each problem that is not among the documented
// errors of the sign-in page, which are all proven in one test.
var codesProven = map[Code]proof{
	PortBusy: {test: "TestListener_NamesTheProgramThatHoldsThePort"}, PortKept: {test: "TestListener_SaysWhenThePortIsKept"},
	AlreadyOpen: {test: "TestListener_NamesTheProgramThatHoldsThePort"}, LocalhostMoved: {test: "TestLookup_MovedLocalhost"},
	NoBrowser: {test: "TestOpen_MissingLauncher"}, StillOpen: {test: "TestAttempt_SilenceIsNoticedAskedAboutAndEnded"},
	NoAnswerInTime: {test: "TestAttempt_TimeOutNamesWhatWasLeftOut"}, NotTrusted: {test: "TestTrouble_RefusedCertificate"},
	NotAdded: {test: "TestTrust_ReadOnlyList"}, CertificateEnded: {test: "TestTrouble_CertificateOfThisComputerEnded"},
	PlainAnswer: {test: "TestVisit_TellsPlainHTTPAndAnswersIt"}, WrongPath: {test: "TestVisit_TellsOfAnAnswerElsewhere"},
	ClockWrong: {test: "TestTrouble_ClockOfTheServer"}, NoAnswer: {test: "TestGrant_FaultyAnswersEndInTheirWords"},
	CodeAndRefusal: {test: "TestGrant_FaultyAnswersEndInTheirWords"}, TwoCodes: {test: "TestGrant_FaultyAnswersEndInTheirWords"},
	ExtraNames: {test: "TestGrant_ExtrasAreShownAndTheCodeIsGood"}, EmptyCode: {test: "TestGrant_FaultyAnswersEndInTheirWords"},
	DamagedCode: {test: "TestGrant_FaultyAnswersEndInTheirWords"}, NewReason: {test: "TestGrant_FaultyAnswersEndInTheirWords"},
	RepeatedAnswer: {test: "TestVisit_AnswerLoadedAgainAtTheEndIsKnown"}, NoQuestion: {test: "TestTrouble_NobodyIsAsked"},
	NotTheAnswer: {test: "TestByHand_TakesAnAddressAndTellsWhenItIsNone"}, UnknownText: {test: "TestRequest_ReadErrorIsHonestAboutTheRest"},
	CannotSignIn: {test: "TestBrowserError_EveryLineLeadsSomewhere"}, Offline: {test: "TestLookup_KnowsAComputerWithoutNetwork"},
	NoSuchName: {test: "TestLookup_SaysWhyThereIsNoAddress"}, ServiceClosed: {test: "TestLookup_SaysWhyThereIsNoAddress"}, CannotReach: {test: "TestGreet_SaysWhyNobodyIsReached"},
	ProxyBlocked: {test: "TestProxy_ThatSaysNoIsTold"}, ForeignPage: {test: "TestGreet_KnowsAPageOfTheNetworkItself"}, ServerUntrusted: {test: "TestGreet_SendsNothingToAServerItCannotBeSureOf"},
	NotConnections: {test: "TestTrouble_WhatTheServerSaysBeforeSignIn"}, ServerBusy: {test: "TestTrouble_WhatTheServerSaysBeforeSignIn"},
	HTTPCallback: {test: "TestListener_RefusesCallbacksItCannotWaitOn"}, FarCallback: {test: "TestListener_RefusesCallbacksItCannotWaitOn"},
	HashCallback: {test: "TestListener_RefusesCallbacksItCannotWaitOn"}, LongSecret: {test: "TestVault_TellsStoresErrorsApart"},
	LookAlike: {test: "TestDetails_LookAlikeAddressIsAskedAboutOnce"}, StoreLocked: {test: "TestVault_BusThatNeverAnswers"}, NoStore: {test: "TestVault_BusWithoutAStore"},
	SavedUnreadable: {test: "TestFile_SetsADamagedOneAside"}, ReportNotSaved: {why: "there are no reports yet; its dialog is held by TestProblem_EveryOneOpensWithItsWordsAndCloses"},
	Unexpected: {test: "TestListener_PassesOnWhyThereIsNoCertificate"}, PartMissing: {test: "TestTrust_SaysThatCertutilIsMissing"},
	PracticeDown: {test: "TestTrouble_PracticeServerCannotStart"}, OddDetails: {test: "TestAttempt_OddDetailsNeverReachTheBrowser"},
	PortReserved:      {why: "only Windows sets ports aside; the number it gives is played in TestListener_TellsTheRefusalsOfASystemApart"},
	PortRefused:       {why: "no security software here; what it makes the system say is played in TestListener_TellsTheRefusalsOfASystemApart"},
	CertificateBroken: {test: "TestHome_SaysWhenItCannotWrite"}, NoContact: {test: "TestTrouble_BrowserThatNeverComes"},
	Slept: {test: "TestAttempt_SleepOfTheComputerIsNoticed"}, OtherDelivery: {test: "TestVisit_TellsOfAnAnswerSentAsAForm"},
	SecretRefused: {test: "TestRequest_ReadErrorKnowsEveryDocumentedText"}, CodeTooOld: {test: "TestRequest_ReadErrorKnowsEveryDocumentedText"},
	CodeRefused: {test: "TestRequest_ReadErrorKnowsEveryDocumentedText"}, AppGone: {test: "TestRequest_ReadErrorKnowsEveryDocumentedText"},
	CallbackLeftOut: {test: "TestRequest_ReadErrorKnowsEveryDocumentedText"}, GrantTypeRefused: {test: "TestRequest_ReadErrorKnowsEveryDocumentedText"},
	AccessEnded: {test: "TestRequest_ReadErrorKnowsEveryDocumentedText"}, RefreshRefused: {test: "TestRequest_ReadErrorKnowsEveryDocumentedText"},
	UnreadableReply: {why: "no token is asked for yet; its dialog is held by TestProblem_EveryOneOpensWithItsWordsAndCloses"},
	OutcomeUnknown:  {why: "no token is asked for yet; its dialog is held by TestProblem_EveryOneOpensWithItsWordsAndCloses"},
}

func TestFailures_EveryWayMeetsThePersonOnce(t *testing.T) {
	words, err := os.ReadFile("../assets/translations/en.json")
	if err != nil {
		t.Fatal(err)
	}
	meets := map[Channel]Meeting{Dialog: ByDialog, Banner: ByBanner, ResultPage: ByResult, InBrowser: ByPage}
	if len(Failures) != 80 {
		t.Fatalf("%d ways, want 80", len(Failures))
	}
	for i, f := range Failures {
		if f.Number != i+1 {
			t.Errorf("row %d is F%02d", i+1, f.Number)
		}
		entry, known := Catalogue[f.Code]
		switch {
		case f.Code != "" && !known:
			t.Errorf("F%02d: %s is not in the catalogue", f.Number, f.Code)
		case f.Code != "" && f.Met != meets[entry.Channel]:
			t.Errorf("F%02d: met by %s, but %s meets by %s", f.Number, f.Met, f.Code, entry.Channel)
		case f.Met == ByBox && !strings.Contains(string(words), fmt.Sprintf(`"rule.%s":`, f.Rule)):
			t.Errorf("F%02d: the rule %q has no words", f.Number, f.Rule)
		}
		told := 0
		for _, one := range []string{string(f.Code), string(f.Rule), f.How} {
			if one != "" {
				told++
			}
		}
		if told != 1 && (f.Code == "" || f.How == "") {
			t.Errorf("F%02d: says %d ways of meeting, want one: %+v", f.Number, told, f)
		}
	}
}

// The numbers of the deck are for ever, and none is missing.
func TestCatalogue_HasEveryEntryOfTheDeckOnce(t *testing.T) {
	want := map[string]int{"D": 10, "U": 44, "T": 9}
	for letter, last := range want {
		for n := 1; n <= last; n++ {
			code := Code(fmt.Sprint(letter, n))
			if _, there := Catalogue[code]; !there {
				t.Errorf("%s is missing", code)
			}
		}
	}
	source, err := parser.ParseFile(token.NewFileSet(), "problem.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]string{}
	ast.Inspect(source, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || len(spec.Values) != 1 {
			return true
		}
		value, ok := spec.Values[0].(*ast.BasicLit)
		if ok && value.Kind == token.STRING {
			if before, twice := seen[value.Value]; twice {
				t.Errorf("%s is the code of %s and of %s", value.Value, before, spec.Names[0].Name)
			}
			seen[value.Value] = spec.Names[0].Name
		}
		return true
	})
	if len(seen) != len(Catalogue) {
		t.Errorf("%d codes and %d entries", len(seen), len(Catalogue))
	}
}

// TestFailures_AreProven looks for the tests that the tables above name.
func TestFailures_AreProven(t *testing.T) {
	there := testNames(t)
	check := func(name string, p proof) {
		switch {
		case (p.test == "") == (p.why == ""):
			t.Errorf("%s: wants a test or a reason, and not both: %+v", name, p)
		case p.test != "" && !there[p.test]:
			t.Errorf("%s: there is no %s", name, p.test)
		}
	}
	for n := 1; n <= 80; n++ {
		check(fmt.Sprintf("F%02d", n), waysProven[n])
	}
	var codes []Code
	for code := range Catalogue {
		if code[0] != 'D' {
			codes = append(codes, code)
		}
	}
	slices.Sort(codes)
	for _, code := range codes {
		check(string(code), codesProven[code])
	}
	if len(codesProven) != len(codes) || len(waysProven) != 80 {
		t.Errorf("%d and %d rows, want %d and 80", len(codesProven), len(waysProven), len(codes))
	}
}

// testNames are the names of all tests of the project.
func testNames(t *testing.T) map[string]bool {
	t.Helper()
	names := map[string]bool{}
	house := os.DirFS("..")
	err := fs.WalkDir(house, ".", func(path string, d fs.DirEntry, err error) error {
		if err != nil || d.IsDir() || !strings.HasSuffix(path, "_test.go") {
			return err
		}
		text, err := fs.ReadFile(house, path)
		if err != nil {
			return err
		}
		file, err := parser.ParseFile(token.NewFileSet(), path, text, 0)
		if err != nil {
			return err
		}
		for _, d := range file.Decls {
			if f, ok := d.(*ast.FuncDecl); ok && strings.HasPrefix(f.Name.Name, "Test") {
				names[f.Name.Name] = true
			}
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return names
}
