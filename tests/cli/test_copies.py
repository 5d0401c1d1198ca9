#!/usr/bin/env python3
"""Reports that are one witness: copies, copies cut off, revisions, found as reports are stored, the same for any number of threads and any order of storing again. DATELINE: the command."""
import json
import os
import subprocess
import sys
import tempfile

DATELINE = os.path.abspath(os.environ["DATELINE"])
STORY = ("Gunmen on motorbikes attacked the market town of Mopti before dawn on Monday and set fire to its police station, the governor said. At least five officers were killed and eleven people wounded, among them a "
         "schoolteacher who had come to buy bread. Witnesses told reporters that the attackers fled towards the river when soldiers arrived from the garrison at Tamba. No group has claimed the attack. The region has seen a rise "
         "in raids since the harvest failed, and thousands have left their homes.")
OTHER = ("Police in Lyon arrested two men on Tuesday in a flat near the central station, the prosecutor told reporters. Officers found a pistol, false papers and a map of the city. The men, aged 23 and 31, are to be brought "
         "before a judge on Thursday. Their lawyers said that they denied everything and that the pistol was a toy.")
bad = 0


def test(name, good, said=""):
    global bad
    bad += not good
    print(("ok " if good else "not ok ") + "copies: " + name + ("" if good else "  %s" % (said,)))


def store(d, reports, *options):
    path = os.path.join(d, "in.jsonl")
    with open(path, "w") as f:
        f.writelines(json.dumps(r) + "\n" for r in reports)
    subprocess.run([DATELINE, "code", "-o", os.path.join(d, "x.db"), *options, path], check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)


def ask(d, sql):
    p = subprocess.run([DATELINE, "query", "-f", "jsonl", os.path.join(d, "x.db"), sql], check=True, stdout=subprocess.PIPE)
    return [json.loads(x) for x in p.stdout.splitlines()]


def kinds(d):
    return {r["report"]: (r["witness"], r["kind"]) for r in ask(d, "SELECT report, witness, kind FROM report")}


def report(name, text, url=None, date="2024-03-05"):
    return {"id": name, "url": url or "https://%s.example/1" % name, "text": text, "date": date}


LATER = STORY.replace("five officers", "seven officers")
REPORTS = [report("a", STORY), report("b", STORY[:len(STORY) // 2] + " The Post will hold a reading.", date="2024-03-06"), report("a2", LATER, "http://www.a.example/1?utm_source=x"), report("c", STORY, date="2024-06-05"),
           report("d", OTHER), report("e", LATER, date="2024-03-07"), report("f", STORY[:len(STORY) // 2], date="2024-05-20"), report("g", "Police arrested two men in Lyon."), report("h", "Police arrested two men in Rome.")]
WANTED = {"a": ("a", "first"), "b": ("a", "copy"), "a2": ("a", "revision"), "c": ("a", "copy"), "d": ("d", "first"), "e": ("a", "copy"), "f": ("f", "first"), "g": ("g", "first"), "h": ("h", "first")}

with tempfile.TemporaryDirectory(prefix="copies.") as d:
    store(d, REPORTS)
    test("whole, cut off, revised; later ones, short ones and others are not", kinds(d) == WANTED, kinds(d))
    said = ask(d, "SELECT was, now, substr(CAST(r.text AS BLOB), c.begin + 1, c.end - c.begin) AS there FROM copies c JOIN reports r USING (report) WHERE kind = 'revision'")
    test("a revision says which number changed, and where", [(x["was"], x["now"]) for x in said] == [("five", "seven")], said)
    test("events of copies say so", {x["copy_of"] for x in ask(d, "SELECT DISTINCT copy_of FROM event WHERE report = 'b'")} == {"a"})
    before = ask(d, "SELECT * FROM copies")
    store(d, REPORTS)
    test("the same reports again change nothing", ask(d, "SELECT * FROM copies") == before)
    store(d, [report("a", OTHER, date="2024-03-01")])
    now = kinds(d)
    test("what were copies of a report that changed are compared anew", now["b"] == ("b", "first") and now["a2"][0] != "b" or now["c"][0] == "b", now)
    test("what is like its new text becomes its copy", now["d"] == ("a", "copy"), now)
    store(d, REPORTS[:1])
    test("and back", kinds(d) == WANTED, kinds(d))

with tempfile.TemporaryDirectory(prefix="copies.") as d:
    store(d, REPORTS, "--threads", "1")
    one = ask(d, "SELECT * FROM copies")
    os.remove(os.path.join(d, "x.db"))
    store(d, REPORTS, "--threads", "7")
    test("for any number of threads", ask(d, "SELECT * FROM copies") == one)
sys.exit(bad > 0)
