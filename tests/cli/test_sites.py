#!/usr/bin/env python3
"""Lines that a site repeats from story to story are furniture there: found in a database, given back as a pack. DATELINE: the command."""
import json
import os
import subprocess
import sys
import tempfile

DATELINE = os.path.abspath(os.environ["DATELINE"])
LINES = ["Police arrested two men in Lyon on Tuesday after a chase through the old town.", "Gunmen attacked a bus near Goma and wounded four passengers on Friday night.", "The army said that it had taken the village of Tamba from the rebels.",
         "A court in Bamako sentenced a former officer to ten years in prison."]
REPEATED = "Tell the Harbour Post what you saw and we will write about it"
bad = 0


def test(name, good, said=""):
    global bad
    bad += not good
    print(("ok " if good else "not ok ") + "sites: " + name + ("" if good else "  %s" % (said,)))


def run(*args):
    return subprocess.run([DATELINE, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE)


def parts(path, *options):
    return [json.loads(x) for x in run("code", "-f", "jsonl", *options, path).stdout.splitlines()]


with tempfile.TemporaryDirectory(prefix="sites.") as d:
    path, db, pack = (os.path.join(d, x) for x in ("in.jsonl", "x.db", "x.sites"))
    reports = [{"id": str(i), "url": "https://www.post.example/%d" % i, "text": line + "\n\n" + REPEATED + "\n\nNobody else was hurt, number %d said." % i} for i, line in enumerate(LINES)]
    reports += [{"id": "o%d" % i, "url": "https://other.example/%d" % i, "text": line + "\n\n" + REPEATED} for i, line in enumerate(LINES[:2])]
    reports += [{"id": "copy%d" % i, "url": "https://third.example/%d" % i, "text": LINES[0] + "\n\n" + REPEATED} for i in range(4)]
    with open(path, "w") as f:
        f.writelines(json.dumps(r) + "\n" for r in reports)
    run("code", "-o", db, path)
    p = run("sites", db)
    rows = [x.split("\t") for x in p.stdout.decode().splitlines()[1:]]
    test("a line in three stories of a site, and no other", p.returncode == 0 and [(x[0], x[2]) for x in rows] == [("post.example", "4")], p.stdout.decode() + p.stderr.decode())
    test("no text of anyone is in a pack", b"Harbour" not in p.stdout)
    test("written to a file", run("sites", db, "-o", pack).returncode == 0 and open(pack, "rb").read() == p.stdout)
    plain, known = parts(path), parts(path, "--sites", pack)
    kinds = [[(x["kind"], x.get("why")) for x in r["parts"] if "Harbour" in r["report"]["text"][x["begin"]:x["end"]]] for r in known]
    test("the line is furniture there and nowhere else", kinds == [[("furniture", "site")]] * 4 + [[("body", None)]] * 6 or all(k == [("furniture", "site")] for k in kinds[:4]) and all(k[0][1] != "site" for k in kinds[4:]), kinds)
    test("the record says which pack was used", "sites 1 lines" in known[0]["coder"]["options"] and "sites" not in plain[0]["coder"]["options"], known[0]["coder"])
    test("a record is the same each time", known == parts(path, "--sites", pack))
    for name, text in (("nothing", ""), ("another file", "hello\n"), ("a line that is none", "# dateline sites 1\npost.example\tzz\t3\n")):
        broken = os.path.join(d, "broken")
        open(broken, "w").write(text)
        q = run("code", "-f", "tsv", "--sites", broken, path)
        test("refused: " + name, q.returncode not in (0, 1) and b"broken" in q.stderr, (q.returncode, q.stderr))
    test("refused: no such pack, no such database", run("code", "--sites", "/no/such", path).returncode not in (0, 1) and run("sites", "/no/such.db").returncode == 4)
sys.exit(bad > 0)
