#!/usr/bin/env python3
"""Exports of the examples and of a thousand reports: each is what its format asks for, its spans cut out what it quotes, and no private name is in it unless asked for. DATELINE: the command."""
import csv
import io
import json
import os
import re
import sqlite3
import subprocess
import sys
import tempfile
import xml.etree.ElementTree as ET

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import reports as made
from common import run

SHARED = os.environ.get("SHARED", os.path.join(os.environ.get("SOURCE", "."), "..", "shared"))
test = common.Tally("exports")


def export(fmt, db, *more):
    r = run("export", fmt, db, *more)
    return r.stdout.decode() if r.returncode == 0 else None


def rows(text, comma=False):
    return list(csv.reader(io.StringIO(text))) if comma else [line.split("\t") for line in text.splitlines()]


# ---- what each format asks for: own checks, so that nothing else is needed ------------------------------------------------

CAMEO = re.compile(r"(0[1-9]|1\d|20)\d{0,2}$")
DAY8, DAY = re.compile(r"\d{8}$"), re.compile(r"\d{4}-\d\d-\d\d$")


def table(text, columns, checks, header=0, comma=False):
    """Faults: rows of another width, cells that do not match."""
    out = []
    for i, r in enumerate(rows(text, comma)[header:]):
        if len(r) != columns:
            out.append("row %d has %d columns" % (i, len(r)))
            continue
        out += ["row %d, column %d: %r" % (i, c, r[c]) for c, ok in checks.items() if not ok(r[c])]
    return out


def number(low, high):
    return lambda v: v == "" or (re.match(r"-?\d+(\.\d+)?$", v) and low <= float(v) <= high)


def geojson(t):
    d = json.loads(t)
    return [] if d["type"] == "FeatureCollection" and all(f["geometry"]["type"] == "Point" and abs(f["geometry"]["coordinates"][0]) <= 180 and abs(f["geometry"]["coordinates"][1]) <= 90
                                                          and all(not isinstance(v, (dict, list)) for v in f["properties"].values()) for f in d["features"]) else ["geojson"]


def graph(t, ns, node, edge):
    root = ET.fromstring(t)
    ids = [n.get("id") for n in root.iter(ns + node)]
    out = [] if len(ids) == len(set(ids)) else ["ids repeat"]
    return out + ["edge to %s" % e.get("target") for e in root.iter(ns + edge) if e.get("source") not in ids or e.get("target") not in ids]


def gexf(t):
    return graph(t, "{http://gexf.net/1.3}", "node", "edge") + ["an interval without length" for e in ET.fromstring(t).iter("{http://gexf.net/1.3}edge") if e.get("start") and not e.get("start") < e.get("end")]


def ftm(t):
    out, ids = [], set()
    lines = [json.loads(x) for x in t.splitlines()]
    for e in lines:
        ids.add(e["id"])
        out += [k for k, v in e["properties"].items() if not isinstance(v, list) or not all(isinstance(x, str) and x for x in v)]
        if e["schema"] == "Event" and not e["properties"].get("name"):
            out.append("an Event without a name")
    for e in lines:
        for k in ("document", "entity", "subject", "object", "involved", "proof"):
            out += ["%s leads nowhere" % v for v in e["properties"].get(k, []) if v not in ids]
    return out


def timelinejs(t):
    d = json.loads(t)
    return [] if d["events"] and len(d["events"]) <= 100 and all(isinstance(e["start_date"]["year"], int) and e["text"]["headline"].strip() for e in d["events"]) else ["slides"]


