# The first report, row by row, where it is at hand; and the variants of each row: at least four fifths right.
"$BUILD/dateline-cases" tests/seed/rows.txt
"$BUILD/dateline-cases" --rate 80 variants tests/variants
