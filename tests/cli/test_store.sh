#!/bin/bash
# `dateline code -o FILE.db` and `dateline query`: what is stored is what the records say (tests/check_store.py), the same input twice changes nothing, a killed writer
# leaves whole reports, and what can't be written is told and left as it was.
set -u
dateline=$DATELINE
T=$(mktemp -d)
trap 'chmod -R u+w "$T"; rm -rf "$T"' EXIT
good() { echo "ok store: $1"; }
bad() { echo "not ok store: $1: $2"; }
check() {                                            # NAME WHY-IF-NOT COMMAND...
    local name=$1 why=$2
    shift 2
    if "$@"; then good "$name"; else bad "$name" "$why"; fi
}
run() { "$dateline" "$@" >"$T/out" 2>"$T/err" </dev/null; code=$?; }
exits() { [ "$code" = "$1" ] || { echo "    # exit code $code, not $1: $(head -c 300 "$T/err")"; false; }; }
says() { grep -q -e "$1" "$T/err" || { echo "    # stderr lacks '$1': $(head -c 300 "$T/err")"; false; }; }
python() { /usr/bin/python3 "$@"; }
sql() { python -c 'import sqlite3, sys; d = sqlite3.connect(sys.argv[1]); [print(*r, sep="|") for s in sys.argv[2:] for r in d.execute(s).fetchall()]; d.commit()' "$@"; }
dump() { python tests/check_store.py --dump "$1"; }
same_dump() { cmp -s <(dump "$1") <(dump "$2"); }
alone() { [ "$(ls "$T" | grep -c "^$1-")" = 0 ]; }   # no journal is left beside it
sentence='Police in Brussels arrested two men on Monday, the prosecutor said.'

# ---- what is stored ------------------------------------------------------------------------------------------------------

stored() {                                           # NAME ARGUMENTS...
    local name=$1
    shift
    run code -t 3 -o "$T/s.db" "$@"
    "$dateline" code -f jsonl "$@" >"$T/s.jsonl" 2>/dev/null </dev/null
    python tests/check_store.py "$T/s.db" "$T/s.jsonl" | sed "s/ok store:/ok store: $name:/"
    rm -f "$T/s.db"
}
mkdir "$T/h"
: >"$T/h/empty"
printf ' \n\t\n' >"$T/h/blank"
head -c 5000 /dev/zero >"$T/h/nuls"
{ printf '%s ' "$sentence"; head -c 3 /dev/zero; printf '%s' "$sentence"; } >"$T/h/some-nuls"
printf '%s caf\xe9 \xff\xfe \xf0\x9f \xed\xa0\x80 \xc0\xaf fin. %s\n' "$sentence" "$sentence" >"$T/h/ill-formed"
printf '\xef\xbb\xbf%s\r\n\r\n%s\r\n' "$sentence" "$sentence" >"$T/h/marked"
printf '{"id": "y", "title": "R\\u0061id \\ud83d\\udd25 \\ud83d", "date": "2015-01-26", "text": "Police \\u201craided\\u201d a flat.\\n\\nTwo men were \\"arrested\\" on Monday."}' >"$T/h/escapes.json"
printf '{"id": "\\u0000", "title": "", "text": "%s", "url": "\\n", "author": ["a", "b"], "date": "None", "language": "xx-yy"}' "$sentence" >"$T/h/odd.json"
for id in x x "x'; DROP TABLE reports; --" 'x~2' x; do printf '{"id":"%s","text":"%s"}\n' "$id" "$sentence"; done >"$T/h/twice.jsonl"
printf '👩‍🚒🔥 %s שוטרים «%s» e\xcc\x81\xcc\x88 %s\n\n%s\n' "$sentence" "$sentence" "$sentence" "$sentence" >"$T/h/scripts"
printf 'KYIV, 30 February 2014 (AFP) - On 31 April -5 of 0 men, 99999999999999999999 wounded, 1/0 killed, 2.5 million fled, 10–3 arrested in 0000 and 9999.\n' >"$T/h/numbers"
stored examples examples
stored 'with a day' --published 2015-01-26 --source "$(printf 'The P\xe9st')" examples
stored 'hostile input' --published 2015-01-26 "$T/h"
head -c 17000000 /dev/zero | tr '\0' 'a' >"$T/long"
stored 'a report over the cap' "$T/long"
rm "$T/long"