CHECKS = {
    "tsv": lambda t: table(t, 42, {12: lambda v: v in ("asserted", "reported", "alleged", "possible", "planned", "negated"), 38: str.isdigit, 39: str.isdigit}, 1),
    "gdelt": lambda t: table(t, 61, {0: str.isdigit, 1: DAY8.match, 2: re.compile(r"\d{6}$").match, 9: lambda v: not v, 10: lambda v: not v, 26: CAMEO.match, 27: CAMEO.match, 28: re.compile(r"\d\d$").match, 29: lambda v: v in "1234" and v, 30: number(-10, 10),
                                     51: lambda v: v in "012345" and v, 56: number(-90, 90), 57: number(-180, 180), 59: re.compile(r"\d{14}$").match}),
    "gdelt-mentions": lambda t: table(t, 16, {0: str.isdigit, 1: re.compile(r"\d{14}$").match, 6: str.isdigit, 9: str.isdigit, 11: number(0, 100)}),
    "polecat": lambda t: table(t, 40, {1: DAY.match, 2: lambda v: v.isupper(), 28: number(-90, 90), 29: number(-180, 180)}, 1),
    "phoenix": lambda t: table(t, 26, {1: DAY8.match, 13: CAMEO.match, 16: number(-10, 10)}),
    "icews": lambda t: table(t, 20, {1: DAY.match, 6: CAMEO.match, 12: str.isdigit}, 1),
    "acled": lambda t: table(t, 31, {1: DAY.match, 3: lambda v: v in "123" and v, 22: number(-90, 90), 23: number(-180, 180), 24: lambda v: v in "123" and v, 28: str.isdigit}, 1, True),
    "geojson": geojson, "timelinejs": timelinejs, "ftm": ftm, "gexf": gexf,
    "graphml": lambda t: graph(t, "{http://graphml.graphdrawing.org/xmlns}", "node", "edge"),
}
SHARED_NAMES = {"gdelt": "gdelt_events", "gdelt-mentions": "gdelt_mentions", "polecat": "polecat", "phoenix": "phoenix", "icews": "icews", "acled": "acled", "geojson": "geojson", "graphml": "graphml", "webanno": "webanno", "ftm": "ftm", "timelinejs": "timelinejs"}


def shared_checker():
    """The checker beside the repository, where it is. Its tables mark names of columns with `!`, which no real file has."""
    folder = os.path.join(SHARED, "eval")
    if not os.path.isfile(os.path.join(folder, "check_export.py")):
        print("skip exports: the checker of formats in ../shared is not here; own checks were made")
        return None
    sys.path.insert(0, folder)
    import check_export
    for f in check_export.FMT.values():
        for c in f["columns"]:
            c["name"] = c["name"].rstrip("!")
    return check_export


# ---- spans ------------------------------------------------------------------------------------------------------------------

def text_of(db, names):
    """Texts as they are shown: by id, from the records."""
    return {r["report"]["id"]: (r, r["report"]["text"]) for r in map(json.loads, export("jsonl", db, *names).splitlines())}


def jsonl_faults(db, names):
    out = []
    for rid, (r, text) in text_of(db, names).items():
        b = text.encode()
        for e in r["events"]:
            spans = [e["trigger"]] + [[s["begin"], s["end"]] for s in e["slots"]]
            out += ["%s %s" % (rid, s) for s in spans if not 0 <= s[0] < s[1] <= len(b)]
            for s in spans:
                b[s[0]:s[1]].decode()                           # whole characters
        for k in ("places", "times", "counts"):
            out += ["%s %s: %r" % (rid, x["id"], x["text"]) for x in r[k] if b[x["begin"]:x["end"]].decode() != x["text"]]
    return out


def webanno_faults(db, names):
    texts = {r["report"]["url"] or "urn:dateline:report:" + rid: t for rid, (r, t) in text_of(db, names).items()}
    out = []
    for a in json.loads(export("webanno", db, *names)):
        text = texts[a["target"]["source"]]
        position, quote = a["target"]["selector"]
        at = slice(position["start"], position["end"])
        if text[at] != quote["exact"] or not text[:at.start].endswith(quote["prefix"]) or not text[at.stop:].startswith(quote["suffix"]):
            out.append((a["id"], text[at], quote))
    return out


def brat_faults(folder):
    out, n = [], 0
    for name in sorted(os.listdir(folder)):
        if not name.endswith(".ann"):
            continue
        text = open(os.path.join(folder, name[:-3] + "txt"), encoding="utf-8", newline="").read()
        ids = set()
        for line in open(os.path.join(folder, name), encoding="utf-8").read().splitlines():
            p = line.split("\t")
            ids.add(p[0])
            if line[0] == "T":
                n += 1
                spans = [tuple(map(int, s.split())) for s in p[1].split(" ", 1)[1].split(";")]
                if " ".join(text[b:e] for b, e in spans) != p[2]:
                    out.append((name, line))
            elif line[0] == "E":
                out += [(name, x) for x in p[1].split() if x.split(":")[1] not in ids]
    return out if n else ["nothing annotated"]


