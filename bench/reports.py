#!/usr/bin/env python3
"""usage: bench/reports.py N FILE [WORDS]. Writes N reports of WORDS words (110 without it) cut from examples/*.txt as JSON Lines, the same each time, so that no corpus is needed.
Prints how many there are and how long."""
import glob
import json
import re
import sys


def main():
    n, path, length = int(sys.argv[1]), sys.argv[2], int(sys.argv[3]) if len(sys.argv) > 3 else 110
    parts = []
    for name in sorted(glob.glob("examples/*.txt")):
        words = re.sub(r"\s+", " ", open(name, encoding="utf-8").read()).split(" ")
        parts += [" ".join(words[i:i + length]) for i in range(0, len(words) - length * 6 // 11, length)]
    with open(path, "w", encoding="utf-8") as f:
        for i in range(n):
            f.write(json.dumps({"id": str(i), "date": "2015-01-26", "text": parts[i % len(parts)]}) + "\n")
    print("reports %d, words each %.0f" % (n, sum(len(p.split(" ")) for p in parts) / len(parts)))


main()
