# The first report, row by row, where it is at hand; and the variants of each row: a floor that may only rise (aim: 80).
"$BUILD/dateline-cases" tests/seed/rows.txt
"$BUILD/dateline-cases" --rate 77 variants tests/variants