# ---- all of it --------------------------------------------------------------------------------------------------------------

def check_all(title, db, tmp, checker):
    for fmt, faults_of in CHECKS.items():
        text = export(fmt, db)
        again = export(fmt, db)
        test("%s, %s: as the format asks" % (title, fmt), text and text.strip() and not (f := faults_of(text)), text and f[:3])
        test("%s, %s: the same bytes again" % (title, fmt), text == again)
    for names in ([], ["--names"]):
        label = "%s%s" % (title, ", with names" if names else "")
        for what, faults in (("jsonl", jsonl_faults(db, names)), ("webanno", webanno_faults(db, names))):
            test("%s, %s: spans cut what is quoted" % (label, what), not faults, faults[:2])
        folder = os.path.join(tmp, "brat-%s-%d" % (title.split()[0], len(names)))
        r = run("export", "brat", db, "-o", folder, *names)
        test("%s, brat: spans cut what is quoted" % label, r.returncode == 0 and not (f := brat_faults(folder)), r.stderr or f[:2])
    page = export("html", db, "--to", "2015-03")
    test("%s, html: one page that asks for nothing" % title, page and "default-src 'none'" in page and not re.search(r"""(src|href)=["']?(https?:)?//""", page) and page.count("<script") == 2)
    if checker:
        for fmt, name in SHARED_NAMES.items():
            path = os.path.join(tmp, "x." + fmt)
            run("export", fmt, db, "-o", path)
            n, faults = checker.check(name, open(path, encoding="utf-8", newline="").read())
            test("%s, %s: passes the shared checker" % (title, fmt), n and not faults, faults[:3])


def check_names(db):
    hidden = ["Mwangale", "Hlushko", "Délacroix", "Bartoš"]
    d = sqlite3.connect(db)
    some = [w for w in hidden if d.execute("SELECT count(*) FROM entities WHERE private = 1 AND instr(name, ?)", (w,)).fetchone()[0]]
    test("there are private persons to hide", len(some) == len(hidden), some)
    for fmt in list(CHECKS) + ["jsonl", "webanno", "html"]:
        more = ["--to", "2015-02"] if fmt == "html" else []
        without, names = export(fmt, db, "--told", "all", *more), export(fmt, db, "--told", "all", "--names", *more)
        test("%s: no private name unless asked for" % fmt, not [w for w in hidden if w in without], [w for w in hidden if w in without])
        if fmt in ("jsonl", "webanno", "tsv", "html"):
            test("%s: --names writes them" % fmt, any(w in names for w in hidden))
    pseudonyms = re.findall(r"PERSON-[0-9a-f]{10}", export("polecat", db) + export("ftm", db))
    test("the same person has the same pseudonym in every format", 0 < len(set(pseudonyms)) <= 2 * len(made.NAMES), set(pseudonyms))


