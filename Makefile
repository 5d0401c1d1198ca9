# Thin over CMake (CMakeLists.txt, CMakePresets.json). `make demo` and `make check` install what is missing by themselves on Debian.
.PHONY: release dev asan tsan demo check check-page web install install-deps models world accuracy bench fuzz races clean
.DEFAULT_GOAL := release

PREFIX  ?= /usr/local
DESTDIR ?=

release dev asan tsan:
	@mkdir -p build; cmake --preset $@ >build/$@.log 2>&1 || { cat build/$@.log; exit 1; }
	@cmake --build --preset $@

# Reads examples/, shows the record of them, and leaves a database of them with a question answered.
demo:
	@tools/install-deps build
	@mkdir -p build; cmake --preset release >build/release.log 2>&1 && cmake --build --preset release --target dateline >>build/release.log 2>&1 || { cat build/release.log; exit 1; }
	@build/release/dateline code --format text examples
	@rm -f demo.db && build/release/dateline code --output demo.db examples
	@echo '$$ dateline query demo.db "SELECT ..."        who did what to whom, of events told as having happened (docs/store.md)'
	@build/release/dateline query demo.db "SELECT date, place, who, type, whom, what, status, says FROM event WHERE main AND status IN ('asserted', 'reported') AND who IS NOT NULL ORDER BY report, begin LIMIT 20"
	@echo; echo '$$ build/release/dateline serve demo.db        the same as a page: timeline, map, network, table, and each fact marked in its report'

# gcc, clang, sanitizers; every test on each. Ends with `N passed, N failed`.
check:
	@tools/install-deps check
	@tools/check

# The page: web/src to web/dist, which is committed, so that only who changes it needs npm. check-page tries it in a browser.
web:
	@cd web && { [ -d node_modules/esbuild ] || npm install --no-package-lock --no-audit --no-fund; } && node build.mjs
check-page: release
	@tools/install-deps page
	@cd web && { [ -d node_modules/playwright-core ] || npm install --no-package-lock --no-audit --no-fund; }
	@SOURCE=$(CURDIR) BUILD=build/release DATELINE=$(CURDIR)/build/release/dateline bash tests/web/test_page.sh

install: release
	@cmake -DCMAKE_INSTALL_PREFIX=$(PREFIX) -B build/release >/dev/null
	@DESTDIR=$(DESTDIR) cmake --install build/release --prefix $(PREFIX)

install-deps:
	@tools/install-deps check

# How the files in models/ and codebook/world/, and the weights that choose a story, are made again: DATA is the folder of public data that their heads name.
STORIES = aeb fundus traf readability
models: release
	@test -n "$(DATA)" || { echo "usage: make models DATA=folder"; exit 2; }
	mkdir -p build/pages && for set in $(STORIES); do zstd -dc --long=27 $(DATA)/articles/$$set.html.tar.zst | tar x -C build/pages || exit 1; done
	build/release/dateline-train $(DATA) models
	build/release/dateline-train pages build/pages $(STORIES:%=$(DATA)/articles/%.gold.jsonl.gz) >build/story_weights.h && cp build/story_weights.h src/article/
world:
	@test -n "$(DATA)" || { echo "usage: make world DATA=folder"; exit 2; }
	python3 tools/world.py $(DATA)

# What the program is measured by: each is a script of its own.
accuracy: release
	@BUILD=build/release bench/accuracy
bench:
	@tools/install-deps bench || true                     # without valgrind there are no instructions, but all else
	@$(MAKE) --no-print-directory release
	@BUILD=build/release bench/speed

# Fuzzers over every mouth of the program, SECONDS_EACH seconds each (clang; tests/fuzz).
fuzz:
	@tools/install-deps check
	@mkdir -p build; cmake --preset fuzz >build/fuzz.log 2>&1 && cmake --build --preset fuzz >>build/fuzz.log 2>&1 || { cat build/fuzz.log; exit 1; }
	@tools/fuzz

# Data races: everything that runs on threads, under ThreadSanitizer.
races: tsan
	@tools/races build/tsan

clean:
	rm -rf build
