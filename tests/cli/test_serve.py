#!/usr/bin/env python3
"""The page's server: what it answers is what the database says, and it lets nobody in who should not be. DATELINE: the command."""
import http.client
import json
import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
import urllib.parse
import zlib

sys.path.insert(0, os.path.dirname(os.path.abspath(__file__)))
import common
import reports as made
from common import DATELINE

test = common.Tally("serve")


class Server:
    def __init__(self, db, *more):
        self.p = subprocess.Popen([DATELINE, "serve", db, "-p", "0", *more], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
        line = self.p.stdout.readline()
        self.why = "" if line else self.p.stderr.read()
        self.port = int(re.search(r":(\d+)/", line).group(1)) if line else 0

    def ask(self, method, path, body=None, headers=None):
        c = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        c.request(method, path, body, {**({} if headers is None else headers)})
        r = c.getresponse()
        out = r.read()
        c.close()
        return r.status, dict((k.lower(), v) for k, v in r.getheaders()), out

    def get(self, path):
        status, _, out = self.ask("GET", path)
        return json.loads(out) if status == 200 else (status, out)

    def token(self):
        return re.search(r'name="dateline-token" content="([0-9a-f]*)"', self.ask("GET", "/")[2].decode()).group(1)

    def post(self, path, what, **headers):
        status, _, out = self.ask("POST", path, json.dumps(what), {"Content-Type": "application/json", "X-Dateline-Token": self.token(), **headers})
        return status, json.loads(out)

    def raw(self, data, wait=5):
        """Whatever bytes; the first line of the answer, "" if there is none."""
        with socket.create_connection(("127.0.0.1", self.port), timeout=wait) as s:
            try:
                s.sendall(data)
                return s.recv(4096).decode("latin-1").split("\r\n")[0]
            except (ConnectionError, socket.timeout):
                return ""

    def end(self):
        self.p.send_signal(signal.SIGINT)
        return self.p.wait(20)


def one(db, sql, *given):
    d = sqlite3.connect(db)
    v = d.execute(sql, given).fetchall()
    d.close()
    return v


def check_answers(s, db):
    about = s.get("/api/about")
    test("about", about["events"] == one(db, "SELECT count(*) FROM facts")[0][0] and about["reports"] == 300 and about["writable"] is True, about)
    for q in ("", "type=ASSAULT", "type=ASSAULT&type=COERCE&status=asserted", "country=NG", "actor=soldiers", "words=mortar+police", "from=2015-02&to=2015-05", "box=-20,-35,60,15", "told=all", "confidence=700", "status=negated&told=all", "place=Malm%C3%B6"):
        view, rows = s.get("/api/view?" + q), s.get("/api/rows?limit=500&" + q)
        args = [x for k, v in urllib.parse.parse_qsl(q) for x in ("--%s=%s" % (k, v),)]
        count = int(subprocess.run([DATELINE, "query", db, "--count", "-f", "tsv", *args], stdout=subprocess.PIPE).stdout.split()[-1])
        dated = sum(sum(b[1:]) for b in view["time"]["bins"]) + view["time"]["undated"]
        placed = sum(p[4] for p in view["places"]) + view["unplaced"]
        test("view and rows of '%s' are what the command counts" % q, view["events"] == rows["total"] == count == dated == placed == sum(view["status"].values()) == sum(n for _, n in view["type"]), (view["events"], rows["total"], count, dated, placed))
    first, second = s.get("/api/rows?limit=40&offset=0&order=date"), s.get("/api/rows?limit=40&offset=40&order=date")
    facts = [r["fact"] for r in first["rows"] + second["rows"]]
    days = [r["earliest"] or "9" for r in first["rows"] + second["rows"]]
    test("pages of rows: in order, none twice", len(set(facts)) == 80 and days == sorted(days))
    report = s.get("/api/report/r0000")
    text = report["record"]["report"]["text"].encode()
    test("a report: its spans cut what its rows say", all(text[v["trigger"][0]:v["trigger"][1]].decode() == r["words"] for v, r in zip(report["record"]["events"], report["rows"])) and report["reasons"])
    hidden = ["Mwangale", "Hlushko", "Délacroix", "Bartoš"]
    shut, opened = [json.dumps([s.get("/api/report/%s%s" % (i, n)) for (i,) in one(db, "SELECT id FROM reports WHERE report % 5 = 1")], ensure_ascii=False) for n in ("", "?names=1")]
    test("names of private persons only where they are asked for", not any(h in shut for h in hidden) and all(h in opened for h in hidden))
    net = s.get("/api/network")
    test("network: ids in range, points in the square", net["nodes"] and all(0 <= e[0] < len(net["nodes"]) and 0 <= e[1] < len(net["nodes"]) for e in net["edges"]) and all(0 <= n[3] <= 1 and 0 <= n[4] <= 1 for n in net["nodes"]))
    test("network: the same picture again", net == s.get("/api/network"))
    for kind in ("doubt", "audit", "new"):
        test("queue " + kind, isinstance(s.get("/api/queue?limit=5&kind=" + kind)["rows"], list))
    for path, want in (("/api/rows?order=colour", 400), ("/api/view?type=FOO", 400), ("/api/view?nonsense=1", 400), ("/api/view?box=1", 400), ("/api/queue?kind=x", 400), ("/api/report/none", 404), ("/api/nothing", 404), ("/api/rows?limit=100000", 400), ("/api/view?type=%00", 400), ("/api/view?" + "words=" + "x" * 5000, 400)):
        status, _, out = s.ask("GET", path)
        test("%s is refused" % path[:40], status == want and json.loads(out)["error"], (status, out))
    test("after refusals it goes on", s.get("/api/about") == about)


def check_review(s, db):
    report, event, key = one(db, "SELECT r.id, 'v' || f.event, f.key FROM facts f JOIN reports r USING (report) WHERE f.main AND f.type = 'COERCE' ORDER BY fact LIMIT 1")[0]
    status, a = s.post("/api/decide", {"report": report, "event": event, "field": "event", "verdict": "accept", "who": "Ana", "seconds": 4})
    test("accept", status == 200 and a["rows"][0]["review"] == "accepted" and one(db, "SELECT review FROM facts WHERE key = ?", key) == [("accepted",)], a)
    status, b = s.post("/api/decide", {"report": report, "event": event, "field": "type", "verdict": "correct", "new": "ASSAULT", "who": "Ana", "why": "a \"reason\" ☞"})
    test("correct, and the view knows", status == 200 and b["rows"][0]["type"] == "ASSAULT" and s.get("/api/view?type=ASSAULT&report=" + report)["type"][0][0] == "ASSAULT", b)
    test("undo", s.post("/api/undo", {"decision": b["decision"], "who": "Ana"})[0] == 200 and one(db, "SELECT type FROM facts WHERE key = ?", key) == [("COERCE",)])
    for what, path in (({"report": report, "event": "v999", "field": "event", "verdict": "accept", "who": "x"}, "decide"), ({"report": report, "event": event, "field": "event", "verdict": "bless", "who": "x"}, "decide"), ({"report": report, "event": event, "field": "date", "verdict": "correct", "new": "soon", "who": "x"}, "decide"),
                       ({}, "decide"), ([], "decide"), ({"decision": "1"}, "undo"), ({"decision": 999, "who": "x"}, "undo"), ({"report": report, "event": event, "field": "event", "verdict": "accept", "who": ""}, "decide")):
        status, out = s.post("/api/" + path, what)
        test("a bad decision is refused: %s" % json.dumps(what)[-40:], status == 400 and out["error"], (status, out))
    d = sqlite3.connect(db, isolation_level=None)
    d.execute("BEGIN EXCLUSIVE")
    status, out = s.post("/api/decide", {"report": report, "event": event, "field": "event", "verdict": "reject", "who": "Ana"})
    d.execute("ROLLBACK")
    d.close()
    test("while another program writes, it says so", status == 503 and "locked" in out["error"], (status, out))
    decisions = s.get("/api/report/" + report)["decisions"]
    test("the report has its decisions", [d["verdict"] for d in decisions] == ["accept", "correct", "undo"] and decisions[1]["undone"], decisions)


def check_walls(s, db):
    before = one(db, "SELECT count(*) FROM decisions")
    body = json.dumps({"report": "r0000", "event": "v1", "field": "event", "verdict": "accept", "who": "x"})
    good = {"Content-Type": "application/json", "X-Dateline-Token": s.token()}
    for name, headers, want in (("without a token", {"Content-Type": "application/json"}, 403), ("with an old token", {**good, "X-Dateline-Token": "0" * 32}, 403), ("with a longer token", {**good, "X-Dateline-Token": s.token() + "0"}, 403),
                                ("as a form", {**good, "Content-Type": "application/x-www-form-urlencoded"}, 415), ("from a forged host", {**good, "Host": "evil.example"}, 403), ("from a host of that name", {**good, "Host": "127.0.0.1.evil.example:%d" % s.port}, 403), ("under another port", {**good, "Host": "127.0.0.1:1"}, 403)):
        status, _, out = s.ask("POST", "/api/decide", body, headers)
        test("a write %s is refused" % name, status == want, (status, out))
    for host in ("evil.example", "localhost", "localhost:%d" % (s.port + 1), "0.0.0.0:%d" % s.port, ""):
        status, _, _ = s.ask("GET", "/api/about", headers={"Host": host})
        test("a question under the host '%s' is refused" % host, status == 403, status)
    test("under the host localhost:PORT it is answered", s.ask("GET", "/api/about", headers={"Host": "localhost:%d" % s.port})[0] == 200)
    test("without a Host it is refused", " 200 " not in s.raw(b"GET /api/about HTTP/1.0\r\n\r\n"))
    for path in ("/../../etc/passwd", "/%2e%2e/%2e%2e/etc/passwd", "/..%2f..%2fetc/passwd", "//etc/passwd", "/app.js/../../etc/passwd", "/etc/passwd", "/r.db", "/.git/config", "/index.html", "/app.js/"):
        line = s.raw(("GET %s HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nConnection: close\r\n\r\n" % (path, s.port)).encode())
        test("%s is no address" % path, " 200 " not in line and " 30" not in line, line)
    for method in ("PUT", "DELETE", "PATCH", "TRACE", "OPTIONS", "CONNECT", "PROPFIND", "MKCOL"):
        line = s.raw(("%s /api/about HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Length: 0\r\nConnection: close\r\n\r\n" % (method, s.port)).encode())
        test("%s is refused" % method, " 2" not in line[8:11], line)
    test("GET of a write, POST of a question", s.ask("GET", "/api/decide")[0] == 405 and s.ask("POST", "/api/view", "{}", good)[0] == 405 and s.ask("POST", "/", "{}", good)[0] == 405)
    head = "POST /api/decide HTTP/1.1\r\nHost: 127.0.0.1:%d\r\nContent-Type: application/json\r\nX-Dateline-Token: %s\r\n" % (s.port, s.token())
    test("a POST of 1 GB is refused before it is read", " 413 " in s.raw((head + "Content-Length: 1073741824\r\n\r\n{").encode()))
    test("a POST without a length is refused", " 41" in s.raw((head + "Transfer-Encoding: chunked\r\n\r\n5\r\n{\"a\":\r\n").encode()))
    test("a POST cut short changes nothing", " 200 " not in s.raw((head + "Content-Length: 500\r\n\r\n{\"report\"").encode(), 1))
    for data in (b"\x00\xff" * 200, b"GET\r\n\r\n", b"GET / HTTP/9.9\r\n\r\n", b"GET / HTTP/1.1\r\nHost: " + b"x" * 20000 + b"\r\n\r\n", ("GET /" + "a" * 30000 + " HTTP/1.1\r\n\r\n").encode()):
        test("nonsense of %d bytes is survived" % len(data), " 200 " not in s.raw(data, 2))
    json_bombs = (b"[" * 60000, b'{"report":' * 3000, b'"' + b"\\u0000" * 5000 + b'"', b"nul", b"\xff\xfe{}", b"")
    test("JSON of another kind is refused", all(s.ask("POST", "/api/decide", x, good)[0] == 400 for x in json_bombs))
    test("nothing was written by all that", one(db, "SELECT count(*) FROM decisions") == before and s.get("/api/about")["reports"] == 300)


def check_headers(s):
    for path in ("/", "/app.js", "/app.css", "/world-110m.json", "/world-50m.json", "/LICENSES.txt", "/api/about", "/nothing"):
        status, h, out = s.ask("GET", path, headers={"Accept-Encoding": "deflate"})
        policy = h.get("content-security-policy", "")
        test("headers of " + path, "default-src 'none'" in policy and "unsafe" not in policy and "http" not in policy and h["x-content-type-options"] == "nosniff" and "access-control-allow-origin" not in h and "set-cookie" not in h, h)
        if h.get("content-encoding") == "deflate":
            plain = s.ask("GET", path)[2]
            test("packed %s is the same" % path, zlib.decompress(out) == plain and len(out) < len(plain))
    tag = s.ask("GET", "/app.js")[1]["etag"]
    test("what did not change is not sent again", s.ask("GET", "/app.js", headers={"If-None-Match": tag})[0] == 304)
    page = s.ask("GET", "/")[2].decode()
    test("the page asks no other host and has nothing inline", not re.search(r"""(src|href|action)=["']?(https?:)?//""", page) and "<style" not in page and not re.search(r"<script(?! src=\"/)", page) and " style=" not in page and " on" not in re.sub(r"<title>.*?</title>", "", page).replace(" on the", ""))
    first = sum(len(zlib.compress(s.ask("GET", p)[2], 9)) for p in ("/", "/app.js", "/app.css", "/world-110m.json"))
    test("the first load is under 160 kB", first < 160 * 1024, first)
    status, h, out = s.ask("HEAD", "/app.js")
    test("HEAD has no body", status == 200 and out == b"" and int(h["content-length"]) > 10000)


def check_starts(tmp, db):
    ro = Server(db, "--read-only")
    test("--read-only: nobody may decide", ro.token() == "" and ro.get("/api/about")["writable"] is False and ro.ask("POST", "/api/decide", "{}", {"Content-Type": "application/json", "X-Dateline-Token": ""})[0] == 403)
    taken = subprocess.run([DATELINE, "serve", db, "-p", str(ro.port)], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30)
    test("a port that is taken", taken.returncode == 4 and b"another program" in taken.stderr, taken.stderr)
    test("Ctrl-C ends it", ro.end() == 0)
    text = os.path.join(tmp, "text.db")
    open(text, "w").write("no database " * 20)
    foreign = os.path.join(tmp, "foreign.db")
    sqlite3.connect(foreign).execute("CREATE TABLE x(y)").connection.commit()
    for path in (text, foreign, os.path.join(tmp, "absent.db"), tmp):
        r = subprocess.run([DATELINE, "serve", path, "-p", "0"], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30)
        test("%s is refused" % os.path.basename(path), r.returncode == 4 and r.stderr and not r.stdout, (r.returncode, r.stderr))
    test("an absent database is not made", not os.path.exists(os.path.join(tmp, "absent.db")))
    for args in (("serve",), ("serve", db, "-p", "70000"), ("serve", db, "-p", "x")):
        r = subprocess.run([DATELINE, *args], stdout=subprocess.PIPE, stderr=subprocess.PIPE, timeout=30)
        test("%s is wrong use" % " ".join(args[2:] or ["nothing"]), r.returncode == 2, r.stderr)


def main():
    with tempfile.TemporaryDirectory(prefix="serve.") as tmp:
        db, jsonl = os.path.join(tmp, "r.db"), os.path.join(tmp, "r.jsonl")
        made.write(jsonl, 300, 3)
        subprocess.run([DATELINE, "code", "-o", db, jsonl], check=True)
        s = Server(db)
        if not s.port:
            if "without the page" in s.why:
                print("skip serve: this build has no page (civetweb was not there)")
                return False
            test("it starts", False, s.why)
            return True
        check_answers(s, db)
        check_review(s, db)
        check_walls(s, db)
        check_headers(s)
        subprocess.run([DATELINE, "code", "-o", db, os.path.join(os.environ["SOURCE"], "examples")], check=True)
        test("what another program stores is seen", s.get("/api/about")["reports"] == 308)
        test("it ends with 0", s.end() == 0)
        check_starts(tmp, db)
    return test.bad > 0


sys.exit(main())
