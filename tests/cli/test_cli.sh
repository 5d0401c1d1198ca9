#!/bin/bash
# The command as a user or a pipeline meets it: hostile input, exit codes, output whole or not at all, the same bytes on any number of threads.
set -u
dateline=$DATELINE
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
good() { echo "ok cli: $1"; }
bad() { echo "not ok cli: $1: $2"; }
check() {                                            # NAME WHY-IF-NOT COMMAND...
    local name=$1 why=$2
    shift 2
    if "$@"; then good "$name"; else bad "$name" "$why"; fi
}
# Runs the command; its exit code is in $code, what it wrote in $T/out and $T/err.
run() { "$dateline" "$@" >"$T/out" 2>"$T/err" </dev/null; code=$?; }
exits() { [ "$code" = "$1" ] || { echo "    # exit code $code, not $1: $(head -c 300 "$T/err")"; false; }; }
says() { grep -q -e "$1" "$T/err" || { echo "    # stderr lacks '$1': $(head -c 300 "$T/err")"; false; }; }
records() { [ "$(wc -l <"$T/out")" = "$1" ] && [ "$(grep -c '^{"format":1,.*}$' "$T/out")" = "$1" ] || { echo "    # $(wc -l <"$T/out") lines, not $1 records"; false; }; }
ids() { grep -o '"report":{"id":"[^"]*"' "$T/out" | cut -d'"' -f6 | tr '\n' ' '; }
sanitized=$(grep -c '^DL_SANITIZE:STRING=.' "$BUILD/CMakeCache.txt")
sentence='Police in Brussels arrested two men on Monday, the prosecutor said.'

# ---- every report yields one record --------------------------------------------------------------------------------------

hostile() {                                          # NAME FILE EXIT
    run code -f jsonl "$2"
    if exits "$3" && records 1; then good "$1"; else bad "$1" "wrong record or code"; fi
}
: >"$T/empty"
printf ' \n\t\n' >"$T/blank"
# random bytes, the same each time
for i in $(seq 1 400); do printf '%s' "$i" | sha256sum | cut -c1-64; done | tr -d '\n' | sed 's/../\\x&/g' >"$T/hex"
printf "$(cat "$T/hex")" >"$T/random"
head -c 5000 /dev/zero >"$T/nuls"
{ printf '%s ' "$sentence"; head -c 3 /dev/zero; printf '%s' "$sentence"; } >"$T/some-nuls"
printf '%s caf\xe9 \xff\xfe \xf0\x9f \xed\xa0\x80 \xc0\xaf fin.\n' "$sentence" >"$T/ill-formed"
printf '\xef\xbb\xbf%s\n' "$sentence" >"$T/marked"
printf '%s' "$sentence" | sed 's/./&\x00/g' >"$T/utf16"
printf '{"id": "x", "title": "Raid", "text": "%s' "$sentence" >"$T/truncated.json"
printf '[[[[[[' >"$T/brackets.json"
head -c 100000 /dev/zero | tr '\0' '[' >"$T/deep.json"
printf 'a' >"$T/one-byte"
head -c 300000 /dev/zero | tr '\0' '"' >"$T/quotes"
head -c 300000 /dev/zero | tr '\0' '(' >"$T/open"
hostile 'empty' "$T/empty" 1
hostile 'random bytes' "$T/random" 1
hostile 'nothing but NULs' "$T/nuls" 1
hostile 'some NULs' "$T/some-nuls" 0
hostile 'ill-formed UTF-8' "$T/ill-formed" 0
hostile 'byte order mark' "$T/marked" 0
hostile 'UTF-16' "$T/utf16" 0
hostile 'one byte' "$T/one-byte" 0
hostile 'nothing but quotation marks' "$T/quotes" 0
hostile 'nothing but brackets' "$T/open" 0
for f in blank truncated.json brackets.json deep.json; do
    run code -f jsonl "$T/$f"
    if [ "$code" -le 1 ] && records 1; then good "$f"; else bad "$f" "exit $code, $(wc -l <"$T/out") lines"; fi
done
run code -f jsonl "$T/empty"; check 'empty: a warning' 'none' grep -q '"text":"","warnings":\["' "$T/out"
run code -f jsonl "$T/ill-formed"; check 'ill-formed UTF-8: a warning' 'none' grep -q '"warnings":\["' "$T/out"

