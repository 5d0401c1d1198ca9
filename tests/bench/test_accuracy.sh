#!/bin/bash
# bench/accuracy on small gold files of our own: the shape of its last line, what is right at once when the questions are easy, and how it refuses. The scorers stand beside the
# checkout; where they do not, only the answers themselves are looked at.
set -u
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
G=$SOURCE/tests/bench/gold
export BUILD SHARED=${SHARED:-$SOURCE/../shared}
accuracy=$SOURCE/bench/accuracy
good() { echo "ok accuracy: $1"; }
bad() { echo "not ok accuracy: $1: $2"; }

# ---- answers: a line for each record that is answered, JSON, with the record's id and nothing of its gold

answered() {                                         # KIND GOLD LINES PATTERN
    "$BUILD/dateline-answer" "$1" --threads 2 <"$G/$2" >"$T/out" 2>"$T/err" || { bad "answers to $1" "$(head -c 200 "$T/err")"; return; }
    "$BUILD/dateline-answer" "$1" --threads 1 <"$G/$2" >"$T/one" 2>/dev/null
    cmp -s "$T/out" "$T/one" || { bad "answers to $1" 'others on one thread'; return; }
    [ "$(wc -l <"$T/out")" = "$3" ] && [ "$(grep -Ec "$4" "$T/out")" = "$3" ] && good "answers to $1" || bad "answers to $1" "$(head -c 300 "$T/out")"
}
record='^\{"id":"[^"]+",.*\}$'
answered probe probe.jsonl 3 "$record"
answered events probe.jsonl 3 "$record"
answered coref reports.jsonl 2 "$record"
answered noise reports.jsonl 2 "$record"
answered timex timex.jsonl 2 "$record"
answered quotes reports.jsonl 2 "$record"
answered status status.jsonl 2 "$record"
answered places-gold places.jsonl 1 "$record"
answered incidents reports.jsonl 2 "$record"
answered gvdb reports.jsonl 2 "$record"
answered names names.txt 2 '^[0-9]+	[0-9]+	(PER|ORG|LOC|MISC)$'
answered language-id languages.tsv 4 '^\{"n":[1-4],"language":"[a-z]+"\}$'
printf 'not JSON\n' | "$BUILD/dateline-answer" probe >"$T/out" 2>"$T/err"
[ $? = 1 ] && grep -q 'line 1 is no JSON object' "$T/err" && good 'a line that is no JSON' || bad 'a line that is no JSON' "$(head -c 200 "$T/err")"
"$BUILD/dateline-answer" nonsense </dev/null >/dev/null 2>"$T/err"
[ $? = 2 ] && grep -q 'kinds: ud names' "$T/err" && good 'answers to an unknown kind' || bad 'answers to an unknown kind' "$(head -c 200 "$T/err")"
# In capitals the answer to a given span is still about that span.
"$BUILD/dateline-answer" status --upper <"$G/status.jsonl" >"$T/out" 2>&1
grep -q '"start":' "$T/out" && good 'capitals keep the spans' || bad 'capitals keep the spans' "$(head -c 200 "$T/out")"

# ---- refusals

refused() {                                          # NAME CODE WHAT-IT-SAYS ARGUMENTS...
    local name=$1 code=$2 says=$3
    shift 3
    python3 "$accuracy" "$@" >"$T/out" 2>"$T/err"
    local rc=$?
    [ $rc = "$code" ] && grep -q -e "$says" "$T/err" && good "$name" || bad "$name" "exit code $rc: $(head -c 200 "$T/err")"
}
refused 'an unknown kind' 2 "no such kind: 'nonsense'" nonsense "$G/probe.jsonl"
refused 'a file that is missing' 2 'no such file' probe "$T/nowhere.jsonl"
refused 'a kind without gold' 2 'wants KIND and GOLD' probe
refused 'an unknown option' 2 "unknown option '--loud'" probe "$G/probe.jsonl" --loud
refused '--cv without a number' 2 "wants a number" probe "$G/probe.jsonl" --cv many
SHARED=$T refused 'no scorers' 1 'no scorers' probe "$G/probe.jsonl"
python3 "$accuracy" petrarch "$G/probe.jsonl" >"$T/out" 2>&1 && grep -q "^petrarch $G/probe.jsonl not yet meaningful: " "$T/out" && good 'a kind that is not yet meaningful' || bad 'a kind that is not yet meaningful' "$(cat "$T/out")"
if ! [ -d "$SHARED/eval" ]; then echo "skip accuracy: no scorers in $SHARED/eval"; exit 0; fi
refused '--cv on a file that nothing was trained on' 2 'were not trained on' ud "$G/trees.conllu" --cv 2

# ---- last lines: the kind, the gold as given, the keys in their order, one blank between

