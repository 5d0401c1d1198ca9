# dateline from R, over a database that `dateline code -o FILE.db` wrote: a table, a series by month, dyads.
#   Rscript example.R FILE.db        needs the packages DBI and RSQLite
library(DBI)
db <- dbConnect(RSQLite::SQLite(), commandArgs(trailingOnly = TRUE)[1], flags = RSQLite::SQLITE_RO)
events <- dbReadTable(db, "event")
happened <- subset(events, main == 1 & status %in% c("asserted", "reported") & is.na(copy_of))
print(sort(table(happened$type), decreasing = TRUE))
print(aggregate(list(events = happened$key), list(month = substr(happened$earliest, 1, 7)), length))
print(dbGetQuery(db, "SELECT who, whom, sum(events) AS events, round(avg(goldstein), 1) AS goldstein FROM dyad GROUP BY 1, 2 ORDER BY 3 DESC LIMIT 10"))
# Spans count bytes: cut them out of the text as raw.
report <- dbGetQuery(db, "SELECT text FROM reports WHERE id = (SELECT report FROM event LIMIT 1)")$text
first <- events[1, ]
stopifnot(rawToChar(charToRaw(enc2utf8(report))[(first$begin + 1):first$end]) == first$words)
dbDisconnect(db)
