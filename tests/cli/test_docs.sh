#!/bin/bash
# What README.md and docs/ show is what happens: in a block that begins with ```console each line `$ COMMAND` is run from the top folder, and the lines behind it
# must be what it prints. A line `...` stands for any lines. A command without lines behind it must only end well. Commands that build or install are not run.
set -u
T=$(mktemp -d)
trap 'rm -rf "$T"' EXIT
ln -s "$DATELINE" "$T/dateline"
export PATH=$T:$PATH
# They run in a folder that looks like the top folder, so that what they write goes nowhere else.
mkdir "$T/top" && cd "$T/top" && ln -s "$SOURCE"/* . && rm -f demo.db* || exit 2

# The lines of $1 in $2, where a line `...` of $1 is any number of lines of $2.
shown() {
    awk 'NR == FNR { want[++n] = $0; next } { got[++m] = $0 }
         function fits(i, j) {
             if (i > n) return j > m
             if (want[i] == "...") return fits(i + 1, j) || (j <= m && fits(i, j + 1))
             return j <= m && want[i] == got[j] && fits(i + 1, j + 1)
         }
         END { exit !fits(1, 1) }' "$1" "$2"
}
try() {                                              # FILE LINE COMMAND, what is shown in $T/want
    case $3 in *make\ *|make|sudo\ *|git\ *|apt*|cd\ *) return ;; esac
    bash -c "$3" >"$T/got" 2>&1 </dev/null
    local status=$?
    for f in want got; do while [ -s "$T/$f" ] && [ -z "$(tail -n 1 "$T/$f")" ]; do sed -i '$d' "$T/$f"; done; done      # blank lines at the end count for nothing
    if [ -s "$T/want" ]; then
        if shown "$T/want" "$T/got"; then echo "ok docs: $1:$2 $3"; else echo "not ok docs: $1:$2 '$3' prints something else"; diff "$T/want" "$T/got" | head -12 | sed 's/^/    /'; fi
    elif [ $status = 0 ]; then echo "ok docs: $1:$2 $3"
    else echo "not ok docs: $1:$2 '$3' ends with $status: $(head -c 200 "$T/got")"; fi
}
document() {
    local line number=0 inside= command= at=0
    while IFS= read -r line; do
        number=$((number + 1))
        case $inside$line in
        '```console'*) inside=y ;;
        'y```'*) [ -z "$command" ] || try "$1" $at "$command"; inside= command= ;;
        'y$ '*) [ -z "$command" ] || try "$1" $at "$command"; command=${line#'$ '} at=$number; : >"$T/want" ;;
        y*) printf '%s\n' "$line" >>"$T/want" ;;
        esac
    done <"$1"
}

# The checker itself, first.
printf '```console\n$ printf "a\\\\nb\\\\nc\\\\n"\na\n...\nc\n$ true\n```\n' >"$T/right.md"
printf '```console\n$ echo a\nb\n$ false\n```\n' >"$T/wrong.md"
if [ "$(document "$T/right.md" | grep -c '^ok')" = 2 ] && [ "$(document "$T/wrong.md" | grep -c '^not ok')" = 2 ]; then echo 'ok docs: the checker'; else echo 'not ok docs: the checker'; fi
for file in README.md docs/*.md; do document "$file"; done