def check_always_hidden(tmp):
    """Minors and victims of sexual violence, --names or not; a grown man in the same text is shown by --names, so that it is no accident."""
    db, path = os.path.join(tmp, "hidden.db"), os.path.join(tmp, "hidden.jsonl")
    texts = ["Gunmen abducted Mirembe Oduya, 15, near Goma on Monday. Police said that Oduya was freed on Friday.", "Soldiers raped Halina Wrzosek in Kyiv on Monday, prosecutors said. Wrzosek had fled to Lviv.",
             "Police arrested Bogdan Cernat, 41, in Lima on Friday."]
    titles = ["ODUYA FREED, SAY POLICE", "WRZOSEK HEARD BY PROSECUTORS", ""]
    with open(path, "w", encoding="utf-8") as f:
        for i, t in enumerate(texts):
            f.write(json.dumps({"id": "h%d" % i, "published": "2015-01-26", "title": titles[i], "text": t}) + "\n")
    run("code", "-o", db, path)
    levels = {n.split()[-1].lower(): p for n, p in sqlite3.connect(db).execute("SELECT name, private FROM entities WHERE private > 0")}
    test("a minor and a victim of sexual violence are told from other private persons", levels == {"oduya": 2, "wrzosek": 2, "cernat": 1}, levels)
    for fmt in list(CHECKS) + ["jsonl", "webanno", "html"]:
        out = export(fmt, db, "--told", "all", "--names", "--status", "asserted", "--status", "reported", "--status", "alleged", "--status", "possible", "--status", "planned", "--status", "negated")
        test("%s --names: their names are not written" % fmt, out and not any(n in out for n in ("Mirembe", "Oduya", "Halina", "Wrzosek", "ODUYA", "WRZOSEK")), out and [n for n in ("Mirembe", "Oduya", "Halina", "Wrzosek", "ODUYA", "WRZOSEK") if n in out])
        if fmt in ("tsv", "jsonl", "icews", "html"):
            test("%s --names: that of a grown man is" % fmt, "Cernat" in out)
    folder = os.path.join(tmp, "brat-hidden")
    run("export", "brat", db, "-o", folder, "--names", "--told", "all")
    text = "".join(open(os.path.join(folder, f), encoding="utf-8").read() for f in os.listdir(folder))
    test("brat --names: their names are not written", "Cernat" in text and "Oduya" not in text and "Wrzosek" not in text)
    review = run("review", db, "accept", "h2", "v1", "-r", "Ana"), run("review", db, "gold"), run("review", db, "gold", "--names")
    test("gold cases hide names unless asked for", b"Cernat" not in review[1].stdout and b"Cernat" in review[2].stdout, [r.stdout + r.stderr for r in review])


def check_facts_only(db):
    """A format without a place for status holds what is told as having happened; asked for more, it gives more."""
    d = sqlite3.connect(db)
    keys = {k: s for k, s in d.execute("SELECT key, status FROM facts")}
    for fmt in ("polecat", "phoenix", "icews"):
        got = {keys[r[0]] for r in rows(export(fmt, db)) if r[0] in keys}
        test("%s: no fear, plan, claim or denial" % fmt, got == {"asserted", "reported"}, got)
    alleged = {keys[r[0]] for r in rows(export("icews", db, "--status", "negated")) if r[0] in keys}
    test("icews --status negated", alleged == {"negated"}, alleged)


def check_filters(db):
    """What the command counts is what the exported table says."""
    table_rows = [dict(zip(r0, r)) for r0 in [rows(export("tsv", db, "--told", "all"))[0]] for r in rows(export("tsv", db, "--told", "all"))[1:]]
    once = [r for r in table_rows if r["main"] == "yes" and not r["copy_of"]]
    for args, keep in ((["--type", "ASSAULT"], lambda r: r["type"] == "ASSAULT"), (["--type", "ASSAULT", "--type", "COERCE", "--status", "asserted"], lambda r: r["type"] in ("ASSAULT", "COERCE") and r["status"] == "asserted"),
                       (["--country", "ng"], lambda r: r["country"] == "NG"), (["--cameo", "19"], lambda r: r["cameo"].startswith("19")), (["--place", "gom"], lambda r: "gom" in r["place"].lower()),
                       (["--box=-20,-35,60,15"], lambda r: r["lat"] and -35 <= float(r["lat"]) <= 15 and -20 <= float(r["lon"]) <= 60), (["--from", "2015-02", "--to", "2015-03-15"], lambda r: (r["latest"] or r["earliest"]) >= "2015-02-01" and (r["earliest"] or r["latest"]) <= "2015-03-15" and (r["latest"] or r["earliest"])),
                       (["--confidence", "700"], lambda r: int(r["confidence"]) >= 700), (["--source", "The Delta Post"], lambda r: r["source"] == "The Delta Post"), (["--actor", "soldiers"], lambda r: "soldiers" in (r["actor"] + " " + r["recipient"]).lower()),
                       (["--quad", "4", "--mode", "arrest"], lambda r: r["quad"] == "4" and r["mode"] == "arrest"), (["--report", "r0005"], lambda r: r["report"] == "r0005")):
        got = run("query", db, "--count", "-f", "tsv", *args).stdout.decode().split()[-1]
        want = sum(1 for r in once if keep(r))
        test("filter %s" % " ".join(args), want and int(got) == want, "%s, not %d" % (got, want))
    for args in (["--type", "FOO"], ["--country", "Belgium"], ["--from", "2015-13"], ["--box", "1,2,3"], ["--box=10,60,20,50"], ["--confidence", "2000"], ["--status", "true"], ["--review", "maybe"], ["--told", "twice"], ["--quad", "5"]):
        r = run("query", db, "--count", *args)
        test("a bad filter is refused: %s" % " ".join(args), r.returncode == 2 and b"wants" in r.stderr, r.stderr)
    evil = "x' OR 1=1 --"
    for k in ("--actor", "--words", "--place", "--source", "--report", "--mode"):
        r = run("query", db, "--count", "-f", "tsv", k, evil)
        test("%s is no SQL" % k, r.returncode == 0 and r.stdout.split()[-1] == b"0", r.stdout + r.stderr)


