#!/usr/bin/env python3
"""What can be read: packed files, tables, feeds, agencies' files, web archives; each as it should be and as it comes: cut off, damaged, hostile. DATELINE: the command."""
import gzip
import json
import os
import resource
import subprocess
import sys
import tempfile
import time
import zlib

DATELINE = os.path.abspath(os.environ["DATELINE"])
ZST = bytes.fromhex("28b52ffd2400b9010054414120626f6d62206b696c6c6564203132")        # the head of a frame of zstd: cut off
bad = 0


def test(name, good, said=""):
    global bad
    bad += not good
    print(("ok " if good else "not ok ") + "formats: " + name + ("" if good else "  " + str(said)[:300]))


def run(files, *options):
    """files: {name: bytes} -> (records, exit code, what it said, seconds)"""
    with tempfile.TemporaryDirectory(prefix="formats.") as d:
        for name, data in files.items():
            open(os.path.join(d, name), "wb").write(data if isinstance(data, bytes) else data.encode())
        began = time.monotonic()
        p = subprocess.run([DATELINE, "code", "-f", "jsonl", *options, *sorted(files)], cwd=d, stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=300)
        return [json.loads(x) for x in p.stdout.splitlines()], p.returncode, p.stderr.decode(), time.monotonic() - began


def read(name, data):
    return run({name: data})[0]


def facts(record):
    r = record["report"]
    return [r[k] for k in ("id", "source", "url", "published", "title", "byline")]


def leads_back(record, original):
    """Stretches that were copied are the same bytes there; the rest lies inside, in order."""
    text, at = record["report"]["text"].encode(), 0
    for tb, te, ob, oe in record["source_map"]:
        if tb != at or ob > oe or oe > len(original):
            return False
        if te - tb == oe - ob and text[tb:te].isascii() and text[tb:te] != original[ob:oe]:
            return False
        at = te
    return at == len(text)


def part(data, begin, end):
    """The bytes of each element of a file."""
    data, out, at = data.encode(), [], 0
    while (b := data.find(begin.encode(), at)) >= 0:
        at = data.index(end.encode(), b) + len(end)
        out.append(data[b:at])
    return out


# ---- packed

