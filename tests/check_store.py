#!/usr/bin/env python3
"""Checks a database that `dateline code -o FILE.db` wrote.

usage: check_store.py DB [RECORDS]         RECORDS: the same reports as JSON Lines, in the same order
       check_store.py --whole DB REFERENCE...    each report of DB is, row for row, that of one REFERENCE; prints how many reports there are
       check_store.py --dump DB            every row but those of the file's history and its secret, a line each (text that two databases can be compared by)

Prints "ok NAME" or "not ok NAME" with the first faults. What the tables hold is built into a record again, which must equal the JSON.
"""
import json
import sqlite3
import sys


class Facts:
    """The rows of each table by (report) and by (report, number)."""

    def __init__(self, db):
        db.row_factory = sqlite3.Row
        self.tables = [r[0] for r in db.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name NOT LIKE 'sqlite_%'")]
        self.rows = {t: {} for t in self.tables}
        for t in self.tables:
            for row in db.execute("SELECT * FROM " + t):
                row = dict(row)
                self.rows[t].setdefault(row.get("report"), []).append(row)

    def of(self, table, report, **where):
        return [r for r in self.rows[table].get(report, []) if all(r[k] == v for k, v in where.items())]


def ident(letter, n):
    return None if n is None else letter + str(n)



def says(f, table, report, **where):
    return [{"entity": ident("e", s["entity"]), "begin": s["begin"], "end": s["end"]} for s in f.of(table, report, **where)]


def span(row, name=""):
    return [row[name + "begin"], row[name + "end"]]


def time(row):
    return {"id": ident("t", row["time"]), "edtf": row["edtf"], "earliest": row["earliest"], "latest": row["latest"], "by": row["time_by"]}


def entity(f, n, e):
    x = {"id": ident("e", e["entity"]), "kind": e["kind"], "name": e["name"], "country": e["country"], "sectors": (e["sectors"] or "").split(), "code": e["code"], "role": e["role"]}
    if e["role_begin"] is not None:
        x["role_at"] = span(e, "role_")
    x["age"] = e["age"]
    if e["age"] is not None:
        x["age_at"] = span(e, "age_")
    x["attributes"] = {}
    x["mentions"] = [{"begin": m["begin"], "end": m["end"], "kind": m["kind"]} for m in f.of("mentions", n, entity=e["entity"])]
    return x


def place(p):
    x = {"id": ident("p", p["place"]), "begin": p["begin"], "end": p["end"], "text": p["words"]}
    x.update({k: p[k] for k in ("name", "geonames", "country", "admin1", "admin2", "lat", "lon", "class", "confidence", "use")})
    return x


def a_time(t):
    x = {"id": ident("t", t["time"]), "begin": t["begin"], "end": t["end"], "text": t["words"]}
    x.update({k: t[k] for k in ("type", "value", "edtf", "earliest", "latest", "grain", "anchor")})
    if t["mod"] is not None:
        x["mod"] = t["mod"]
    return x


def count(f, n, c):
    return {"id": ident("c", c["count"]), "begin": c["begin"], "end": c["end"], "text": c["words"], "low": c["low"], "high": c["high"], "approximate": bool(c["approximate"]),
            "of": ident("e", c["entity"]) or c["of"], "out_of": ident("c", c["out_of"]), "unit": c["unit"], "measures": c["measures"], "says": says(f, "count_says", n, count=c["count"])}


def quotation(f, n, q):
    x = {"id": ident("q", q["quotation"]), "content": [span(p) for p in f.of("quotation_pieces", n, quotation=q["quotation"])],
         "source": [span(q, "source_")] if q["source"] is not None else [], "cue": [span(q, "cue_")] if q["cue"] is not None else [],
         "form": q["form"], "speaker": ident("e", q["speaker"]), "in": ident("q", q["inside"])}
    if q["carried"]:
        x["by"] = "carried-over"
    return x


def slot(s):
    x = {"role": s["role"], "begin": s["begin"], "end": s["end"]}
    if s["other_event"] is not None:
        x["event"] = ident("v", s["other_event"])
    elif s["place"] is not None:
        x["place"] = ident("p", s["place"])
    else:
        x["entity"] = ident("e", s["entity"])
    return x


def event(f, n, e):
    v = e["event"]
    return {"id": ident("v", v), "key": e["key"], "sentence": e["sentence"], "trigger": span(e), "type": e["type"],
            "plover": None if e["plover"] is None else {"event": e["plover"], "mode": e["mode"], "context": (e["context"] or "").split()},
            "cameo": e["cameo"], "quad": e["quad"], "goldstein": e["goldstein"],
            "legal": [{"step": e["legal"], "time": e["edtf"], "stage": e["stage"]}] if e["legal"] else [],
            "slots": [slot(s) for s in f.of("slots", n, event=v)], "place": ident("p", e["place"]), "time": time(e),
            "counts": [ident("c", c["count"]) for c in f.of("event_counts", n, event=v)],
            "stage": e["stage"], "certainty": e["certainty"], "status": e["status"], "background": bool(e["background"]), "says": says(f, "event_says", n, event=v),
            "confidence": e["confidence"], "rule": e["rule"], "same_as": [ident("v", s["earlier"]) for s in f.of("same_as", n, event=v)], "main": bool(e["main"])}


def incident(f, n, i):
    k = i["incident"]
    x = {"id": ident("i", k), "kind": i["kind"], "events": [ident("v", e["event"]) for e in f.of("incident_events", n, incident=k)], "place": ident("p", i["place"]), "time": time(i)}
    for role in ("perpetrator", "suspect", "victim", "target", "instrument"):
        x[role + "s"] = [ident("e", p["entity"]) for p in f.of("incident_parties", n, incident=k, role=role)]
    x["counts"] = {c["measure"]: {"low": c["low"], "high": c["high"], "versions": [
        {"low": v["low"], "high": v["high"], "says": ident("e", v["entity"])} for v in f.of("incident_versions", n, incident=k, measure=c["measure"])]}
        for c in f.of("incident_counts", n, incident=k)}
    x.update({"stage": i["stage"], "certainty": i["certainty"], "says": says(f, "incident_says", n, incident=k)})
    return x


def link(f, n, l):
    end = lambda s: ident("e", l[s + "_entity"]) or ident("p", l[s + "_place"]) or ident("v", l[s + "_event"])
    return {"a": end("a"), "b": end("b"), "relation": l["relation"], "begin": l["begin"], "end": l["end"], "certainty": l["certainty"], "says": says(f, "link_says", n, link=l["link"])}


def part(p):
    x = {"begin": p["begin"], "end": p["end"], "kind": p["kind"], "language": p["language"], "coded": bool(p["coded"])}
    if p["why"] is not None:
        x["why"] = p["why"]
    return x


def record(f, r):
    n, c = r["report"], f.of("coders", None, coder=r["coder"])[0]
    dateline = {k: r["dateline_" + k] for k in ("place", "day", "agency")}
    head = {k: r[k] for k in ("id", "source", "url", "title", "byline", "published", "language", "sha256", "text")}
    head["dateline"] = dateline if any(dateline.values()) else None
    head["warnings"] = [w["words"] for w in f.of("warnings", n)]
    return {"format": 1, "coder": {k: c[k] for k in ("version", "codebook", "model", "gazetteer", "options")}, "report": head, "source_map": json.loads(r["source_map"]),
            "parts": [part(p) for p in f.of("parts", n)], "sentences": [span(s) for s in f.of("sentences", n)],
            "entities": [entity(f, n, e) for e in f.of("entities", n)], "places": [place(p) for p in f.of("places", n)], "times": [a_time(t) for t in f.of("times", n)],
            "counts": [count(f, n, c) for c in f.of("counts", n)], "quotes": [quotation(f, n, q) for q in f.of("quotations", n)], "events": [event(f, n, e) for e in f.of("events", n)],
            "incidents": [incident(f, n, i) for i in f.of("incidents", n)], "links": [link(f, n, l) for l in f.of("links", n)]}


def differences(got, want, at=""):
    if isinstance(got, dict) and isinstance(want, dict):
        for k in sorted(set(got) | set(want)):
            if k not in got or k not in want:
                yield "%s.%s is only in the %s" % (at, k, "store" if k in got else "record")
            else:
                yield from differences(got[k], want[k], at + "." + k)
    elif isinstance(got, list) and isinstance(want, list):
        if len(got) != len(want):
            yield "%s: %d in the store, %d in the record" % (at, len(got), len(want))
        for i, (g, w) in enumerate(zip(got, want)):
            yield from differences(g, w, "%s[%d]" % (at, i))
    elif got != want:
        yield "%s: %r in the store, %r in the record" % (at, got, want)


def wrong_words(f):
    """Where the bytes of the text are not the words stored beside the span."""
    text = {r["report"]: r["text"].encode() for rows in f.rows["reports"].values() for r in rows}
    for t in f.tables:
        for n, rows in f.rows[t].items():
            for row in rows:
                for b, e, w in (("begin", "end", "words"), ("source_begin", "source_end", "source"), ("cue_begin", "cue_end", "cue")):
                    if b in row and w in row and row[b] is not None:
                        if text[n][row[b]:row[e]] != row[w].encode():
                            yield "%s of report %d: [%d,%d) is %r, not %r" % (t, n, row[b], row[e], text[n][row[b]:row[e]], row[w])


def schema_faults(db):
    if db.execute("PRAGMA application_id").fetchone()[0] != 0x64746c6e or db.execute("PRAGMA user_version").fetchone()[0] != 1:
        yield "application_id or user_version"
    if db.execute("PRAGMA journal_mode").fetchone()[0] != "delete":
        yield "not one plain file"
    for name, kind, strict in db.execute("SELECT name, type, strict FROM pragma_table_list WHERE schema = 'main' AND name NOT LIKE 'sqlite_%'").fetchall():
        if kind == "table" and not strict:
            yield name + " is not STRICT"
    for row in db.execute("PRAGMA integrity_check").fetchall():
        if row[0] != "ok":
            yield row[0]
    for t in ("report_words", "fact_words"):
        db.execute("INSERT INTO %s(%s) VALUES('integrity-check')" % (t, t))
    if db.execute("SELECT rtreecheck('fact_places')").fetchone()[0] != "ok":
        yield "fact_places"
    for row in db.execute("PRAGMA foreign_key_check").fetchall():
        yield "a row of %s points to no row of %s" % (row[0], row[2])


def tell(name, faults):
    faults = list(faults)
    print(("not ok store: " if faults else "ok store: ") + name)
    for x in faults[:10]:
        print("   ", x[:300])
    return bool(faults)


def check(path, records):
    db = sqlite3.connect(path)
    bad = tell("schema, integrity and keys", schema_faults(db))
    f = Facts(db)
    bad |= tell("spans cut the words that are stored", wrong_words(f))
    if records:
        want = [json.loads(line) for line in open(records, encoding="utf-8")]
        rows = [r for rs in f.rows["reports"].values() for r in rs]
        rows.sort(key=lambda r: r["report"])
        facts = sum(len(w[k]) for w in want for k in ("entities", "places", "times", "counts", "quotes", "events", "incidents", "links"))
        faults = [] if len(rows) == len(want) else ["%d reports, %d records" % (len(rows), len(want))]
        for r, w in zip(rows, want):
            faults += ["%s%s" % (r["id"], d) for d in differences(record(f, r), w)]
        bad |= tell("%d records with %d facts come back whole" % (len(want), facts), faults)
    return bad


def facts_tables(db):
    """The tables whose rows are of one report, but for the history that it has in this file alone."""
    return [t for (t,) in db.execute("SELECT name FROM pragma_table_list WHERE schema = 'main' AND type = 'table' AND name <> 'versions'").fetchall()
            if any(c[1] == "report" for c in db.execute("PRAGMA table_info(%s)" % t))]


def whole(path, references):
    """Every report of the first database, with all its rows, is that of one of the others."""
    db = sqlite3.connect(path)
    for i, ref in enumerate(references):
        db.execute("ATTACH ? AS ref%d" % i, (ref,))
    faults = ["integrity: " + r[0] for r in db.execute("PRAGMA main.quick_check").fetchall() if r[0] != "ok"]
    tables = [t for t in facts_tables(db)]
    if tables:
        n = db.execute("SELECT count(*) FROM main.reports").fetchone()[0]
        db.execute("CREATE TEMP TABLE which(report INTEGER PRIMARY KEY, ref INTEGER)")
        for i in range(len(references)):
            db.execute("INSERT OR IGNORE INTO which SELECT m.report, %d FROM main.reports m JOIN ref%d.reports r ON r.report = m.report AND r.id = m.id AND r.record = m.record" % (i, i))
        if db.execute("SELECT count(*) FROM which").fetchone()[0] != n:
            faults.append("a report that no reference has")
        if n and db.execute("SELECT max(report) FROM main.reports").fetchone()[0] != n:
            faults.append("a report is missing in between")
        for t in tables:
            for i in range(len(references)):
                mine = "SELECT * FROM main.%s WHERE report IN (SELECT report FROM which WHERE ref = %d)" % (t, i)
                theirs = "SELECT * FROM ref%d.%s WHERE report IN (SELECT report FROM which WHERE ref = %d)" % (i, t, i)
                for a, b in ((mine, theirs), (theirs, mine)):
                    if db.execute("SELECT count(*) FROM (%s EXCEPT %s)" % (a, b)).fetchone()[0]:
                        faults.append("%s: rows of a report are missing or too many" % t)
            if t != "reports" and db.execute("SELECT count(*) FROM main.%s WHERE report NOT IN (SELECT report FROM main.reports)" % t).fetchone()[0]:
                faults.append("%s: rows without a report" % t)
    else:
        n = 0
    for x in faults[:10]:
        print("   ", x)
    print(n)
    return bool(faults)


def dump(path):
    db = sqlite3.connect(path)
    for t in ["coders"] + facts_tables(db) + ["originals", "decisions", "tombstones"]:
        columns = len(db.execute("PRAGMA table_info(%s)" % t).fetchall())
        for row in db.execute("SELECT * FROM %s ORDER BY %s" % (t, ", ".join(str(i + 1) for i in range(min(columns, 3))))):
            print(t, row)
    for row in db.execute("SELECT report, record FROM versions v WHERE version = (SELECT max(version) FROM versions w WHERE w.report = v.report) ORDER BY 1"):
        print("version", row)


if sys.argv[1] == "--whole":
    sys.exit(whole(sys.argv[2], sys.argv[3:]))
elif sys.argv[1] == "--dump":
    sys.exit(dump(sys.argv[2]))
sys.exit(check(sys.argv[1], sys.argv[2] if len(sys.argv) > 2 else None))
