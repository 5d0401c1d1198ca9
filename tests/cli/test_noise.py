#!/usr/bin/env python3
"""Lines around reports, thirty of a class (tests/cases/noise/lines.txt): each laid into a report is named as what it is no report text of, and sentences that look a little like them stay. DATELINE: the command.

A class holds as long as no fewer of its lines come out right than FLOOR says; what doesn't is printed with V=1 in the environment.
"""
import json
import os
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
FLOOR = {"share": 28, "cta": 26, "related": 29, "timestamp": 30, "copyright": 29, "ad": 30, "caption": 30, "byline": 26, "langswitch": 29, "tags": 30, "comments": 29, "notice": 30, "credits": 30, "body": 30}
BEFORE, BEHIND = "Gunmen killed five civilians in a village near Mopti on Monday, two officials told reporters.", "No group has claimed the attack, and soldiers were searching the hills on Tuesday, the governor said."


def classes():
    out, name = {}, None
    for line in open(os.path.join(HERE, "../cases/noise/lines.txt"), encoding="utf-8"):
        line = line.rstrip("\n")
        if line.startswith("[") and line.endswith("]"):
            name = line[1:-1]
        elif line and not line.startswith("#"):
            out.setdefault(name, []).append(line)
    return out


def report(kind, line):
    if kind == "byline":
        return "Five killed in Mali\n\n%s\n\n%s\n\n%s" % (line, BEFORE, BEHIND)
    if kind == "credits":
        return "Five killed in Mali\n\n%s\n\n%s\n\n%s" % (BEFORE, BEHIND, line)
    return "Five killed in Mali\n\n%s\n\n%s\n\n%s" % (BEFORE, line, BEHIND)


def right(kind, line, record):
    text = record["report"]["text"].encode()
    at = text.index(b"\n\n" + line.encode()) + 2
    end = at + len(line.encode())
    here = [p for p in record["parts"] if p["begin"] < end and p["end"] > at]
    coded = [p for p in here if p["kind"] in ("body", "lead") and p["coded"]]
    if kind == "body":
        return bool(coded) and len(here) == 1
    return not coded and not any(p["kind"] == "title" for p in here)


all_of, bad = classes(), 0
with tempfile.TemporaryDirectory(prefix="noise.") as d:
    path = os.path.join(d, "in.jsonl")
    with open(path, "w", encoding="utf-8") as f:
        for kind, lines in all_of.items():
            for line in lines:
                f.write(json.dumps({"text": report(kind, line)}) + "\n")
    p = subprocess.run([os.path.abspath(os.environ["DATELINE"]), "code", "-f", "jsonl", path], stdout=subprocess.PIPE)
records = iter([json.loads(x) for x in p.stdout.splitlines()])
for kind, lines in all_of.items():
    wrong = [line for line in lines if not right(kind, line, next(records))]
    good = len(lines) - len(wrong) >= FLOOR[kind] and len(lines) >= 30
    bad += not good
    print(("ok" if good else "not ok") + " noise: %s, %d of %d" % (kind, len(lines) - len(wrong), len(lines)))
    if os.environ.get("V"):
        for line in wrong:
            print("    " + line)
sys.exit(bad > 0)
