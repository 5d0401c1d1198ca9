#!/usr/bin/env python3
"""The minimal pairs on factuality: is the event coded, and with the right status?

usage: bench/probe.py DATELINE GOLD SCORER
A threatened deed is left out: CAMEO codes the threat alone.
Codes every sentence of GOLD (JSON Lines with id, date, text) and gives code and status of its main events to SCORER (shared/eval/score_probe.py).
"""
import json
import subprocess
import sys
import tempfile


def main():
    program, gold, scorer = sys.argv[1:4]
    rows = [json.loads(x) for x in open(gold, encoding="utf-8")]
    given = "".join(json.dumps({"id": r["id"], "date": r.get("date"), "text": r["text"]}) + "\n" for r in rows)
    out = subprocess.run([program, "code", "-f", "jsonl", "-"], input=given.encode(), stdout=subprocess.PIPE, check=True).stdout
    with tempfile.NamedTemporaryFile("w", suffix=".jsonl") as f:
        for line in out.decode().splitlines():
            r = json.loads(line)
            events = [{"code": e["cameo"], "status": e["status"]} for e in r["events"] if e["main"] and e["cameo"] and e["stage"] != "threatened"]
            f.write(json.dumps({"id": r["report"]["id"], "events": events}) + "\n")
        f.flush()
        subprocess.run([sys.executable, scorer, gold, f.name], check=True)


if __name__ == "__main__":
    main()
