#!/bin/bash
# The page in a browser (page.mjs): served, and as a file. Runs where node, chromium and web/node_modules are (`make check-page` brings them); says so where they are not.
set -u
chromium=${CHROMIUM:-$(command -v chromium || command -v chromium-browser)}
modules=$SOURCE/web
if [ -z "$chromium" ] || ! command -v node >/dev/null || [ ! -d "$modules/node_modules/playwright-core" ]; then
    echo 'skip page: no browser here (make check-page installs what it needs)'
    exit 0
fi
case $BUILD in *asan*|*clang*) echo "skip page: once is enough, with another build"; exit 0 ;; esac
T=$(mktemp -d)
trap 'kill $server 2>/dev/null; rm -rf "$T"' EXIT
server=
PYTHONPATH=$SOURCE/tests/cli python3 -c 'import reports, sys; reports.write(sys.argv[1], 60, 5)' "$T/r.jsonl"
"$DATELINE" code -p 2015-01-26 -o "$T/x.db" "$SOURCE/examples" "$T/r.jsonl"
"$DATELINE" export html "$T/x.db" -o "$T/x.html"
"$DATELINE" serve "$T/x.db" -p 0 >"$T/url" 2>"$T/err" &
server=$!
for _ in $(seq 50); do [ -s "$T/url" ] && break; sleep 0.1; done
if ! [ -s "$T/url" ]; then grep -q 'without the page' "$T/err" && echo 'skip page: this build has no page' || echo "not ok page: no server: $(cat "$T/err")"; exit 0; fi
# The last test says that all were reached: a script that breaks off in the middle is a failure.
try() {                                              # NAME ADDRESS [PICTURES]
    node "$SOURCE/tests/web/page.mjs" "$2" "$modules" "$chromium" ${3:+"$3"} >"$T/out" 2>&1
    sed "s/page: /$1: /" "$T/out"
    grep -q 'page: no request to another host' "$T/out" || echo "not ok $1: it broke off: $(tail -3 "$T/out" | tr '\n' ' ')"
}
try page "$(cat "$T/url")" "${PICTURES:-}"
try 'page as a file' "file://$T/x.html"
