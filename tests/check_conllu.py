#!/usr/bin/env python3
"""usage: check_conllu.py FILE...     Is a file valid CoNLL-U, as Universal Dependencies define it (level 2: without their language lists)?

Ten columns; words numbered from 1; ranges before their words; heads that exist; one root a sentence; a tree; sent_id that are unique; and a `# text` that the words
spell with SpaceAfter. Prints `N documents, N sentences, N words` or what is wrong, with its line.
"""
import re
import sys

UPOS = set("ADJ ADP ADV AUX CCONJ DET INTJ NOUN NUM PART PRON PROPN PUNCT SCONJ SYM VERB X".split())
DEPREL = re.compile(r"[a-z]+(:[a-z]+)?$")


class Bad(Exception):
    pass


def expect(ok, line, what):
    if not ok:
        raise Bad("line %d: %s" % (line, what))


def tree(heads, line):
    for i in heads:
        seen = set()
        while i:
            expect(i not in seen, line, "words in a circle")
            seen.add(i)
            i = heads[i]


def sentence(lines, first, ids):
    """-> words; lines of one sentence, the number of its first line"""
    told, spelt, heads, behind, number, upto, docs = {}, "", {}, first, 0, 0, 0
    for at, line in enumerate(lines, first):
        behind = at
        if line.startswith("#"):
            expect(number == 0, at, "a comment among the words")
            key, _, value = line[1:].partition("=")
            told[key.strip()] = value[1:] if value.startswith(" ") else value
            docs += key.strip().startswith("newdoc")
            continue
        c = line.split("\t")
        expect(len(c) == 10, at, "%d columns" % len(c))
        expect(all(x and x == x.strip(" ") for x in c), at, "an empty column, or blanks at its ends")
        after = "" if "SpaceAfter=No" in c[9].split("|") else " "
        if "-" in c[0]:
            b, e = map(int, c[0].split("-"))
            expect(b == number + 1 and e > b and b > upto, at, "a range that is none: %s" % c[0])
            expect(c[2:9] == ["_"] * 7, at, "a range with more than its form")
            upto = e
            spelt += c[1] + after
            continue
        number += 1
        expect(c[0] == str(number), at, "word %s, expected %d" % (c[0], number))
        expect(c[3] in UPOS, at, "no such UPOS: %s" % c[3])
        expect(c[6].isdigit() and c[6] != c[0], at, "no head: %s" % c[6])
        expect(DEPREL.match(c[7]) and (c[7] == "root") == (c[6] == "0"), at, "relation %s with head %s" % (c[7], c[6]))
        heads[number] = int(c[6])
        if number > upto:
            spelt += c[1] + after
        else:
            expect(c[9] == "_" or "SpaceAfter" not in c[9], at, "SpaceAfter inside a range")
    expect(number > 0, first, "a sentence without words")
    expect(upto <= number, behind, "a range that goes beyond the sentence")
    expect(all(h <= number for h in heads.values()), behind, "a head that does not exist")
    expect(sum(h == 0 for h in heads.values()) == 1, behind, "not one root")
    tree(heads, behind)
    expect(told.get("sent_id"), first, "no sent_id")
    expect(told["sent_id"] not in ids, first, "sent_id twice: %s" % told["sent_id"])
    ids.add(told["sent_id"])
    expect(told.get("text") is not None, first, "no text")
    expect(spelt.rstrip(" ") == told["text"], first, "the words spell %r, not the text %r" % (spelt.rstrip(" "), told["text"]))
    return number, docs


def check(text):
    ids, docs, sentences, words = set(), 0, 0, 0
    expect(text == "" or text.endswith("\n\n"), text.count("\n"), "the last sentence does not end in an empty line")
    lines, first = [], 1
    for at, line in enumerate(text.split("\n")[:-1], 1):
        if line:
            lines.append(line)
            continue
        expect(lines, at, "an empty line too many")
        n, d = sentence(lines, first, ids)
        sentences, words, docs = sentences + 1, words + n, docs + d
        lines, first = [], at + 1
    return docs, sentences, words


def main():
    for path in sys.argv[1:]:
        with open(path, encoding="utf-8", newline="") as f:
            try:
                print("%d documents, %d sentences, %d words" % check(f.read()))
            except Bad as e:
                print("%s: %s" % (path, e))
                return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
