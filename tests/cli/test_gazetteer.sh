#!/bin/bash
# dateline gazetteer build and show, code and explain with a gazetteer of one's own: what is printed, exit codes, nothing half written.
set -u
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
good() { echo "ok gazetteer: $1"; }
bad() { echo "not ok gazetteer: $1: $2"; }
expect() {                                           # NAME EXIT PATTERN COMMAND...: the pattern must be in what it prints
    local name=$1 want=$2 pattern=$3 code
    shift 3
    "$@" >"$T/out" 2>"$T/err" </dev/null
    code=$?
    if [ $code = "$want" ] && cat "$T/out" "$T/err" | grep -qe "$pattern"; then good "$name"; else bad "$name" "exit code $code, $(cat "$T/out" "$T/err" | head -c 300)"; fi
}
tab() { printf '%s\n' "$@" | tr '|' '\t'; }

tab 'name|lat|lon|country|class|aka' 'Zorbatown|45.1|9.2|IT|PPL|Zorba' 'Verviers|1|2|ZZ|PPL|' >"$T/own.tsv"
expect 'a table of ours' 0 '2 places, 3 names' "$DATELINE" gazetteer build "$T/own.tsv" -o "$T/own.gaz"
cp "$T/own.gaz" "$T/again.gaz"
"$DATELINE" gazetteer build "$T/own.tsv" -o "$T/own.gaz" 2>/dev/null; cmp -s "$T/own.gaz" "$T/again.gaz" && good 'the same bytes again' || bad 'the same bytes again' 'others'
gzip -k "$T/own.tsv"
"$DATELINE" gazetteer build "$T/own.tsv.gz" -o "$T/packed.gaz" 2>/dev/null; cmp -s "$T/own.gaz" "$T/packed.gaz" && good 'the same bytes from a packed table' || bad 'a packed table' 'other bytes'
expect 'show: its name' 0 'Zorbatown.*PPL.*IT' "$DATELINE" gazetteer show -g "$T/own.gaz" Zorbatown
expect 'show: another name' 0 'Zorbatown.*other name' "$DATELINE" gazetteer show -g "$T/own.gaz" zorba
expect 'show: the one built in' 0 '2791018.*Molenbeek' "$DATELINE" gazetteer show Sint-Jans-Molenbeek
expect 'show: nobody is called so' 1 "no place is called 'Zorbatown'" "$DATELINE" gazetteer show Zorbatown

printf 'Gunmen killed two men in Zorbatown on Monday.\n' >"$T/report.txt"
expect 'code without it: no such place' 0 '"places":\[\]' "$DATELINE" code -f jsonl "$T/report.txt"
expect 'code with it' 0 '"name":"Zorbatown"' "$DATELINE" code -f jsonl -g "$T/own.gaz" "$T/report.txt"
expect 'the record names both gazetteers' 0 '"gazetteer":"[0-9]* places [0-9a-f]* + 2 places [0-9a-f]*"' "$DATELINE" code -f jsonl -g "$T/own.gaz" "$T/report.txt"
expect 'explain says whose it is and why' 0 "user's gazetteer's record .*only bearer of the name" "$DATELINE" explain -g "$T/own.gaz" "$T/report.txt"

tab 'name|lat|lon' 'A|1|2' 'B|x|2' >"$T/bad.tsv"
expect 'a bad cell: file, line, column' 3 'bad.tsv:3:3: a latitude' "$DATELINE" gazetteer build "$T/bad.tsv" -o "$T/no.gaz"
expect 'no such file' 3 'absent.txt: cannot open' "$DATELINE" gazetteer build "$T/absent.txt" -o "$T/no.gaz"
expect 'no table at all' 3 'neither a file of GeoNames nor a table' "$DATELINE" gazetteer build "$T/report.txt" -o "$T/no.gaz"
[ -e "$T/no.gaz" ] && bad 'nothing is written' "$T/no.gaz is there" || good 'nothing is written'
expect 'no folder to write to' 4 'absent' "$DATELINE" gazetteer build "$T/own.tsv" -o "$T/absent/x.gaz"
head -c 300 "$T/own.gaz" >"$T/cut.gaz"
expect 'cut off' 3 'gazetteer' "$DATELINE" code -g "$T/cut.gaz" "$T/report.txt"
{ head -c 400 "$T/own.gaz"; printf X; tail -c +402 "$T/own.gaz"; } >"$T/damaged.gaz"
expect 'damaged' 3 'checksum' "$DATELINE" code -g "$T/damaged.gaz" "$T/report.txt"
expect 'no gazetteer' 3 'not a gazetteer' "$DATELINE" code -g "$T/own.tsv" "$T/report.txt"
expect 'neither build nor show' 2 'usage: dateline gazetteer' "$DATELINE" gazetteer
expect 'build without --output' 2 'wants files and --output' "$DATELINE" gazetteer build "$T/own.tsv"
