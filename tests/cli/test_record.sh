#!/bin/bash
# Records of examples/ and of hostile input against docs/record.schema.json, and what a schema can't say (tests/check_record.py).
set -u
if ! /usr/bin/python3 -c 'import jsonschema' 2>/dev/null; then echo 'skip records: no python3-jsonschema'; exit 0; fi
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
try() {                                              # NAME ARGUMENTS...
    local name=$1
    shift
    "$DATELINE" code -f jsonl "$@" 2>/dev/null </dev/null | /usr/bin/python3 tests/check_record.py docs/record.schema.json 2>"$T/err" | sed "1s/records:/records of $name:/"
    [ "${PIPESTATUS[1]}" -le 1 ] && ! [ -s "$T/err" ] || { echo "not ok records of $name: the check itself fails"; tail -3 "$T/err" | sed 's/^/    # /'; }
}
try examples examples
try 'examples with a day' --published 2015-01-26 --source 'The Post' examples
mkdir "$T/h"
sentence='Police in Brussels arrested two men on Monday, “the 24-year-old suspect”, the prosecutor said.'
: >"$T/h/empty"
printf ' \n\t\n' >"$T/h/blank"
head -c 5000 /dev/zero >"$T/h/nuls"
head -c 3000 "$DATELINE" >"$T/h/binary"
printf '%s caf\xe9 \xff\xfe \xf0\x9f \xed\xa0\x80 \xc0\xaf fin. %s\n' "$sentence" "$sentence" >"$T/h/ill-formed"
printf '\xef\xbb\xbf%s\n' "$sentence" >"$T/h/marked"
printf 'Police arrested two men.' | sed 's/./&\x00/g' >"$T/h/utf16"
printf '{"id": "x", "text": "%s' "$sentence" >"$T/h/truncated.json"
printf '{"id": "y", "title": "R\\u0061id \\ud83d\\udd25 \\ud83d", "date": "2015-01-26", "text": "Police \\u201craided\\u201d a flat.\\n\\nTwo men were \\"arrested\\" on Monday."}' >"$T/h/escapes.json"
printf '{"id": "\\u0000", "title": "", "text": "%s", "url": "\\n", "author": ["a", "b"], "date": "None", "language": "xx-yy"}' "$sentence" >"$T/h/odd.json"
head -c 20000 /dev/zero | tr '\0' '[' >"$T/h/deep.json"
head -c 30000 /dev/zero | tr '\0' '"' >"$T/h/quotes"
printf '👩‍🚒🔥 %s שוטרים «%s» e\xcc\x81\xcc\x88 %s\n\n%s\n' "$sentence" "$sentence" "$sentence" "$sentence" >"$T/h/scripts"
printf 'KYIV, 30 February 2014 (AFP) - On 31 April -5 of 0 men, 99999999999999999999 wounded, 1/0 killed, 10–3 arrested in 0000 and 9999.\n' >"$T/h/numbers"
try 'hostile input' "$T/h"
try 'hostile input with a day' --published 2999-12-31 "$T/h"
try 'the oldest day' --published 1000-01-01 examples
# Prose of other kinds at hand.
try 'prose' README.md docs tests/cases/README.md
head -c 17000000 /dev/zero | tr '\0' 'a' >"$T/long"
try 'a report over the cap' "$T/long"
