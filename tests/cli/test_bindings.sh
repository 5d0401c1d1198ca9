#!/bin/bash
# The examples of bindings/ run as they stand: Python over JSON Lines, a database and the SQLite extension; R over a database, where R is.
set -u
good() { echo "ok bindings: $1"; }
bad() { echo "not ok bindings: $1: $2"; }
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
extension=$BUILD/dateline_sqlite
python=/usr/bin/python3                              # Debian's own: others are often built without loadable extensions
[ -x $python ] || python=python3
"$DATELINE" code -p 2015-01-26 -o "$T/x.db" examples
if ! $python -c 'import sqlite3; sqlite3.connect(":memory:").enable_load_extension(True)' 2>/dev/null; then
    echo 'skip bindings: this Python loads no extensions'
elif [ ! -f "$extension.so" ]; then
    echo 'skip bindings: this build has no extension'
elif case $BUILD in *asan*) true ;; *) false ;; esac; then
    echo 'skip bindings: an extension with a sanitizer can not be loaded into a Python without one'
else
    $python bindings/python/example.py "$DATELINE" "$extension" examples >"$T/out" 2>"$T/err"
    if [ $? = 0 ] && grep -q '^2015-01-26 | ASSAULT | Gunmen | Goma | 2015-01-26 | asserted$' "$T/out" && tail -1 "$T/out" | grep -q "'negated': 1"; then good 'python example'; else bad 'python example' "$(tail -3 "$T/out" "$T/err")"; fi
    $python - "$DATELINE" "$extension" <<'PY'
import sqlite3, subprocess, sys
dateline, extension = sys.argv[1:]
db = sqlite3.connect(":memory:")
db.enable_load_extension(True)
db.load_extension(extension)
text, day = "Police in Brussels arrested two men on Monday, the prosecutor said. The army denied that it had shelled Homs.", "2015-01-26"
tsv = subprocess.run([dateline, "code", "-f", "tsv", "-p", day, "-"], input=text.encode(), stdout=subprocess.PIPE).stdout.decode().splitlines()
head, want = tsv[0].split("\t"), [r.split("\t") for r in tsv[1:]]
got = [["" if v is None else str(v) for v in r] for r in db.execute("SELECT %s FROM dateline(?, ?)" % ", ".join('"%s"' % h for h in head), (text, day))]
flag = {"1": "yes", "0": "no"}
for r in got:
    for i, h in enumerate(head):
        if h in ("main", "background"):
            r[i] = flag[r[i]]
def tell(name, good, said=""):
    print(("ok " if good else "not ok ") + "bindings: " + name + ("" if good else " %r" % (said,)))
tell("the extension's rows are those of the command", len(got) == len(want) > 1 and got == want, (got[:1], want[:1]))
record = subprocess.run([dateline, "code", "-f", "jsonl", "-p", day, "-"], input=text.encode(), stdout=subprocess.PIPE).stdout.decode().rstrip("\n")
tell("dateline_json is the record", db.execute("SELECT dateline_json(?, ?)", (text, day)).fetchone()[0] == record)
tell("nothing and NULL", db.execute("SELECT count(*) FROM dateline('')").fetchone() == (0,) and db.execute("SELECT count(*) FROM dateline(NULL)").fetchone() == (0,) and db.execute("SELECT dateline_json(NULL)").fetchone() == (None,))
db.execute("CREATE TABLE t(id, body, day)")
db.executemany("INSERT INTO t VALUES(?, ?, ?)", [(i, text if i % 2 else "Rebels seized a bridge near Beira.", day) for i in range(20)])
n = db.execute("SELECT count(*) FROM t, dateline(t.body, t.day) d WHERE d.main = 1").fetchone()[0]
one = sum(r[head.index("main")] == "yes" for r in want)
tell("joined with a table", n == 10 * one + 10 * db.execute("SELECT count(*) FROM dateline('Rebels seized a bridge near Beira.') WHERE main").fetchone()[0] and n > 20, n)
try:
    db.execute("SELECT * FROM dateline").fetchall()
    tell("without a text it says what it wants", False)
except sqlite3.OperationalError as e:
    tell("without a text it says what it wants", "wants a text" in str(e), str(e))
PY
fi
if command -v Rscript >/dev/null && Rscript -e 'library(DBI); library(RSQLite)' >/dev/null 2>&1; then
    if Rscript bindings/r/example.R "$T/x.db" >"$T/out" 2>"$T/err"; then good 'R example'; else bad 'R example' "$(tail -3 "$T/err")"; fi
else
    echo 'skip bindings: no R with DBI and RSQLite here'
fi
