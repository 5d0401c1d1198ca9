/* store_views.c - how the tables are looked at: a row an event, a report, an incident, flat enough for a spreadsheet; and the row of `facts`, which is made of the tables of the machine.
 *
 * Names of the roles: who did it, to whom, and what else it was about.
 */
#include "record/store.h"

#define OF(role, what) "group_concat(" what ", '; ') FILTER (WHERE s.role = '" role "')"

/* Rows of a report's facts as the machine has them; one walk over its slots. Nothing else is written after a failure: OR FAIL saves the savepoint. */
const char dl_store_facts[] =
    "INSERT OR FAIL INTO facts SELECT e.report * 1048576 + e.event, e.report, e.event, e.main, e.background, e.type, e.mode, e.cameo, e.quad, e.goldstein, e.status, e.stage, e.certainty, e.confidence, "
    "e.edtf, e.earliest, e.latest, p.name, p.country, p.lat, p.lon, x.who, x.who_code, x.whom, x.whom_code, x.what, "
    "c.low, c.high, c.measures, (SELECT group_concat(words, ' > ') FROM event_says s WHERE s.report = e.report AND s.event = e.event), e.key, NULL "
    "FROM events e LEFT JOIN places p ON p.report = e.report AND p.place = e.place "
    "LEFT JOIN event_counts ec ON ec.report = e.report AND ec.event = e.event AND ec.rank = 1 LEFT JOIN counts c ON c.report = ec.report AND c.count = ec.count "
    "LEFT JOIN (SELECT s.event, " OF("actor", "s.words") " AS who, " OF("actor", "n.code") " AS who_code, " OF("recipient", "s.words") " AS whom, " OF("recipient", "n.code") " AS whom_code, "
    OF("object", "s.words") " AS what FROM slots s LEFT JOIN entities n ON n.report = s.report AND n.entity = s.entity WHERE s.report = ?1 GROUP BY s.event) x ON x.event = e.event "
    "WHERE e.report = ?1 AND (?2 IS NULL OR e.event = ?2)";

#define TOLL(measure) "(SELECT low FROM incident_counts c WHERE c.report = i.report AND c.incident = i.incident AND c.measure = '" measure "') AS " measure
#define PARTIES(role) "(SELECT group_concat(name, '; ') FROM (SELECT n.name FROM incident_parties y JOIN entities n USING (report, entity) WHERE y.report = i.report AND y.incident = i.incident AND y.role = '" role "' ORDER BY rank))"

const char dl_store_views[] =
    "CREATE VIEW report AS -- a row a report; witness: those of one witness have the same\n"
    "SELECT r.id AS report, r.source, r.url, r.title, r.published, r.language, f.id AS witness, coalesce(c.kind, 'first') AS kind,\n"
    "  (SELECT count(*) FROM copies o WHERE o.first = r.report AND o.kind = 'copy') AS copies,\n"
    "  (SELECT count(*) FROM copies o WHERE o.first = r.report AND o.kind = 'revision') AS revisions,\n"
    "  (SELECT count(*) FROM events e WHERE e.report = r.report AND e.main) AS events, r.report AS number\n"
    "FROM reports r LEFT JOIN copies c ON c.report = r.report JOIN reports f ON f.report = coalesce(c.first, r.report);\n"

    "CREATE VIEW event AS -- a row an event, for a spreadsheet; as people corrected it\n"
    "SELECT r.id AS report, r.source, r.published, a.date, a.earliest, a.latest,\n"
    "  a.place, a.country, a.lat, a.lon,\n"
    "  a.type, a.mode, a.cameo, a.quad, a.goldstein,\n"
    "  a.who, a.who_code, a.whom, a.whom_code, a.what, a.low, a.high,\n"
    "  a.status, a.stage, a.certainty, a.says,\n"
    "  a.main, a.background, e.words, t.words AS sentence, e.begin, e.end, e.rule, 'v' || e.event AS event, a.key,\n"
    "  (SELECT f.id FROM copies y JOIN reports f ON f.report = y.first WHERE y.report = e.report) AS copy_of, a.confidence, a.review\n"
    "FROM facts a JOIN events e USING (report, event) JOIN reports r ON r.report = e.report JOIN sentences t ON t.report = e.report AND t.sentence = e.sentence;\n"

    "CREATE VIEW incident AS -- a row an incident; killed, wounded and arrested are the lowest numbers told\n"
    "SELECT r.id AS report, r.source, r.published, i.kind, i.edtf AS date, i.earliest, i.latest, p.name AS place, p.country, p.lat, p.lon,\n"
    "  " PARTIES("perpetrator") " AS perpetrators,\n"
    "  " PARTIES("victim") " AS victims,\n"
    "  " TOLL("killed") ",\n  " TOLL("wounded") ",\n  " TOLL("arrested") ",\n"
    "  i.stage, i.certainty,\n"
    "  (SELECT count(*) FROM incident_events v WHERE v.report = i.report AND v.incident = i.incident) AS mentions, 'i' || i.incident AS incident\n"
    "FROM incidents i JOIN reports r ON r.report = i.report LEFT JOIN places p ON p.report = i.report AND p.place = i.place;\n"

    "CREATE VIEW dyad AS -- who did how much to whom: main events told as having happened, nothing that was rejected, copies left out\n"
    "SELECT who_code AS who, whom_code AS whom, substr(earliest, 1, 7) AS month, quad, count(*) AS events, avg(goldstein) AS goldstein\n"
    "FROM facts WHERE main AND status IN ('asserted', 'reported') AND who_code IS NOT NULL AND whom_code IS NOT NULL AND review IS NOT 'rejected'\n"
    "  AND report NOT IN (SELECT report FROM copies WHERE kind = 'copy')\n"
    "GROUP BY 1, 2, 3, 4;\n";