# One line of 100 MB, over the cap: its hash and a warning, and memory that does not grow with it.
yes 'Police arrested two men. ' | tr -d '\n' | head -c 100000000 >"$T/long"
hash=$(sha256sum <"$T/long" | cut -d' ' -f1)
long() {
    exits 1 && records 1 && grep -q "\"sha256\":\"$hash\",\"text\":\"\",\"warnings\":\[\"too long" "$T/out" && [ "$(wc -c <"$T/out")" -lt 5000 ]
}
run code -f jsonl "$T/long"; check '100 MB on one line' 'no record with hash and warning' long
"$dateline" code -f jsonl - <"$T/long" >"$T/out" 2>"$T/err"; code=$?; check '100 MB on standard input' 'no record with hash and warning' long
{ printf '{"id":"a","text":"%s"}\n{"id":"long","text":"' "$sentence"; cat "$T/long"; printf '"}\n{"id":"b","text":"%s"}\n' "$sentence"; } >"$T/long.jsonl"
run code -f jsonl "$T/long.jsonl"
between() { exits 1 && records 3 && [ "$(grep -c '"coded":true' "$T/out")" = 2 ]; }
check '100 MB between two reports' 'the others are not coded' between
if [ "$sanitized" = 0 ] && [ -x /usr/bin/time ]; then
    kb=$(/usr/bin/time -f %M "$dateline" code -t 1 -f jsonl "$T/long.jsonl" 2>&1 >/dev/null | tail -1)
    if [ "$kb" -lt 200000 ]; then good '100 MB: memory is bounded'; else bad '100 MB: memory is bounded' "$kb KB"; fi
elif [ "$sanitized" = 0 ]; then
    # 4 GB of address space: a report's analysis reserves 1 GB and touches little of it
    (ulimit -v 4000000; "$dateline" code -t 1 -f jsonl "$T/long.jsonl") >"$T/out" 2>"$T/err"; code=$?
    check '100 MB: memory is bounded' 'ulimit -v hit' between
else
    echo 'skip cli: 100 MB: memory is bounded: sanitizers take memory of their own'
fi
rm -f "$T/long" "$T/long.jsonl"

# ---- what is read --------------------------------------------------------------------------------------------------------

printf '%s\n' "$sentence" >"$T/a.txt"
printf 'Rebels shelled the town of Homs on Friday.\n' >"$T/b.txt"
run code -f jsonl "$T/a.txt" "$T/absent.txt" "$T/b.txt"
missing() { exits 1 && says 'absent.txt' && records 2; }
check 'a file that is not there' 'the rest is not coded, or no message' missing
if [ "$(id -u)" != 0 ]; then
    cp "$T/a.txt" "$T/shut.txt"; chmod 000 "$T/shut.txt"
    run code -f jsonl "$T/shut.txt" "$T/b.txt"
    shut() { exits 1 && says 'shut.txt' && records 1; }
    check 'a file that may not be read' 'the rest is not coded, or no message' shut
fi

mkdir -p "$T/folder/b" "$T/folder/B" "$T/folder/é"
for f in b/2.txt b/10.txt B/x.txt a.txt Z.txt b.txt é/1.txt; do printf '{"id": "%s", "text": "%s"}' "$f" "$sentence" >"$T/folder/$f.json"; done
run code -f jsonl "$T/folder"
wanted=$(cd "$T/folder" && find . -type f | sed 's|^\./||; s|\.json$||' | LC_ALL=C sort | tr '\n' ' ')
# b.txt.json sorts before b/...: '.' is less than '/'
if exits 0 && [ "$(ids)" = "$wanted" ]; then good 'folders in byte order'; else bad 'folders in byte order' "$(ids), not $wanted"; fi