def check_stats(db):
    d = sqlite3.connect(db)
    told = d.execute("SELECT count(*) FROM facts WHERE main AND status IN ('asserted', 'reported') AND report NOT IN (SELECT report FROM copies WHERE kind = 'copy')").fetchone()[0]
    for by in ("day", "week", "month", "year"):
        series = rows(run("stats", db, "--by", by, "-f", "tsv").stdout.decode())[1:]
        days = [r[0] for r in series if r[0]]
        test("stats by %s: adds up, in order, no gap" % by, sum(int(r[1]) for r in series) == told and days == sorted(days) and (by != "month" or len(days) == len({d[:7] for d in days})), series[:3])
    weeks = [r[0] for r in rows(run("stats", db, "--by", "week", "-f", "tsv").stdout.decode())[1:] if r[0]]
    import datetime
    test("weeks begin on Monday, none is left out", all(datetime.date.fromisoformat(w).weekday() == 0 for w in weeks) and all((datetime.date.fromisoformat(b) - datetime.date.fromisoformat(a)).days == 7 for a, b in zip(weeks, weeks[1:])))
    text = run("stats", db).stdout.decode()
    test("stats says what it counts", "told as having happened" in text and str(told) in text.split("\n")[0])
    dyads = [json.loads(x) for x in run("stats", db, "--dyads", "-f", "jsonl").stdout.splitlines()]
    want = d.execute("SELECT sum(events) FROM dyad").fetchone()[0]
    test("dyads: as the view has them", sum(x["events"] for x in dyads) == want, (sum(x["events"] for x in dyads), want))


def main():
    checker = shared_checker()
    with tempfile.TemporaryDirectory(prefix="exports.") as tmp:
        small, large, jsonl = os.path.join(tmp, "small.db"), os.path.join(tmp, "large.db"), os.path.join(tmp, "r.jsonl")
        made.write(jsonl, 1000)
        run("code", "-p", "2015-01-26", "-o", small, os.path.join(os.environ["SOURCE"], "examples"))
        run("code", "-o", large, jsonl)
        check_all("the examples", small, tmp, checker)
        check_all("1000 reports", large, tmp, checker)
        check_names(large)
        check_always_hidden(tmp)
        check_facts_only(large)
        check_filters(large)
        check_stats(large)
        records = run("code", "-f", "jsonl", jsonl).stdout
        test("jsonl --names gives the records back, byte for byte", export("jsonl", large, "--names") == records.decode())
        for args, code in ((("export",), 2), (("export", "xml", small), 2), (("export", "tsv", "/nowhere.db"), 1), (("export", "brat", small), 2), (("export", "tsv", small, "-o", "/nowhere/x.tsv"), 4)):
            r = run(*args)
            test("%s ends with %d" % (" ".join(args[:2]), code), r.returncode == code and r.stderr, r.returncode)
    return test.bad > 0


sys.exit(main())
