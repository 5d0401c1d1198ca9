#!/usr/bin/env python3
"""Every stretch of the text of real pages stands where the map says: the bytes there, decoded and without markup, are the same words.

Uses the pages of ../shared/data/articles where they are (SHARED names another folder). DATELINE: the command.
"""
import glob
import html
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile

SHARED = os.environ.get("SHARED") or os.path.join(os.path.dirname(os.path.abspath(__file__)), "../../../shared")
SETS = ("aeb", "fundus", "htmldate", "readability", "traf")


def bare(s):
    return re.sub(r"\s+", "", s)


def decoded(raw, declared):
    """What bytes may be: in the charset declared or a usual one, or in UTF-8 that was read as windows-1252 and written as UTF-8 again, up to three times."""
    for charset in ["utf-8"] + declared + ["windows-1252", "gb18030"]:
        try:
            yield raw.decode(charset, "replace")
        except LookupError:
            continue
    s = raw.decode("utf-8", "replace")
    for _ in range(3):
        try:
            s = b"".join(bytes([ord(c)]) if "\x80" <= c < "\xa0" else c.encode("windows-1252") for c in s).decode()
        except ValueError:
            return
        yield s


def readings(raw, declared):
    """What bytes of a page may stand for: decoded, as markup or inside of a JSON string."""
    for s in decoded(raw, declared):
        yield s
        yield html.unescape(re.sub(r"(?s)<!--.*?-->|<[^>]*>", "", s))
        try:
            inside = json.loads('"' + s + '"')
        except ValueError:
            continue
        yield html.unescape(inside)
        yield html.unescape(re.sub(r"<[^>]*>", "", inside))


def wrong_pieces(record, raw):
    text, at, wrong = record["text"].encode(), 0, []
    declared = [m.decode() for m in re.findall(rb"charset\s*=\s*[\"']?\s*([\w-]+)", raw[:4096], re.I)]
    for tb, te, ob, oe in record["map"]:
        piece = text[tb:te].decode()
        if tb != at or not (piece.isspace() or any(bare(r) == bare(piece) for r in readings(raw[ob:oe], declared))):
            wrong.append("%d-%d %r is not %r" % (tb, te, piece[:40], raw[ob:oe][:40]))
        at = te
    return wrong + (["the map ends at %d of %d" % (at, len(text))] if at != len(text) else [])


def check(name, folder):
    pages = sorted(f for f in glob.glob(folder + "/**", recursive=True) if os.path.isfile(f))
    out = subprocess.run([os.environ["DATELINE"], "article", *pages], stdout=subprocess.PIPE, stderr=subprocess.DEVNULL).stdout.splitlines()
    if len(out) != len(pages):
        print("not ok pages of %s: %d answers to %d pages" % (name, len(out), len(pages)))
        return
    pieces = wrong = 0
    for page, line in zip(pages, out):
        record = json.loads(line)
        with open(page, "rb") as f:
            found = wrong_pieces(record, f.read())
        pieces += len(record["map"])
        wrong += len(found)
        for w in found[:3]:
            print("    %s: %s" % (os.path.basename(page), w))
    print("%s pages of %s: %d stretches of %d pages stand where the map says" % ("not ok" if wrong else "ok", name, pieces - wrong, len(pages)))


def main():
    for name in SETS:
        archive = "%s/data/articles/%s.html.tar.zst" % (SHARED, name)
        if not os.path.isfile(archive) or not shutil.which("zstd"):
            print("skip pages of %s: %s" % (name, "no program zstd" if os.path.isfile(archive) else "no such pages here"))
            continue
        with tempfile.TemporaryDirectory(prefix="pages.") as folder:
            subprocess.run(["sh", "-c", 'zstd -dc --long=27 -- "$1" | tar x -C "$2"', "sh", archive, folder], check=True)
            check(name, folder)


if __name__ == "__main__":
    sys.exit(main())