printf '{"id":"r1","text":"%s"}\n{"id":"r2","text":"%s"}\n\n{"id":"r3","text":"%s"}' "$sentence" "$sentence" "$sentence" >"$T/three.jsonl"
printf '[{"id":"r1","text":"%s"},\n {"id":"r2","text":"%s"}, {"id":"r3","text":"%s"}]\n' "$sentence" "$sentence" "$sentence" >"$T/three.json"
three() { exits 0 && records 3 && [ "$(ids)" = 'r1 r2 r3 ' ]; }
run code -f jsonl "$T/three.jsonl"; cp "$T/out" "$T/three.out"; check 'JSON Lines' "$(ids)" three
run code -f jsonl "$T/three.json"; check 'a JSON array' "$(ids)" three
"$dateline" code -f jsonl - <"$T/three.jsonl" >"$T/out" 2>"$T/err"; code=$?; check 'standard input with -' "$(ids)" three
check 'standard input: the same records' 'they differ' cmp -s "$T/out" "$T/three.out"
"$dateline" code -f jsonl <"$T/three.jsonl" >"$T/out" 2>"$T/err"; code=$?; check 'standard input without arguments' "$(ids)" three
printf '{"id":"ok1","text":"%s"}\n{"id": "broken", "text": \n{"id":"ok2","text":"%s"}\n' "$sentence" "$sentence" >"$T/broken.jsonl"
run code -f jsonl "$T/broken.jsonl"
broken() { exits 1 && records 3 && [ "$(grep -c '"coded":true' "$T/out")" = 2 ]; }
check 'a broken line of JSON Lines' 'the others are not coded' broken

for id in x x x~2 y x; do printf '{"id":"%s","text":"%s"}\n' $id "$sentence"; done >"$T/twice.jsonl"
run code -f jsonl "$T/twice.jsonl"
if [ "$(ids)" = 'x x~2 x~2~2 y x~3 ' ]; then good 'repeated ids'; else bad 'repeated ids' "$(ids)"; fi
for id in x~2 x x; do printf '{"id":"%s","text":"%s"}\n' $id "$sentence"; done >"$T/taken.jsonl"
run code -f jsonl "$T/taken.jsonl"
if [ "$(ids | tr ' ' '\n' | sort | uniq -d | grep -c .)" = 0 ]; then good 'no id twice'; else bad 'no id twice' "$(ids)"; fi

# ---- exit codes ----------------------------------------------------------------------------------------------------------

usage() { exits 2 && says '^dateline: ' && says '^see: dateline help'; }
run frobnicate; check 'unknown verb' 'not 2' usage
run code --frobnicate "$T/a.txt"; check 'unknown option' 'not 2' usage
run code -Z "$T/a.txt"; check 'unknown letter' 'not 2' usage
run code "$T/a.txt" --format; check 'option without its argument' 'not 2' usage
run code --format xml "$T/a.txt"; check 'unknown format' 'not 2' usage
run code --color maybe "$T/a.txt"; check 'unknown --color' 'not 2' usage
for n in 0 -1 many 99999999999; do run code --threads=$n "$T/a.txt"; check "--threads=$n" 'not 2' usage; done
for day in yesterday 2015-13-01 2015-02-30 '' 26; do run code --published="$day" "$T/a.txt"; check "--published='$day'" 'not 2' usage; done
run explain --published=yesterday "$T/a.txt"; check 'explain --published=yesterday' 'not 2' usage
run code -f jsonl --published 2015-01-26 "$T/a.txt"; check '--published' 'not in the record' grep -q '"published":"2015-01-26"' "$T/out"
run code -f jsonl --published 'Mon, 26 Jan 2015 10:00:00 GMT' "$T/a.txt"; check '--published as feeds write it' 'not in the record' grep -q '"published":"2015-01-26"' "$T/out"
run codebook frobnicate; check 'unknown deed of codebook' 'not 2' usage
nothing() { exits 3 && says '^dateline: ' && [ ! -s "$T/out" ]; }
run code --codebook "$T/absent" "$T/a.txt"; check 'a codebook that is not there' 'not 3' nothing
run code --codebook "$T/random" "$T/a.txt"; check 'a codebook of random bytes' 'not 3' nothing
run code --model "$T/random" "$T/a.txt"; check 'weights of random bytes' 'not 3' nothing
run code --model "$T/absent" "$T/a.txt"; check 'weights that are not there' 'not 3' nothing
unwritable() { exits 4 && says "^dateline: can't write standard output: "; }
for verb in 'code examples' 'explain examples' version help 'help --man' 'help --completion' 'codebook show raid' 'codebook show zzzz'; do
    # shellcheck disable=SC2086
    "$dateline" $verb >/dev/full 2>"$T/err" </dev/null; code=$?
    check "$verb to a full device" 'not 4' unwritable
