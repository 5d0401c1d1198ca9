#!/usr/bin/env python3
"""dateline from Python, with nothing but the standard library: records as JSON Lines, a database, and the SQLite extension.

usage: example.py DATELINE EXTENSION REPORTS...     (build/release/dateline build/release/dateline_sqlite examples)
"""
import collections
import json
import sqlite3
import subprocess
import sys
import tempfile


def records(dateline, *reports):
    """Each report's record, as a dict. Spans are bytes of report["text"]: cut them out of the encoded text."""
    with subprocess.Popen([dateline, "code", "-f", "jsonl", *reports], stdout=subprocess.PIPE) as p:
        for line in p.stdout:
            yield json.loads(line)


def main():
    dateline, extension, reports = sys.argv[1], sys.argv[2], sys.argv[3:]

    # 1. Records, one after the other: who is quoted, and by which words.
    for r in records(dateline, *reports):
        text, names = r["report"]["text"].encode(), {e["id"]: e["name"] for e in r["entities"]}
        for q in r["quotes"]:
            words = " ... ".join(text[b:e].decode() for b, e in q["content"])
            if q["form"] == "direct" and q["speaker"]:
                print("%s: %s" % (names[q["speaker"]], words[:70]))
                break

    # 2. A database: events told as having happened, by type.
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run([dateline, "code", "-o", folder + "/x.db", *reports], check=True)
        db = sqlite3.connect(folder + "/x.db")
        for kind, n in db.execute("SELECT type, count(*) FROM event WHERE main AND status IN ('asserted', 'reported') GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 5"):
            print("%-10s %d" % (kind, n))
        db.close()

    # 3. The extension: texts of a table of one's own are coded where they lie.
    db = sqlite3.connect(":memory:")
    db.enable_load_extension(True)
    db.load_extension(extension)
    db.execute("CREATE TABLE notes(day TEXT, body TEXT)")
    db.executemany("INSERT INTO notes VALUES(?, ?)", [("2015-01-26", "Gunmen attacked a police post in Goma on Monday."), ("2015-01-27", "The army denied that its soldiers had shelled the market in Homs.")])
    told = collections.Counter()
    for day, kind, actor, place, date, status in db.execute("SELECT n.day, d.type, d.actor, d.place, d.date, d.status FROM notes n, dateline(n.body, n.day) d WHERE d.main"):
        told[status] += 1
        print(day, kind, actor, place, date, status, sep=" | ")
    print(dict(told))


if __name__ == "__main__":
    main()
