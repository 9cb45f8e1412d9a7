# Grant Helper: build, run and test. `make run` and `make test` install what is
# missing on Debian and Ubuntu by themselves; see assets/setup/need.

# Tools are pinned here, so that the same words are complained about everywhere.
GOLANGCI_LINT := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0
GOFUMPT       := mvdan.cc/gofumpt@v0.12.0

# no_metadata: a FyneApp.toml lying beside the program must not rename it.
# migrated_fynedo: ui/ keeps to the window's own thread, so no rerouting is
# needed; the end-to-end runs are built without it and fail on any warning.
TAGS    := migrated_fynedo,no_metadata
VERSION ?= $(shell git describe --tags --always --dirty 2>/dev/null || echo dev)

# The same flag everywhere lets vet, tests and build share one cache: the
# window toolkit takes minutes to compile.
export GOFLAGS += -trimpath

FUZZTIME ?= 60s

run:
	@if [ -z "$$DISPLAY$$WAYLAND_DISPLAY" ]; then echo "make run: there is no display here. Start it from a desktop session, or run 'make test', which brings its own display." >&2; exit 1; fi
	@assets/setup/need run
	@$(MAKE) --no-print-directory build
	@exec bin/granthelper $(ARGS)
.PHONY: run

build:
	@assets/setup/need build
	@[ -e bin/granthelper ] || echo "Building. The first build takes 4 to 5 minutes on two cores, later ones a few seconds."
	@mkdir -p bin
	@go build -tags $(TAGS) -ldflags "-s -w -X main.version=$(VERSION)" -o bin/granthelper .
	@echo "Built bin/granthelper ($(VERSION))."
.PHONY: build

# Headless machine included: the end-to-end runs bring their own display, window
# manager, keyring and home folder, and leave the person's own alone.
test:
	@assets/setup/need test
	@echo "1 of 3: go vet. (All of it takes 15 to 20 minutes the first time on two cores, most of it compiling.)"
	@go vet ./... || { echo "make test: stopped, go vet found something (above)." >&2; exit 1; }
	@echo "2 of 3: every package, with the race detector and in random order."
	@LANG=en_US.UTF-8 go test -race -shuffle=on -timeout 15m $$(go list ./... | grep -v '/ui/e2e$$') || { echo "make test: stopped, a test above did not pass." >&2; exit 1; }
	@echo "3 of 3: the real window, real browsers and a real keyring, on a display of their own."
	@LANG=en_US.UTF-8 go test ./ui/e2e/ -count=1 -v -timeout 30m || { echo "make test: an end-to-end run above did not pass; the pictures of that moment are in ui/e2e/testdata/failed." >&2; exit 1; }
	@echo "make test: all is well. vet, every test with the race detector, and the end-to-end runs passed; one that was left out says so above."
.PHONY: test

lint: bin/tools/golangci-lint bin/tools/gofumpt
	@unformatted=$$(bin/tools/gofumpt -l .); [ -z "$$unformatted" ] || { echo "make lint: 'make format' would change:" $$unformatted >&2; exit 1; }
	@bin/tools/golangci-lint run
.PHONY: lint

format: bin/tools/gofumpt
	@bin/tools/gofumpt -w .
.PHONY: format

# The Makefile is what pins the versions, so the tools are as old as it is.
bin/tools/golangci-lint: Makefile
	@echo "Building golangci-lint, about 3 minutes the first time."
	@GOBIN=$(CURDIR)/bin/tools go install $(GOLANGCI_LINT) && touch $@

bin/tools/gofumpt: Makefile
	@GOBIN=$(CURDIR)/bin/tools go install $(GOFUMPT) && touch $@

bench: build
	@assets/setup/need test
	@go run ./ui/bench -program bin/granthelper
.PHONY: bench

# Fyne's test package leaves what it drew in testdata/failed when it differs
# from the picture kept; look at the difference before committing it.
golden:
	@find . -path '*/testdata/failed' -type d -prune -exec rm -rf {} +
	@LANG=en_US.UTF-8 go test -count=1 $$(go list ./ui/... | grep -v -e '/ui/e2e$$' -e '/ui/bench' -e '/ui/sheet') || true
	@find ui -path '*/testdata/failed' -type d -not -path 'ui/e2e/*' | while read -r made; do \
		(cd "$$made" && find . -type f -print) | sed 's|^\./|renewed: |'; \
		cp -r "$$made/." "$$(dirname "$$made")/"; rm -rf "$$made"; done
	@LANG=en_US.UTF-8 go test -count=1 $$(go list ./ui/... | grep -v -e '/ui/e2e$$' -e '/ui/bench' -e '/ui/sheet')
.PHONY: golden

pictures:
	@assets/setup/need test
	@mkdir -p assets/pictures
	@LANG=en_US.UTF-8 go test ./ui/e2e/ -count=1 -v -timeout 30m -run "Practice|Errors" -pictures "$(CURDIR)/assets/pictures"
.PHONY: pictures

# Every dialog on one picture. The tests keep each by itself, so that it is as
# they are: renew them first with 'make golden' when words have changed.
sheet:
	@go run ./ui/sheet -from ui/testdata/problems -to assets/pictures/problems.png
	@echo "Every dialog is on assets/pictures/problems.png."
.PHONY: sheet

fuzz:
	@go list -f '{{.ImportPath}}' ./flow/... ./ui | while read -r package; do \
		go test -list '^Fuzz' "$$package" | grep '^Fuzz' | while read -r target; do \
			echo "$$package $$target, $(FUZZTIME)"; \
			go test -run '^$$' -fuzz "^$$target\$$" -fuzztime $(FUZZTIME) "$$package" </dev/null || exit 1; \
		done || exit 1; \
	done
.PHONY: fuzz