done
"$dateline" code -f jsonl examples "$T/three.jsonl" 2>"$T/err" | true; code=${PIPESTATUS[0]}
check 'a closed pipe' 'not 4' unwritable
check 'a closed pipe: said once' "$(cat "$T/err")" [ "$(wc -l <"$T/err")" = 1 ]

# ---- --output ------------------------------------------------------------------------------------------------------------

run code -f jsonl -o "$T/o.jsonl" "$T/three.jsonl"
check '--output' 'not what standard output gets' cmp -s "$T/o.jsonl" "$T/three.out"
run code -f jsonl -o "$T/nowhere/o.jsonl" "$T/a.txt"
check '--output into no folder' 'not 4' exits 4
kept() { exits "$1" && cmp -s "$T/o.jsonl" "$T/three.out" && [ -z "$(ls "$T" | grep '\.part$')" ]; }
# Files of 1 KB at most: the write fails in the middle, and what was there stays.
(trap '' XFSZ; ulimit -f 1; exec "$dateline" code -f jsonl -o "$T/o.jsonl" examples) >"$T/out" 2>"$T/err"; code=$?
check '--output that fails in the middle' 'the old file is gone, or a part is left' kept 4
run code -f jsonl -c "$T/random" -o "$T/o.jsonl" "$T/a.txt"
check '--output with a bad codebook' 'the old file is gone' kept 3
ln -s o.jsonl "$T/link"
run code -f jsonl -o "$T/link" "$T/a.txt"
linked() { exits 0 && [ -L "$T/link" ] && [ "$(wc -l <"$T/o.jsonl")" = 1 ]; }
check '--output through a link' 'the link is gone' linked
mkfifo "$T/pipe"
timeout 60 cat "$T/pipe" >"$T/piped" &          # a command that never opens it must not hang us
run code -f jsonl -o "$T/pipe" "$T/three.jsonl"
wait
piped() { exits 0 && [ -p "$T/pipe" ] && cmp -s "$T/piped" "$T/three.out"; }
check '--output to a pipe' 'nothing came, or it is a file now' piped

# ---- forms ---------------------------------------------------------------------------------------------------------------

run code "$T/three.jsonl"; check 'without --format: jsonl in a pipe' 'not jsonl' cmp -s "$T/out" "$T/three.out"
columns() { awk -F'\t' 'NR == 1 { n = NF } NF != n { bad = 1 } END { exit !(NR > 1 && n > 5 && !bad) }' "$T/out"; }
run code -f tsv examples; check '--format tsv' 'rows of unlike width' columns
run code -f text "$T/a.txt"; cp "$T/out" "$T/plain"
esc=$(printf '\033')
plain() { exits 0 && [ -s "$T/out" ] && ! grep -q "$esc" "$T/out"; }
coloured() { exits 0 && grep -q "$esc\[" "$T/out"; }
check '--format text' 'empty or coloured' plain
run code -f text --color always "$T/a.txt"; check '--color always' 'no colour' coloured
sed "s/$esc\[[0-9;]*m//g" "$T/out" >"$T/stripped"; check 'colour changes no word' 'it does' cmp -s "$T/stripped" "$T/plain"
run code -f text --color never "$T/a.txt"; check '--color never' 'coloured' plain
if script -qec true /dev/null </dev/null >/dev/null 2>&1; then
    terminal() { script -qec "$* $dateline code ${option:-} $T/a.txt" /dev/null </dev/null >"$T/out" 2>"$T/err"; code=$?; }
    terminal; check 'a terminal: coloured text' 'no colour' coloured
    terminal NO_COLOR=1; check 'NO_COLOR' 'coloured' plain
    terminal NO_COLOR=; check 'NO_COLOR, empty' 'no colour' coloured
    option='--color always'; terminal NO_COLOR=1; check 'NO_COLOR and --color always' 'no colour' coloured
    option='--color never'; terminal; check 'a terminal and --color never' 'coloured' plain
else
    echo 'skip cli: colour on a terminal: script(1) gets no terminal here'