# A report of an id that was there gets its own when its record is already written, on another thread than the one that coded it.
for _ in $(seq 1500); do printf '{"id":"x","text":"%s"}\n' "$sentence"; done >"$T/one-id.jsonl"
run code -t 4 -o "$T/ids.db" "$T/one-id.jsonl"
check '1,500 reports of one id, on four threads' 'not 0, or some are lost' eval 'exits 0 && [ "$(sql "$T/ids.db" "SELECT count(DISTINCT id) FROM reports")" = 1500 ]'
rm -f "$T"/ids.db* "$T/one-id.jsonl"

# ---- the same and changed reports ----------------------------------------------------------------------------------------

printf '{"id":"%s","text":"%s"}\n' a "$sentence" b 'Rebels shelled the town of Homs on Friday, killing 12 people.' c "$sentence" >"$T/three.jsonl"
run code -o "$T/a.db" examples "$T/three.jsonl"; cp "$T/a.db" "$T/before.db"
check 'into a new file' 'not 0, or a journal is left' eval 'exits 0 && alone a.db'
run code -o "$T/a.db" examples "$T/three.jsonl"
check 'the same input twice changes no row' 'it does' same_dump "$T/a.db" "$T/before.db"
run code -t 4 -o "$T/four.sqlite3" examples "$T/three.jsonl"
check 'four threads: the same rows' 'they differ' same_dump "$T/four.sqlite3" "$T/before.db"
run code -o "$T/late.db" "$T/three.jsonl"; run code -o "$T/late.db" examples
check 'put together in two runs' 'reports are missing' [ "$(sql "$T/late.db" 'SELECT count(*), min(report), max(report) FROM reports')" = "$(sql "$T/a.db" 'SELECT count(*), min(report), max(report) FROM reports')" ]
sed -i 's/killing 12/wounding 14/' "$T/three.jsonl"
was=$(sql "$T/a.db" "SELECT report FROM reports WHERE id = 'b'")
run code -o "$T/a.db" "$T/three.jsonl"
run code -o "$T/a.db" "$T/three.jsonl"
"$dateline" code -f jsonl examples "$T/three.jsonl" >"$T/a.jsonl" 2>/dev/null
python tests/check_store.py "$T/a.db" "$T/a.jsonl" | sed 's/ok store:/ok store: a changed report:/'
check 'a changed report keeps its number' 'it has another' [ "$(sql "$T/a.db" "SELECT report FROM reports WHERE id = 'b'")" = "$was" ]
run code --format sqlite -o "$T/plain" "$T/three.jsonl"; check '--format sqlite' 'no database' eval 'exits 0 && [ "$(head -c 15 "$T/plain")" = "SQLite format 3" ]'
run code -f jsonl -o "$T/json.db" "$T/three.jsonl"; check '--format jsonl into a .db' 'no JSON' eval 'exits 0 && grep -q "^{\"format\":1" "$T/json.db"'
run code --format sqlite "$T/three.jsonl"; check '--format sqlite without --output' 'not 2' eval 'exits 2 && says "wants --output"'
sql "$T/a.db" 'CREATE TABLE notes(report INTEGER, note TEXT)' "INSERT INTO notes VALUES(1, 'mine')" 'CREATE INDEX places_country ON places(country)'
run code -o "$T/a.db" "$T/three.jsonl"; check 'tables and indexes of others stay' 'they do not' eval 'exits 0 && [ "$(sql "$T/a.db" "SELECT note FROM notes")" = mine ]'

