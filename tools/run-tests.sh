#!/bin/bash
# Runs every test there is against each build named, and adds up.
#
#   tools/run-tests.sh BUILD...          BUILD: a folder made by CMake; the checks of the sources run once, with the first
#   V=1 tools/run-tests.sh BUILD...      shows every line
#
# A test is whatever prints `ok NAME`, `not ok NAME ...` or `skip NAME why`, a line each:
#   BUILD/tests/test_*                   made from tests/*/test_*.c
#   BUILD/dateline-cases                 over tests/cases
#   tests/*/test_*.sh, tests/*/test_*.py with DATELINE (the command), BUILD and SOURCE in the environment
#   tools/check-*                        with the build as argument
# All run from the top folder. What ends badly without a `not ok`, or says nothing at all, is one failure. Lines of `not ok` in a
# log FILE named in PRIOR (by tools/check, of builds that failed) count too. The last line is `N passed, N failed`.
set -u
cd "$(dirname "$0")/.." || exit 2
logs=$(mktemp -d)
trap 'rm -rf "$logs"' EXIT
number=0
limit=${TEST_SECONDS:-400}

# One test: NAME BUILD COMMAND..., its output in a numbered file so that results print in the same order each time.
one() {
    local log=$1 name=$2 build=$3 status
    shift 3
    BUILD=$build DATELINE=$build/dateline SOURCE=$PWD timeout "$limit" "$@" >"$log" 2>&1 </dev/null
    status=$?
    # What the log must still hold: at least one verdict, and a `not ok` when the program says that something is wrong.
    if [ $status = 124 ]; then echo "not ok $name took more than $limit seconds"
    elif [ $status != 0 ] && ! grep -q '^not ok ' "$log"; then echo "not ok $name ended with status $status"
    elif ! grep -Eq '^(ok|not ok|skip) ' "$log"; then echo "not ok $name says nothing"
    fi >>"$log"
}

queue() {
    while [ "$(jobs -rp | wc -l)" -ge "$(nproc)" ]; do wait -n; done
    number=$((number + 1))
    local log
    log=$logs/$(printf %04d $number)
    echo "$1 ($2)" >"$log.name"
    one "$log" "$@" &
}

for build in "$@"; do
    build=$(realpath "$build")
    for test in "$build"/tests/test_*; do
        [ -x "$test" ] && [ -f "$test" ] && queue "${test##*/}" "$build" "$test"
    done
    [ -x "$build/dateline-cases" ] && queue cases "$build" "$build/dateline-cases" tests/cases
    for script in tests/*/test_*.sh; do [ -f "$script" ] && queue "$script" "$build" bash "$script"; done
    for script in tests/*/test_*.py; do [ -f "$script" ] && queue "$script" "$build" python3 "$script"; done
done
for check in tools/check-*; do queue "$check" "$(realpath "$1")" "$check" "$1"; done
wait

passed=0 failed=0
for log in "$logs"/????; do
    good=$(grep -c '^ok ' "$log")
    bad=$(grep -c '^not ok ' "$log")
    passed=$((passed + good)) failed=$((failed + bad))
    [ "$bad" = 0 ] || echo "# $(cat "$log.name"): $good passed, $bad failed"
    if [ "${V:-0}" != 0 ]; then cat "$log"
    elif [ "$bad" = 0 ]; then grep '^skip ' "$log"
    else grep -v '^ok ' "$log" | head -200
    fi
done
if [ -n "${PRIOR:-}" ]; then
    cat "$PRIOR"
    failed=$((failed + $(grep -c '^not ok ' "$PRIOR")))
fi
echo "$passed passed, $failed failed"
[ "$failed" = 0 ]