fi
run code --color always -f jsonl "$T/three.jsonl"; check 'jsonl is never coloured' 'it is' cmp -s "$T/out" "$T/three.out"

# ---- the same bytes ------------------------------------------------------------------------------------------------------

# A few hundred reports from sentences at hand, the same each time.
cat examples/*.txt | tr '\n' ' ' | sed 's/\([.!?]\) /\1\n/g' | grep . | sed 's/["\\]/\\&/g' | tr -d '\000-\010\013-\037' >"$T/sentences"
awk 'BEGIN { x = 1 } { s[NR - 1] = $0 } END { for (i = 0; i < 300; i++) { t = ""; for (k = 0; k < 1 + i % 9; k++) { x = (x * 16807) % 2147483647; t = t s[x % NR] (k % 3 == 2 ? "\\n\\n" : " ") }
    printf "{\"id\":\"g%d\",\"published\":\"2015-01-%02d\",\"text\":\"%s\"}\n", i, 1 + i % 28, t } }' "$T/sentences" >"$T/generated.jsonl"
check '300 generated reports' 'not made' [ "$(wc -l <"$T/generated.jsonl")" = 300 ]
for format in jsonl tsv text; do
    run code -t 1 -f $format examples "$T/generated.jsonl"; cp "$T/out" "$T/once"
    run code -t 4 -f $format examples "$T/generated.jsonl"
    check "1 and 4 threads, $format" 'they differ' cmp -s "$T/out" "$T/once"
    [ $format = jsonl ] || continue
    cp "$T/once" "$T/records"
    check 'generated reports have records' 'none' exits 0
    run code -t 4 -f jsonl examples "$T/generated.jsonl"; check 'twice' 'they differ' cmp -s "$T/out" "$T/records"
    (cd /; LC_ALL=C.UTF-8 TZ=Asia/Tokyo exec "$dateline" code -t 2 -f jsonl "$SOURCE/examples" "$T/generated.jsonl") >"$T/out" 2>"$T/err"
    check 'another folder, locale and zone' 'they differ' cmp -s "$T/out" "$T/records"
done
other=${BUILD%/*}/dev-clang/dateline
if [ "$BUILD" != "${BUILD%/*}/dev-clang" ] && [ -x "$other" ] && [ "$("$other" version)" = "$("$dateline" version)" ] && [ ! "$other" -ot "$dateline" ]; then
    "$other" code -f jsonl examples "$T/generated.jsonl" >"$T/out" 2>"$T/err"
    check 'two compilers' 'they differ' cmp -s "$T/out" "$T/records"
else
    echo "skip cli: two compilers: no build of the same age by clang beside this one"
fi

# ---- help, manual, completion --------------------------------------------------------------------------------------------

run help; cp "$T/out" "$T/help"
run help --man; cp "$T/out" "$T/man"
run help --completion; cp "$T/out" "$T/completion"
check 'completion is bash' 'a syntax error' bash -n "$T/completion"
for n in 0 1 2 3 4; do grep -q "^  $n  " "$T/help" && grep -q "^\.It $n\$" "$T/man" || bad "exit code $n" 'not in help or manual'; done
missing=
while IFS=, read -r verb option; do
    "$dateline" help "$verb" | grep -q -e "--$option\b" || missing="$missing help:$verb:$option"
    "$dateline" "$verb" --help | grep -q -e "--$option\b" || missing="$missing $verb--help:$option"
    sed -n "/^\.Ss $verb\$/,/^\.El/p" "$T/man" | grep -q -e "^\.It .*Fl .-$option\b" || missing="$missing man:$verb:$option"
    grep -e "^      $verb) " "$T/completion" | grep -q -e "--$option " || missing="$missing completion:$verb:$option"
done < <(sed -n 's/^OPT(\([a-z]*\), "\([a-z-]*\)".*/\1,\2/p' src/cli/options.def | grep -v '^verb,'
         for verb in $(sed -n 's/^FILTERS(\([a-z]*\))$/\1/p' src/cli/options.def); do sed -n "s/^OPT(verb, \"\([a-z]*\)\".*/$verb,\1/p" src/cli/options.def; done)