# ---- what can't be written -----------------------------------------------------------------------------------------------

refused() {                                          # NAME FILE MESSAGE: exit 4, the message, no byte changed, no journal left
    cp "$2" "$T/kept" 2>/dev/null || : >"$T/kept"
    run code -o "$2" "$T/three.jsonl"
    if exits 4 && says "$3" && { [ ! -f "$2" ] || cmp -s "$2" "$T/kept"; } && alone "$(basename "$2")"; then good "$1"; else bad "$1" 'another code or message, or the file was touched'; fi
}
printf 'Dear diary, this is a text that somebody keeps under a misleading name, and it must not be lost.\n' >"$T/text.db"
refused 'a text is no database' "$T/text.db" 'text.db: not an SQLite database'
sql "$T/foreign.db" 'CREATE TABLE reports(id TEXT)'
refused 'a foreign database' "$T/foreign.db" 'foreign.db: an SQLite database, but not one of dateline'
cp "$T/before.db" "$T/newer.db"; sql "$T/newer.db" 'PRAGMA user_version = 7'
refused 'a database of another version' "$T/newer.db" 'newer.db: a database of another version of dateline'
cp "$T/before.db" "$T/altered.db"; sql "$T/altered.db" 'ALTER TABLE events ADD COLUMN more TEXT'
refused 'other columns' "$T/altered.db" 'altered.db: a database of another version of dateline'
cp "$T/before.db" "$T/cut.db"; truncate -s 9000 "$T/cut.db"
run code -o "$T/cut.db" "$T/three.jsonl"; check 'a database cut short' 'not 4' eval 'exits 4 && says "cut.db: "'
mkdir "$T/folder.db"; run code -o "$T/folder.db" "$T/three.jsonl"; check 'a folder' 'not 4' eval 'exits 4 && says "must be a file"'
run code --format sqlite -o /dev/null "$T/three.jsonl"; check 'a device' 'not 4' eval 'exits 4 && says "must be a file"'
run code -o "$T/nowhere/x.db" "$T/three.jsonl"; check 'no such folder' 'not 4' eval 'exits 4 && says "no such file or directory"'
cp "$T/before.db" "$T/locked.db"
/usr/bin/python3 -c 'import sqlite3, sys, time; d = sqlite3.connect(sys.argv[1], isolation_level=None); d.execute("BEGIN EXCLUSIVE"); print("locked", flush=True); time.sleep(60)' "$T/locked.db" >"$T/locker" &
locker=$!
while ! grep -q locked "$T/locker"; do sleep 0.1; done
run code -o "$T/locked.db" "$T/three.jsonl"; check 'a locked database' 'not 4' eval 'exits 4 && says "locked.db: the database is locked by another program"'
kill $locker; wait $locker 2>/dev/null
check 'a locked database is as it was' 'it is not' same_dump "$T/locked.db" "$T/before.db"

# A user who may read, not write: root may everything, so it steps down.
mkdir "$T/shut"; cp "$T/before.db" "$T/shut/x.db"; cp "$T/three.jsonl" "$T/shut/"; chmod 755 "$T" "$T/shut"; chmod 644 "$T/shut/"*
as=; if [ "$(id -u)" = 0 ]; then as='setpriv --reuid=65534 --regid=65534 --clear-groups'; else chmod 444 "$T/shut/x.db"; chmod 555 "$T/shut"; fi
if $as "$dateline" version >/dev/null 2>&1; then
    for f in x.db new.db; do
        $as "$dateline" code -o "$T/shut/$f" "$T/shut/three.jsonl" >"$T/out" 2>"$T/err" </dev/null; code=$?
        check "a read-only folder, $f" 'not 4' eval 'exits 4 && says "^dateline: .*$f: .*\(may not be written\|permission denied\)"'
    done
    $as "$dateline" query "$T/shut/x.db" 'SELECT count(*) FROM reports' >"$T/out" 2>"$T/err"; code=$?
    check 'a read-only folder can be asked' 'it can not' exits 0
