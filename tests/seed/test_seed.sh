# The first report, row by row, where it is at hand; and the variants of each row: a floor that may only rise (aim: 80).
"$BUILD/dateline-cases" tests/seed/rows.txt
for set in "first 91" "second 76" "third 83" "fourth 82" "fifth 77" "sixth 76" "seventh 77"; do
    read -r name floor <<<"$set"
    "$BUILD/dateline-cases" --rate "$floor" "$name variants" "tests/variants/$name"
done
