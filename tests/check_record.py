#!/usr/bin/env python3
"""Validates records (JSON Lines on standard input or files) against docs/record.schema.json and checks what a schema can't say.

usage: check_record.py SCHEMA [FILE...]
Prints one line: "ok records: N valid" or "not ok records: ..." with the first faults. Needs the Python package jsonschema (Debian: python3-jsonschema).
"""
import json
import sys

import jsonschema


def spans(x):
    """Every (begin, end) in a record below the report."""
    if isinstance(x, dict):
        if "begin" in x and "end" in x:
            yield x["begin"], x["end"]
        for k, v in x.items():
            if k in ("trigger", "role_at", "age_at"):
                yield tuple(v)
            elif k in ("content", "source", "cue", "sentences"):
                for s in v:
                    if isinstance(s, list):
                        yield tuple(s)
            else:
                yield from spans(v)
    elif isinstance(x, list):
        for v in x:
            yield from spans(v)


def status(e):
    if e["certainty"] == "denied" or e["stage"] in ("foiled", "cancelled"):
        return "negated"
    if e["stage"] in ("planned", "threatened", "requested", "postponed", "attempted"):
        return "planned"
    if e["certainty"] in ("possible", "feared") or e["stage"] in ("hypothetical", "unknown"):
        return "possible"
    if e["certainty"] == "alleged":
        return "alleged"
    return "reported" if e["says"] else "asserted"


def tiles(ranges, n):
    at = 0
    for b, e in ranges:
        if b != at or e < b:
            return False
        at = e
    return at == n


def faults(r):
    text = r["report"]["text"].encode("utf-8")
    edge = lambda i: i == len(text) or text[i] & 0xC0 != 0x80
    for b, e in spans({k: v for k, v in r.items() if k not in ("report", "source_map")}):
        if not (0 <= b <= e <= len(text) and edge(b) and edge(e)):
            yield "span [%d,%d) is no stretch of the text" % (b, e)
    if text and not tiles([(p["begin"], p["end"]) for p in r["parts"]], len(text)):
        yield "parts don't tile the text"
    if text and not tiles([(m[0], m[1]) for m in r["source_map"]], len(text)):
        yield "source_map doesn't tile the text"
    ids = {x["id"] for k in ("entities", "places", "times", "counts", "quotes", "events", "incidents") for x in r[k]}
    for e in r["events"]:
        if e["status"] != status(e):
            yield "%s: status %s, should be %s" % (e["id"], e["status"], status(e))
        if e["plover"] is None and (e["quad"] is not None or e["goldstein"] is not None):
            yield "%s: our own types have no quad or goldstein" % e["id"]
        for s in e["slots"]:
            for k in ("entity", "place", "event"):
                if s.get(k) and s[k] not in ids:
                    yield "%s: no %s" % (e["id"], s[k])
        for k in e["same_as"]:
            if int(k[1:]) >= int(e["id"][1:]):
                yield "%s: same_as a later event" % e["id"]
    for t in r["times"] + r["places"] + r["counts"]:
        if text[t["begin"]:t["end"]].decode("utf-8", "replace") != t["text"]:
            yield "%s: text is not its span's" % t["id"]


def main():
    schema = jsonschema.Draft7Validator(json.load(open(sys.argv[1], encoding="utf-8")))
    bad, n = [], 0
    for f in [open(p, "rb") for p in sys.argv[2:]] or [sys.stdin.buffer]:
        for line in f:
            r = json.loads(line)
            n += 1
            bad += ["%s: %s at %s" % (r["report"]["id"], e.message[:200], list(e.absolute_path)) for e in schema.iter_errors(r)]
            bad += ["%s: %s" % (r["report"]["id"], x) for x in faults(r)]
    if bad or not n:
        print("not ok records: %d faults in %d records" % (len(bad), n))
        for b in bad[:10]:
            print("    # " + b)
        return 1
    print("ok records: %d valid" % n)


if __name__ == "__main__":
    sys.exit(main())