line() {                                             # KIND GOLD KEYS [PATTERN [OPTIONS...]]
    local kind=$1 gold=$2 keys=$3 pattern=${4:-.} want got
    shift 3; [ $# -gt 0 ] && shift
    python3 "$accuracy" "$kind" "$gold" "$@" >"$T/out" 2>"$T/err" || { bad "$kind ${gold##*/} $*" "$(tail -c 300 "$T/err")"; return; }
    got=$(tail -n 1 "$T/out")
    want="^$kind $gold"
    for key in $keys; do want+=" $key=(null|-?[0-9]+(\.[0-9]+)?)"; done
    [[ $got =~ $want$ && $got =~ $pattern ]] && good "$kind ${gold##*/} $*" || bad "$kind ${gold##*/} $*" "$got"
}
line ud "$G/trees.conllu" 'tokens sentences words upos lemma uas las' 'tokens=100.00 sentences=100.00 words=100.00'
line ud "$G/trees.conllu" 'tokens sentences words upos lemma uas las upper' 'tokens=100.00 .* upper=1' --upper
line names "$G/names.tsv" 'f1 untyped_f1 f1_per f1_org f1_loc' 'f1_loc=100.00'
line coref "$G/coref.jsonl" 'pronouns pronouns_p names conll muc b3 ceafe lea' 'pronouns=100.00'
line noise "$G/noise.jsonl" 'f1 exact' 'f1=100.00 exact=100.00'
line encoding "$G/encoding.jsonl" 'accuracy harm repair maps_ok' 'harm=0.00 .*maps_ok=100.00'
line language-id "$G/languages.tsv" 'accuracy_sentence accuracy_pair macro grouped' 'accuracy_sentence=100.00'
line relations "$G/relations.jsonl" 'macro_f1 accuracy quad_macro_f1 quad_accuracy' ' accuracy=100.00'
line events "$G/probe.jsonl" 'root_f1 full_actors_f1 plover_f1 exact' 'root_f1=[0-9]'
line actors "$G/actors.jsonl" 'sector country' 'sector=100.00 country=100.00'
line spans "$G/spans.jsonl" 'f1 exact_f1 source_f1 target_f1' 'f1=100.00'
line labels "$G/labels.jsonl" 'micro_f1 macro_f1' 'micro_f1=100.00'
line probe "$G/probe.jsonl" 'right right_n total detected false_asserted' 'right=100.00 right_n=3 total=3'
line timex "$G/timex.jsonl" 'strict relaxed value type' 'strict=100.00 relaxed=100.00 value=100.00'
line timex-cases "$G/timex-cases.jsonl" 'right loose span value' 'right=100.00'
line places "$G/places.jsonl" 'all161 resolved161 f1' 'all161=100.00'
line places-gold "$G/places.jsonl" 'all161 f1' 'all161=100.00 f1=100.00'
line quotes "$G/quotes.jsonl" 'attribution_f1 source cue content direct direct_source' 'attribution_f1=100.00 .*content=100.00'
line status "$G/status.jsonl" 'accuracy macro_f1 false_asserted' 'accuracy=100.00'
line factuality "$G/factuality.jsonl" 'mae r' 'mae=0'
line factuality "$G/clauses.jsonl" 'mae r' 'mae=0'
line negation "$G/negation.jsonl" 'cue scope scope_exact' 'cue=100.00 scope=100.00'
line quantities "$G/quantities.jsonl" 'value unit' 'value=100.00 unit=100.00'
line number-cases "$G/number-cases.jsonl" 'right right_exact right_unit' 'right=100.00'
line incidents "$G/muc.jsonl" 'ree gtt rme muc' 'gtt=[1-9]'
line m2e2 "$G/m2e2.jsonl" 'trigger argument argument_head' 'trigger=100.00'
line gvdb "$G/gvdb.jsonl" 'exact near victims killed' 'victims=100.00 killed=100.00'
line case "$G/case.jsonl" 'accuracy macro_f1 weighted_f1' 'accuracy=100.00'
python3 "$accuracy" probe "$G/probe.jsonl" --json 2>&1 | tail -n 1 | grep -q '^{"kind": "probe", "gold": ".*", "right": 100.0, "right_n": 3, "total": 3, .*}$' && good '--json' || bad '--json' 'no such last line'

# ---- packed gold is unpacked

gzip -c "$G/probe.jsonl" >"$T/probe.jsonl.gz" && line probe "$T/probe.jsonl.gz" 'right right_n total detected false_asserted' 'right=100.00'
python3 -c 'import lzma,sys; sys.stdout.buffer.write(lzma.compress(sys.stdin.buffer.read()))' <"$G/probe.jsonl" >"$T/probe.jsonl.xz" && line probe "$T/probe.jsonl.xz" 'right right_n total detected false_asserted' 'right=100.00'
if command -v zstd >/dev/null; then zstd -qc "$G/probe.jsonl" >"$T/probe.jsonl.zst" && line probe "$T/probe.jsonl.zst" 'right right_n total detected false_asserted' 'right=100.00'; fi
