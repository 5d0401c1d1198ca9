/* store_migrate.c - stores of older versions made new. One step a version, all of them within one transaction: a file becomes a whole new one or stays as it was.
 *
 *   0 -> 1  facts flat, full text, places, runs and versions, decisions, tombstones; who is private. Records and bytes of reports stored before are not there to be kept: their versions begin with the next coding.
 */
#include "record/store.h"

/* Offices are known to the codebook, which is not asked here: who has a name is private until the report is coded again. Minors and victims of sexual violence are told by the tables (privacy.c). */
static const char who_is_private[] =
    "UPDATE entities AS n SET private = CASE WHEN kind <> 'person' OR NOT EXISTS (SELECT 1 FROM mentions m WHERE m.report = n.report AND m.entity = n.entity AND m.kind = 'name') THEN 0 "
    "WHEN age < 18 OR EXISTS (SELECT 1 FROM slots s JOIN events e USING (report, event) WHERE s.report = n.report AND s.entity = n.entity AND s.role IN ('recipient', 'object') AND e.mode = 'sexual') THEN 2 "
    "ELSE 1 END";

/* Keys of bands were longer; there were no traces, and without them all that share a band are compared. */
static const char old_prints[] = "ALTER TABLE prints RENAME TO old_prints; DROP INDEX prints_address; DROP INDEX prints_body; ALTER TABLE bands RENAME TO old_bands; DROP INDEX bands_key";
static const char new_prints[] =
    "INSERT INTO prints SELECT report, address, body, words, day, NULL, (SELECT json_group_array(key & 4294967295) FROM old_bands b WHERE b.report = p.report) FROM old_prints p;"
    "INSERT OR IGNORE INTO bands SELECT key & 4294967295, report FROM old_bands; DROP TABLE old_bands; DROP TABLE old_prints";

/* Facts, words and places of every report. */
static bool fill(dl_db *d)
{
    dl_stmt *reports = dl_db_prepare(d, "SELECT report FROM reports ORDER BY report"), *facts = dl_db_prepare(d, dl_store_facts);
    while (dl_stmt_next(d, reports)) dl_stmt_int(facts, 1, dl_col_int(reports, 0)), dl_stmt_run(d, facts);
    dl_stmt_free(reports), dl_stmt_free(facts);
    return dl_db_run(d, "INSERT INTO fact_places SELECT fact, lat, lat, lon, lon FROM facts WHERE lat IS NOT NULL; INSERT INTO fact_words(fact_words) VALUES('rebuild'); INSERT INTO report_words(report_words) VALUES('rebuild')");
}

static bool from_0(dl_db *d)
{
    return dl_db_run(d, "DROP VIEW event; DROP VIEW report; DROP VIEW incident; ALTER TABLE entities ADD COLUMN private INTEGER NOT NULL DEFAULT 0") && dl_db_run(d, who_is_private)
        && dl_db_run(d, old_prints) && dl_db_run(d, dl_store_tables_1) && dl_db_run(d, new_prints) && dl_db_run(d, dl_store_views) && fill(d);
}

bool dl_store_migrate(dl_db *d, int64_t version) { return version != 0 || from_0(d); }