else
    echo 'skip store: a read-only folder: no other user may run this build'
fi

# The disk is full: files of so many KB at most. What was committed is whole, and another run completes it.
awk 'BEGIN { for (i = 0; i < 3000; i++) printf "{\"id\":\"r%d\",\"published\":\"2015-01-26\",\"text\":\"Police arrested %d men in Brussels.\"}\n", i, 2 + i % 90 }' >"$T/many.jsonl"
run code -o "$T/many.db" "$T/many.jsonl"; check '3000 reports' 'not 0' exits 0
size=$(($(stat -c %s "$T/many.db") / 1024))
full() { exits 4 && says "full.db: can't .*write the database: " && says 'what was committed before is whole'; }
completes() {
    left=$(python tests/check_store.py --whole "$T/full.db" "$T/many.db") || { echo "    # not whole: $left"; return 1; }
    [ "$left" -gt 0 ] && [ "$left" -lt 3000 ] || { echo "    # $left reports"; return 1; }
    run code -o "$T/full.db" "$T/many.jsonl"
    exits 0 && same_dump "$T/full.db" "$T/many.db"
}
(ulimit -f $((size / 2)); exec "$dateline" code -o "$T/full.db" "$T/many.jsonl") >"$T/out" 2>"$T/err" </dev/null; code=$?
check 'a file that may not grow' 'another code or message' full
check 'a file that may not grow: what is there is whole, and the next run completes it' 'it is not' completes
(ulimit -f 1; exec "$dateline" code -o "$T/none.db" "$T/many.jsonl") >"$T/out" 2>"$T/err" </dev/null; code=$?
check 'no room for the tables' 'not 4' exits 4
run code -o "$T/none.db" "$T/many.jsonl"; check 'no room for the tables: the next run completes it' 'it does not' same_dump "$T/none.db" "$T/many.db"
tiny='mount -t tmpfs -o size=$1k tmpfs "$2" && cd "$2" && shift 2 && "$0" code -o full.db "$1" </dev/null; rc=$?; cp full.db* "$3"; exit $rc'
mkdir "$T/mnt" "$T/got"
if unshare -rm sh -c 'mount -t tmpfs -o size=64k tmpfs "$1"' - "$T/mnt" 2>/dev/null; then
    unshare -rm sh -c "${tiny/\"\$3\"/\"\$2\"}" "$dateline" $((size / 2)) "$T/mnt" "$T/many.jsonl" "$T/got" >"$T/out" 2>"$T/err"; code=$?
    cp "$T"/got/full.db* "$T/"
    check 'a full disk' 'another code or message' full
    check 'a full disk: what is there is whole, and the next run completes it' 'it is not' completes
else
    echo 'skip store: a full disk: no mount may be made here'
fi

# ---- killed at any moment ------------------------------------------------------------------------------------------------