for verb in $(sed -n 's/^VERB(\([a-z]*\),.*/\1/p' src/cli/options.def); do
    grep -q "^  $verb " "$T/help" && grep -q "^\.Cm $verb\$" "$T/man" && grep -q "words='.*\b$verb\b" "$T/completion" || missing="$missing verb:$verb"
done
check 'help, manual and completion name every option' "$missing" [ -z "$missing" ]
if command -v mandoc >/dev/null; then check 'the manual is mdoc' 'mandoc complains' mandoc -T lint -W error "$T/man"; fi
complete() { bash -c '. "$1"; COMP_WORDS=(dateline "${@:2}"); COMP_CWORD=$((${#COMP_WORDS[@]} - 1)); _dateline; echo "${COMPREPLY[*]}"' - "$T/completion" "$@"; }
check 'completion of a verb' "$(complete co)" [ "$(complete co)" = 'code codebook' ]
check 'completion of an option' "$(complete code --th)" [ "$(complete code --th)" = '--threads' ]

# ---- a bad codebook ------------------------------------------------------------------------------------------------------

mkdir "$T/mine"
printf 'codebook mine 1\nevent NOPE @mine-one\n  verbs frob\n  frame WHO frobs WHOM\n' >"$T/mine/one.code"
printf 'event ASSAULT @mine-two\n  verbs grind\n  fram WHO grinds WHOM\nevent ASSAULT @mine-two\n  verbs crush\n  frame WHO crushes\n' >"$T/mine/two.code"
faults() {
    exits 3 && says 'one\.code:2:7: .*NOPE' && says '^  *event NOPE @mine-one$' && says '^  *^~*$' && says 'two\.code:3:3: .*fram' && says 'two\.code:4:' && says '^[0-9]* errors' && [ ! -s "$T/out" ]
}
run code --codebook "$T/mine" "$T/a.txt"; check 'a bad codebook: code names all errors' 'not all' faults
run explain --codebook "$T/mine" "$T/a.txt"; check 'a bad codebook: explain names all errors' 'not all' faults
run codebook lint "$T/mine"; check 'a bad codebook: lint names all errors' 'not all' faults
run codebook show raid "$T/mine"; check 'a bad codebook: show names all errors' 'not all' faults
run codebook test "$T/mine"; check 'a bad codebook: test names all errors' 'not all' faults
run codebook build "$T/mine" -o "$T/mine.pack"; check 'a bad codebook: build names all errors' 'not all' faults
check 'a bad codebook: no pack' 'one was written' [ ! -e "$T/mine.pack" ]
# A good one: coded from the folder, from its pack, and not from a pack that lost its end or a bit.
rm "$T/mine/two.code"
printf 'codebook mine 1\nevent ASSAULT @mine-one\n  verbs frobnicate\n  frame WHO frobnicates WHOM\n  + Soldiers [frobnicated] two men.\n' >"$T/mine/one.code"
printf 'Soldiers frobnicated two men in Homs on Friday.\n' >"$T/frob.txt"
run code -f jsonl --codebook "$T/mine" "$T/frob.txt"; cp "$T/out" "$T/frob"
ours() { exits 0 && grep -q 'mine-one' "$T/out"; }
check 'a codebook of our own' 'its word is not read' ours
run codebook build "$T/mine" -o "$T/mine.pack"; check 'codebook build' 'it fails' exits 0
run code -f jsonl --codebook "$T/mine.pack" "$T/frob.txt"; check 'folder and pack' 'records differ' cmp -s "$T/out" "$T/frob"
if [ -s "$T/mine.pack" ]; then
    head -c $(($(stat -c %s "$T/mine.pack") - 7)) "$T/mine.pack" >"$T/cut.pack"
    run code --codebook "$T/cut.pack" "$T/frob.txt"; check 'a pack that lost its end' 'not 3' nothing
    cp "$T/mine.pack" "$T/bit.pack"
    printf '\xa5' | dd of="$T/bit.pack" bs=1 seek=$(($(stat -c %s "$T/mine.pack") / 2)) conv=notrunc 2>/dev/null
    run code --codebook "$T/bit.pack" "$T/frob.txt"
    if cmp -s "$T/bit.pack" "$T/mine.pack"; then echo 'skip cli: a changed pack: that byte was 0xa5'; else check 'a changed pack' 'not 3' nothing; fi
fi
