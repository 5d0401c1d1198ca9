# The first report, row by row, where it is at hand; and the variants of each row: a floor that may only rise (aim: 80).
"$BUILD/dateline-cases" tests/seed/rows.txt
for set in "first 91" "second 71" "third 73" "fourth 74" "fifth 74"; do
    read -r name floor <<<"$set"
    "$BUILD/dateline-cases" --rate "$floor" "$name variants" "tests/variants/$name"
done