# Two days' runs over the same reports, the second with another outlet, so that it replaces every one; each is killed again and again until it ends by itself.
run code -s One -o "$T/one.db" "$T/many.jsonl"; run code -s Two -o "$T/two.db" "$T/many.jsonl"
seed=${KILL_SEED:-$$}
RANDOM=$seed
began=$(date +%s%N) && "$dateline" code -s One -o "$T/timed.db" "$T/many.jsonl" && took=$(($(date +%s%N) / 1000000 - began / 1000000))
end=$(($(date +%s) + 15)) kills=0 broken=0
while { [ "$(date +%s)" -lt $end ] || [ $kills -lt 12 ]; } && [ $broken = 0 ]; do     # as many as the time allows, and on a busy machine no fewer
    for source in One Two; do
        for turn in 1 2 3; do
            "$dateline" code -t 2 -s $source -o "$T/k.db" "$T/many.jsonl" </dev/null >/dev/null 2>&1 &
            pid=$!
            ms=$((RANDOM * took / 32768))
            sleep $((ms / 1000)).$(printf %03d $((ms % 1000)))
            kill -9 $pid 2>/dev/null && kills=$((kills + 1))
            wait $pid 2>/dev/null
            [ -f "$T/k.db" ] || continue
            asked=$("$dateline" query -f tsv "$T/k.db" 'SELECT count(*) FROM reports' 2>/dev/null | tail -1)
            n=$(python tests/check_store.py --whole "$T/k.db" "$T/one.db" "$T/two.db") || { broken=1; echo "    # KILL_SEED=$seed, kill $kills: $n"; }
            [ "${asked:-0}" = "$n" ] || { broken=1; echo "    # KILL_SEED=$seed, kill $kills: query sees ${asked:-none} reports of $n"; }
        done
    done
    [ $((RANDOM % 3)) = 0 ] && rm -f "$T"/k.db*
done
if [ $broken = 0 ]; then good "killed $kills times: whatever was committed is whole"; else bad "killed $kills times" 'a report in pieces'; fi
run code -s Two -o "$T/k.db" "$T/many.jsonl"
check 'killed: the next run completes it' 'it does not' eval 'exits 0 && same_dump "$T/k.db" "$T/two.db" && alone k.db'

# ---- asking --------------------------------------------------------------------------------------------------------------

cp "$T/before.db" "$T/q.db"; before=$(sha256sum <"$T/q.db")
run query "$T/q.db"; check 'query' 'no table' eval 'exits 0 && grep -q "^date .*who .*status" "$T/out" && tail -1 "$T/out" | grep -q "^[0-9]* rows$"'
run query -f tsv "$T/q.db" 'SELECT report, id FROM reports ORDER BY report LIMIT 2'; check 'query -f tsv' "$(cat "$T/out")" eval 'exits 0 && [ "$(head -1 "$T/out")" = "$(printf "report\tid")" ] && [ "$(wc -l <"$T/out")" = 3 ]'
run query -f jsonl "$T/q.db" "SELECT 1 AS a, 2.5 AS b, NULL AS c, '\"x' AS d, 3.0 AS e"; check 'query -f jsonl' "$(cat "$T/out")" [ "$(cat "$T/out")" = '{"a":1,"b":2.5,"c":null,"d":"\"x","e":3}' ]
run query "$T/q.db" "SELECT 'two' || char(10) || 'lines' AS t, 7 AS n, char(27) || '[31m' AS e"; check 'query: cells on one line' "$(cat "$T/out")" eval 'grep -q "^two lines  7  " "$T/out" && ! grep -q "$(printf "\033")" "$T/out"'
for q in 'DELETE FROM reports' 'DROP TABLE events' "ATTACH '$T/new.db' AS x" "VACUUM INTO '$T/new.db'" 'PRAGMA user_version = 3' 'BEGIN' 'SELECT 1; SELECT 2' '' ' ;' 'SELEC 1' 'SELECT nothing FROM reports' 'CREATE TABLE x(y)' \
    "INSERT INTO reports SELECT * FROM reports" "SELECT load_extension('x')"; do
    run query "$T/q.db" "$q"; check "query: '$q' is refused" "exit $code" eval '[ $code != 0 ] && says "^dateline: " && [ ! -e "$T/new.db" ]'
done
check 'query changes nothing' 'it does' [ "$(sha256sum <"$T/q.db")" = "$before" ]
run query "$T/absent.db"; check 'query: no such file' 'it is made' eval 'exits 1 && says "absent.db" && [ ! -e "$T/absent.db" ]'
run query "$T/text.db"; check 'query: no database' 'not 1' eval 'exits 1 && says "not an SQLite database"'
run query; check 'query without a database' 'not 2' exits 2
run query -f text "$T/q.db"; check 'query -f text' 'not 2' exits 2
