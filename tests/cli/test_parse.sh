#!/bin/bash
# dateline parse: valid CoNLL-U (tests/check_conllu.py) of examples/ and of hostile input, the same on any number of threads, and a tree that is known.
set -u
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
good() { echo "ok parse: $1"; }
bad() { echo "not ok parse: $1: $2"; }
valid() {                                            # NAME FILES...
    local name=$1
    shift
    "$DATELINE" parse "$@" >"$T/out" 2>"$T/err" </dev/null
    local rc=$?
    if [ $rc -le 1 ] && python3 tests/check_conllu.py "$T/out" >"$T/check"; then good "$name"; else bad "$name" "exit code $rc, $(cat "$T/check")"; fi
}
valid examples examples
printf 'Police didn'"'"'t arrest Belgium'"'"'s \xe2\x80\x9cking\xe2\x80\x9d on Monday (I'"'"'m told).U.S. troops, too: 1,000 m\xc2\xb2, cannot \t go.\n\n\xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x9a\x92\xf0\x9f\x94\xa5 e\xcc\x81\xcc\x88 x\xe2\x80\x8by \xc2\xa0z\xc2\xad- _ | # 1-2 \\ \xe2\x80\xa8 gonna\n' >"$T/odd"
valid 'odd characters' "$T/odd"
head -c 3000 /dev/zero | tr '\0' '(' >"$T/open"
valid 'nothing but brackets' "$T/open"
printf '%s caf\xe9 \xff\xfe \x01\x02\x1f fin.\n' 'Two men were arrested.' >"$T/ill-formed"
valid 'ill-formed bytes' "$T/ill-formed"
: >"$T/empty"
"$DATELINE" parse "$T/empty" >"$T/out" 2>/dev/null; rc=$?
[ $rc = 1 ] && ! [ -s "$T/out" ] && good 'an empty report: nothing, exit code 1' || bad 'an empty report' "exit code $rc"
printf '{"id": "a", "text": "Police arrested two men."}\n{"id": "b", "text": "They waited."}\n' >"$T/two.jsonl"
"$DATELINE" parse -t 1 "$T/two.jsonl" >"$T/one"; "$DATELINE" parse -t 4 "$T/two.jsonl" >"$T/four"
cmp -s "$T/one" "$T/four" && good 'the same on any number of threads' || bad threads 'other bytes'
"$DATELINE" parse -o "$T/file" "$T/two.jsonl" && cmp -s "$T/one" "$T/file" && good 'into a file' || bad 'into a file' 'other bytes'
cat >"$T/want" <<'W'
# newdoc id = b
# newpar
# sent_id = b-1
# text = They waited.
1	They	they	PRON	PRP	_	2	nsubj	_	_
2	waited	wait	VERB	VBD	_	0	root	_	SpaceAfter=No
3	.	.	PUNCT	.	_	2	punct	_	_

W
sed -n '/newdoc id = b/,$p' "$T/one" >"$T/got"
cmp -s "$T/want" "$T/got" && good 'a short sentence' || { bad 'a short sentence' 'reads otherwise'; diff "$T/want" "$T/got"; }
grep -q '^2-3	didn.t	_' <("$DATELINE" parse "$T/odd") && good 'words written as one' || bad 'words written as one' 'no range'
"$DATELINE" parse --format tsv "$T/two.jsonl" >/dev/null 2>"$T/err"
[ $? = 2 ] && grep -q "unknown option" "$T/err" && good 'an option of another verb' || bad 'an option of another verb' 'taken'