def packed():
    text = b"Bomb kills 12 in Kabul\n\nA bomb killed 12 people in Kabul on Monday, police said.\n"
    plain = read("a.txt", text)[0]
    for name, data in (("gzip", gzip.compress(text)), ("gzip, a name that says nothing", gzip.compress(text)), ("gzip in two members", gzip.compress(text[:30]) + gzip.compress(text[30:])), ("gzip with zeros behind", gzip.compress(text) + bytes(512))):
        test(name + " is unpacked", read("a.bin", data)[0]["report"]["text"] == plain["report"]["text"])
    lines = b"".join(json.dumps({"id": str(i), "text": "Police arrested %d men in Lyon." % i}).encode() + b"\n" for i in range(2, 5000))
    test("packed lines stream", [x["report"]["id"] for x in read("a", gzip.compress(lines))] == [str(i) for i in range(2, 5000)])
    records, rc, said, _ = run({"a.gz": gzip.compress(lines)[:4000], "b.txt": text})
    test("of a packed file that is cut off, what came before is coded", rc == 1 and "ends in the middle" in said and len(records) > 2 and records[-1]["report"]["text"].startswith("Bomb"), said)
    damaged = bytearray(gzip.compress(lines))
    damaged[len(damaged) // 2] ^= 255
    records, rc, said, _ = run({"a.gz": bytes(damaged), "b.txt": text})
    test("damaged", rc == 1 and "a.gz" in said and records[-1]["report"]["text"].startswith("Bomb"), said)
    records, rc, said, _ = run({"a.zst": ZST, "b.txt": text})
    test("zstd that is cut off", rc == 1 and "zstd" in said and len(records) >= 1, said)
    whole = zlib.compressobj(9, zlib.DEFLATED, 31)
    bomb = b"".join(whole.compress(bytes(1 << 20)) for _ in range(1200)) + whole.flush()
    records, rc, said, seconds = run({"a.gz": bomb, "b.txt": text})
    test("a bomb is left and the next file read", rc == 1 and len(records) == 2 and records[1]["report"]["text"].startswith("Bomb") and seconds < 60, said)
    records, rc, said, _ = run({"a.zip": b"PK\3\4" + b"../../etc/passwd" * 4, "b.txt": text})
    test("an archive of files is refused and nothing of it is written", rc == 1 and "zip archive" in said + str(records[0]["report"]["warnings"]) and len(records) == 2, said)


# ---- feeds

RSS = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE rss [<!ENTITY a "lol"><!ENTITY b "&a;&a;&a;&a;">]>
<rss version="2.0"><channel><title>The Harbour Post</title><link>https://post.example/</link><language>en</language>
<item><title>Bomb kills 12 in Kabul</title><link>https://post.example/1</link><guid isPermaLink="false">p-1</guid><pubDate>Tue, 05 Mar 2024 10:00:00 +0430</pubDate>
<description>&lt;p&gt;A bomb killed 12 people in Kabul on Monday &amp;amp; wounded 3, police said. &b;&lt;/p&gt;</description></item>
<item><title><![CDATA[Gunmen attack town in Mali]]></title><link>https://post.example/2</link><pubDate>Tue, 05 Mar 2024 11:00:00 GMT</pubDate><dc:creator>Awa Diallo</dc:creator>
<content:encoded><![CDATA[<p>Gunmen attacked the town of <b>Mopti</b> on Monday.</p><p>Five soldiers were killed, the army said.</p>]]></content:encoded></item>
</channel></rss>
"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Wire</title><entry><title>Police arrest two in Lyon</title><link rel="self" href="https://w.example/s"/><link href="https://w.example/3"/><id>tag:w,3</id>
<published>2024-03-05T10:00:00Z</published><updated>2024-03-06T10:00:00Z</updated><author><name>A. Writer</name></author><summary type="html">Police arrested two men in Lyon on Tuesday.</summary></entry></feed>"""


def feeds():
    a, b = read("x.xml", RSS)
    test("RSS: what is known of an item", facts(a) == ["p-1", "The Harbour Post", "https://post.example/1", "2024-03-05", "Bomb kills 12 in Kabul", None], facts(a))
    test("RSS: markup that is hidden twice; entities of its own are no matter", a["report"]["text"] == "Bomb kills 12 in Kabul\n\nA bomb killed 12 people in Kabul on Monday & wounded 3, police said. &b;", a["report"]["text"])
    test("RSS: a text with paragraphs", b["report"]["text"] == "Gunmen attack town in Mali\n\nGunmen attacked the town of Mopti on Monday.\n\nFive soldiers were killed, the army said.", b["report"]["text"])
    test("RSS: a lead says so", all(any("lead" in w for w in x["report"]["warnings"]) for x in (a, b)))
    test("RSS: maps lead into the item", all(leads_back(x, o) for x, o in zip((a, b), part(RSS, "<item>", "</item>"))))
    test("RSS: latin letters of another charset", read("x", RSS.replace("UTF-8", "iso-8859-1").replace("Kabul", "Zürich").encode("latin-1"))[0]["report"]["title"] == "Bomb kills 12 in Zürich")
    a = read("x", ATOM)[0]
    test("Atom", facts(a) == ["tag:w,3", "Wire", "https://w.example/3", "2024-03-05", "Police arrest two in Lyon", "A. Writer"] and a["report"]["text"].endswith("\n\nPolice arrested two men in Lyon on Tuesday."), facts(a))
    feed = json.dumps({"version": "https://jsonfeed.org/version/1.1", "title": "Feed", "items": [{"id": "1", "url": "https://f.example/1", "title": "Bomb kills 12", "content_html": "<p>A bomb killed 12 people in Kabul.</p>",
                       "date_published": "2024-03-05T10:00:00Z"}, {"id": "2", "content_text": "Gunmen attacked the town of Mopti."}], "expired": False})
    a, b = read("x.json", feed)
    test("JSON Feed", facts(a)[0] == "1" and a["report"]["text"] == "Bomb kills 12\n\nA bomb killed 12 people in Kabul." and b["report"]["text"].startswith("Gunmen") and any("lead" in w for w in b["report"]["warnings"]), a["report"]["text"])


# ---- agencies' files

NITF = """<?xml version="1.0"?><nitf><head><title>x</title><docdata><doc-id id-string="n-77"/><date.issue norm="20240305T101500Z"/></docdata></head><body><body.head><hedline><hl1>Troops seize bridge</hl1></hedline>
<byline>By Ann Hill</byline><dateline><location>GOMA, March 5</location> (Wire) -</dateline></body.head><body.content><block><p>Troops seized the bridge on Tuesday.</p><p>Two rebels were killed, the army said.</p></block></body.content></body></nitf>"""
G2 = """<newsMessage><itemSet><newsItem guid="urn:x:1" version="1"><itemMeta><versionCreated>2024-03-05T09:00:00+01:00</versionCreated><pubStatus qcode="stat:usable"/></itemMeta><contentMeta><headline>Rebels free hostages</headline>
<language tag="en"/></contentMeta><contentSet><inlineXML><html><body><p>Rebels freed four hostages on Monday.</p></body></html></inlineXML></contentSet></newsItem>
<newsItem guid="urn:x:2"><itemMeta><pubStatus qcode="stat:canceled"/></itemMeta><contentMeta><headline>Wrong story</headline></contentMeta><contentSet><inlineData>Gunmen killed five.</inlineData></contentSet></newsItem></itemSet></newsMessage>"""
RCV = """<newsitem itemid="2286" id="root" date="1996-08-20" xml:lang="en"><title>MEXICO: Gunmen attack bus.</title><headline>Gunmen attack bus.</headline><dateline>ACAPULCO 1996-08-20</dateline>
<text><p>Gunmen attacked a bus near Acapulco on Monday.</p><p>Three people were killed.</p></text></newsitem>"""
LEWIS = """<!DOCTYPE lewis SYSTEM "lewis.dtd">
<REUTERS TOPICS="YES" NEWID="1"><DATE>26-FEB-1987 15:01:01.79</DATE><TEXT>&#2;<TITLE>GUNMEN KILL MAYOR</TITLE><DATELINE>    BOGOTA, Feb 26 - </DATELINE><BODY>Gunmen killed the mayor of Bogota on Thursday.</BODY></TEXT></REUTERS>
<REUTERS TOPICS="YES" NEWID="2"><DATE>26-FEB-1987 16:01:01.79</DATE><TEXT><TITLE>WALKOUT AT PORT</TITLE><BODY>Workers went on strike at the port.</BODY></TEXT></REUTERS>"""


def agencies():
    a = read("x", NITF)[0]
    test("NITF", facts(a) == ["n-77", None, None, "2024-03-05", "Troops seize bridge", "Ann Hill"] and a["report"]["dateline"]["place"] == "GOMA" and a["report"]["dateline"]["agency"] == "Wire", facts(a))
    test("NITF: the text goes on behind the dateline", a["report"]["text"] == "Troops seize bridge\n\nGOMA, March 5 (Wire) - Troops seized the bridge on Tuesday.\n\nTwo rebels were killed, the army said.", a["report"]["text"])
    test("NITF: the map", leads_back(a, part(NITF, "<nitf>", "</nitf>")[0]))
    records, rc, said, _ = run({"x": G2})
    test("NewsML-G2", facts(records[0])[0] == "urn:x:1" and records[0]["report"]["published"] == "2024-03-05" and records[0]["report"]["text"] == "Rebels free hostages\n\nRebels freed four hostages on Monday.", facts(records[0]))
    test("NewsML-G2: what was cancelled is not coded", any("cancelled" in w for w in records[1]["report"]["warnings"]) and not records[1]["events"] and rc == 1)
    a = read("x", RCV)[0]
    test("RCV1", facts(a)[0] == "2286" and a["report"]["published"] == "1996-08-20" and a["report"]["language"] == "en" and a["report"]["text"].endswith("\n\nThree people were killed."), facts(a))
    a, b = read("x", LEWIS)
    test("Reuters-21578", facts(a)[0] == "1" and a["report"]["published"] == "1987-02-26" and a["report"]["dateline"]["place"] == "BOGOTA" and b["report"]["text"] == "WALKOUT AT PORT\n\nWorkers went on strike at the port.", facts(a))


# ---- tables

def tables():
    rows = b'7,"Bomb kills 12 in ""Kabul""","A bomb killed 12 people in Kabul on Monday,\npolice said ""today"".",2024-03-05\r\n8,Gunmen attack town,Gunmen attacked the town of Mopti.,2024-03-06\r\n9,short row\r\n'
    a, b, c = read("x", b"id,title,text,date\r\n" + rows)
    test("CSV: quotation marks, commas and line ends in cells", a["report"]["text"] == 'Bomb kills 12 in "Kabul"\n\nA bomb killed 12 people in Kabul on Monday,\npolice said "today".', a["report"]["text"])
    test("CSV: fields", facts(a)[0] == "7" and a["report"]["published"] == "2024-03-05" and facts(b)[0] == "8" and b["report"]["published"] == "2024-03-06", facts(a))
    test("CSV: too few cells are told", any("2 cells" in w for w in c["report"]["warnings"]) and c["report"]["text"] == "short row")
    test("CSV: the map", leads_back(a, rows[:rows.index(b"\r\n8")]) and leads_back(b, b"8,Gunmen attack town,Gunmen attacked the town of Mopti.,2024-03-06"))
    a = read("x", "\ufeffurl\theadline\tcontent\nhttps://x.example/1\tPolice arrest two\tPolice arrested two men in Lyon.\n")[0]
    test("TSV with a mark", a["report"]["url"] == "https://x.example/1" and a["report"]["text"] == "Police arrest two\n\nPolice arrested two men in Lyon.")
    test("semicolons", read("x", "Titel;Title;Body\n1;Two held;Police arrested two men.\n")[0]["report"]["text"] == "Two held\n\nPolice arrested two men.")
    test("prose is no table", len(read("x", "Title and text, by a reader\nPolice arrested two men in Lyon.\nThey were freed.\n")) == 1 and len(read("x", "On Monday, police said, two men died.\nOne was armed.\n")) == 1)
    records, rc, said, seconds = run({"a.csv": b'title,text\n"never closed,' + b"x,y\n" * 200000, "b.txt": b"Police arrested two men."})
    test("a quotation mark that is never closed", len(records) == 2 and seconds < 60)


# ---- web archives

def record(kind, what, uri, body, more=b""):
    head = "WARC/1.0\r\nWARC-Type: %s\r\nWARC-Target-URI: %s\r\nWARC-Record-ID: <urn:uuid:%s>\r\n%sContent-Type: %s\r\nContent-Length: %d\r\n\r\n" % (kind, uri, uri[-1], more.decode(), what, len(body))
    return head.encode() + body + b"\r\n\r\n"


HTTP = "application/http; msgtype=response"
PAGE = b"<html><head><title>Bomb kills 12 in Kabul</title></head><body><h1>Bomb kills 12 in Kabul</h1><p>A bomb killed 12 people in Kabul on Monday, police said in a statement.</p></body></html>"
OK = b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n"


def archives():
    body = gzip.compress("<html><title>Взрыв</title><h1>Взрыв в Кабуле</h1><p>Взрыв в Кабуле убил двенадцать человек, сообщила полиция в понедельник утром.</p></html>".encode("cp1251"))
    chunks = b"".join(b"%x\r\n" % len(body[i:i + 50]) + body[i:i + 50] + b"\r\n" for i in range(0, len(body), 50)) + b"0\r\n\r\n"
    archive = (record("warcinfo", "application/warc-fields", "x://0", b"software: x\r\n") + record("response", HTTP, "https://p.example/1", OK + PAGE)
               + record("response", HTTP, "https://p.example/2", b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1251\r\nTransfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n" + chunks)
               + record("response", HTTP, "https://p.example/3", b"HTTP/1.1 404 Not Found\r\nContent-Type: text/html\r\n\r\n" + PAGE) + record("response", HTTP, "https://p.example/4", b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nxxx")
               + record("request", "application/http; msgtype=request", "https://p.example/5", b"GET / HTTP/1.1\r\n\r\n") + record("conversion", "text/plain", "https://p.example/6", b"Gunmen attacked the town of Mopti on Monday.\n"))
    for name, data in (("", archive), (", packed record by record", b"".join(gzip.compress(b"WARC/1.0" + r) for r in archive.split(b"WARC/1.0")[1:]))):
        records = read("x.warc", data)
        test("WARC: pages and texts, no others" + name, [x["report"]["url"][-1] for x in records] == ["1", "2", "6"], [x["report"]["url"] for x in records])
        test("WARC: what the server says of charset, chunks and packing" + name, records[1]["report"]["title"] == "Взрыв в Кабуле", records[1]["report"]["title"])
        test("WARC: id and address" + name, facts(records[0])[:3:2] == ["urn:uuid:1", "https://p.example/1"], facts(records[0]))
        test("WARC: the map leads into what the server sent" + name, leads_back(records[0], PAGE))
    cut, rc, said, _ = run({"a.warc": archive + record("response", HTTP, "https://p.example/7", OK + PAGE)[:-70], "b.txt": b"Police arrested two men."})
    test("WARC: cut in the middle", len(cut) == 5 and any("cut off" in w for w in cut[3]["report"]["warnings"]) and cut[4]["report"]["text"].startswith("Police"))
    wrong = record("conversion", "text/plain", "https://p.example/8", b"Police arrested two men in Lyon on Friday night.\n").replace(b"Content-Length: 49", b"Content-Length: 20")
    test("WARC: a length that is wrong", [x["report"]["url"][-1] for x in read("x", wrong + archive)] == ["8", "1", "2", "6"])
    told = read("x", record("response", HTTP, "https://p.example/9", OK + PAGE, b"WARC-Truncated: length\r\n"))[0]
    test("WARC: truncated by its archive", any("truncated" in w for w in told["report"]["warnings"]))


# ---- hostile

def hostile():
    last = {"z.txt": b"Police arrested two men in Lyon."}
    for name, data in (("20,000 nested tags", b"<rss><channel>" + b"<item>" * 20000 + b"<title>x</title>"), ("20,000 attributes", b"<rss><channel><item " + b"a='b' " * 20000 + b"><title>Two held</title></item></channel></rss>"),
                       ("unclosed everything", b"<rss><channel><item><title>Two held<description><![CDATA[<p>Police"), ("nothing but beginnings", b"<rss><channel>" + b"<item><title>a" * 20000),
                       ("an archive of lines", b"WARC/1.0\r\n" * 50000), ("lengths beyond all bounds", b"WARC/1.0\r\nWARC-Type: conversion\r\nContent-Length: 99999999999999999\r\n\r\nPolice arrested two men.")):
        records, rc, said, seconds = run({"a.xml": data, **last})
        test(name, records and records[-1]["report"]["text"].startswith("Police") and seconds < 40, (said, seconds))
    records, rc, said, seconds = run({"a.jsonl": b'{"text":"' + b"x" * 100000000 + b'"}\n{"text":"Police arrested two men."}\n', **last})
    peak = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024
    test("a line of 100 MB", len(records) == 3 and any("too long" in w for w in records[0]["report"]["warnings"]) and seconds < 60, said)
    sanitized = b"__asan_init" in open(DATELINE, "rb").read()
    print("skip formats: memory (sanitizers have their own)" if sanitized else ("ok" if peak < 400 else "not ok") + " formats: memory of all this is bounded" + ("" if peak < 400 else "  %d MB" % peak))
    return not sanitized and peak >= 400


packed(), feeds(), agencies(), tables(), archives()
bad += hostile()
sys.exit(bad > 0)
