/* store_schema.c - the tables of a store. What stands here stands in the file too, comments and all: `SELECT sql FROM sqlite_schema`.
 *
 * Every fact is keyed by (report, its number in the report), so that facts of one report lie together, are read, written and deleted together, and join by two
 * columns of the same name: events JOIN slots USING (report, event). Numbers are those of the record's ids: event 3 is "v3". Where a fact has a span, `words` are
 * the bytes [begin, end) of reports.text; they are stored, since cutting bytes out of a text is what tools of tables are worst at.
 */
#include "record/store.h"

#define FACT "  report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE,\n"
#define SPAN "  begin INTEGER NOT NULL, end INTEGER NOT NULL, words TEXT NOT NULL,\n"
#define DONE ") STRICT, WITHOUT ROWID;\n"
#define OF(table, column) ", FOREIGN KEY (report, " #column ") REFERENCES " #table
#define SAYS(table, fact) "CREATE TABLE " #fact "_says(\n" FACT \
    "  " #fact " INTEGER NOT NULL, rank INTEGER NOT NULL, -- 1: outermost\n" \
    "  entity INTEGER, -- NULL: nobody named\n" SPAN \
    "  PRIMARY KEY (report, " #fact ", rank)" OF(table, fact) OF(entities, entity) "\n" DONE

const char dl_store_schema[] =
    "CREATE TABLE coders(\n"
    "  coder INTEGER PRIMARY KEY,\n"
    "  version TEXT NOT NULL, codebook TEXT NOT NULL, model TEXT NOT NULL, gazetteer TEXT NOT NULL, options TEXT NOT NULL -- what is needed to make the record again\n"
    ") STRICT;\n"

    "CREATE TABLE reports(\n"
    "  report INTEGER PRIMARY KEY, -- by order of arrival\n"
    "  id TEXT NOT NULL UNIQUE,\n"
    "  source TEXT, url TEXT, title TEXT, byline TEXT,\n"
    "  published TEXT, -- YYYY-MM-DD\n"
    "  language TEXT NOT NULL,\n"
    "  dateline_place TEXT, dateline_day TEXT, dateline_agency TEXT,\n"
    "  coded INTEGER NOT NULL, -- 0: empty, binary, too long: see warnings\n"
    "  coder INTEGER NOT NULL REFERENCES coders,\n"
    "  record TEXT NOT NULL, -- a hash of the whole record: equal for equal records\n"
    "  sha256 TEXT NOT NULL, -- of the original bytes\n"
    "  text TEXT NOT NULL, -- UTF-8; every begin and end counts its bytes\n"
    "  source_map TEXT NOT NULL -- JSON [[text_begin,text_end,original_begin,original_end],...]\n"
    ") STRICT;\n"

    "CREATE TABLE warnings(\n" FACT
    "  warning INTEGER NOT NULL, words TEXT NOT NULL,\n"
    "  PRIMARY KEY (report, warning)\n" DONE

    "CREATE TABLE parts(\n" FACT
    "  part INTEGER NOT NULL, begin INTEGER NOT NULL, end INTEGER NOT NULL, -- they tile the text\n"
    "  kind TEXT NOT NULL, language TEXT NOT NULL, coded INTEGER NOT NULL, why TEXT,\n"
    "  PRIMARY KEY (report, part)\n" DONE

    "CREATE TABLE sentences(\n" FACT
    "  sentence INTEGER NOT NULL, -- from 0, as in the record\n" SPAN
    "  PRIMARY KEY (report, sentence)\n" DONE

    "CREATE TABLE entities(\n" FACT
    "  entity INTEGER NOT NULL,\n"
    "  kind TEXT NOT NULL, -- person group government organisation force population facility weapon other\n"
    "  name TEXT NOT NULL,\n"
    "  country TEXT, -- ISO 3166 alpha-3\n"
    "  sectors TEXT, -- blanks between\n"
    "  code TEXT, -- country and sectors as in CAMEO and PLOVER: BELCOP\n"
    "  role TEXT, role_begin INTEGER, role_end INTEGER, -- words of an office\n"
    "  age INTEGER, age_begin INTEGER, age_end INTEGER,\n"
    "  PRIMARY KEY (report, entity)\n" DONE

    "CREATE TABLE mentions(\n" FACT
    "  entity INTEGER NOT NULL, mention INTEGER NOT NULL,\n" SPAN
    "  kind TEXT NOT NULL, -- name nominal pronoun\n"
    "  PRIMARY KEY (report, entity, mention)" OF(entities, entity) "\n" DONE

    "CREATE TABLE places(\n" FACT
    "  place INTEGER NOT NULL,\n" SPAN
    "  name TEXT NOT NULL,\n"
    "  geonames INTEGER,\n"
    "  country TEXT, -- ISO 3166 alpha-2\n"
    "  admin1 TEXT, admin2 TEXT,\n"
    "  lat REAL, lon REAL, -- degrees\n"
    "  class TEXT, -- GeoNames feature code\n"
    "  confidence INTEGER NOT NULL, -- thousandths\n"
    "  use TEXT NOT NULL, -- place actor demonym\n"
    "  why TEXT, -- why this bearer of the name\n"
    "  PRIMARY KEY (report, place)\n" DONE

    "CREATE TABLE times(\n" FACT
    "  time INTEGER NOT NULL,\n" SPAN
    "  type TEXT NOT NULL, -- DATE TIME DURATION SET\n"
    "  value TEXT, mod TEXT, -- TIMEX3\n"
    "  edtf TEXT, earliest TEXT, latest TEXT, -- inclusive days\n"
    "  grain TEXT, anchor TEXT,\n"
    "  PRIMARY KEY (report, time)\n" DONE

    "CREATE TABLE counts(\n" FACT
    "  count INTEGER NOT NULL,\n" SPAN
    "  low REAL, high REAL, -- NULL: open\n"
    "  approximate INTEGER NOT NULL,\n"
    "  entity INTEGER, of TEXT, -- the thing counted: an entity, or words\n"
    "  out_of INTEGER, -- the count of the whole\n"
    "  unit TEXT,\n"
    "  measures TEXT, -- killed wounded arrested abducted displaced ...\n"
    "  PRIMARY KEY (report, count)" OF(entities, entity) OF(counts, out_of) "\n" DONE
    SAYS(counts, count)

    "CREATE TABLE quotations(\n" FACT
    "  quotation INTEGER NOT NULL,\n"
    "  form TEXT NOT NULL, -- direct indirect mixed\n"
    "  speaker INTEGER, -- an entity\n"
    "  carried INTEGER NOT NULL, -- no cue: the same speaker as before\n"
    "  inside INTEGER, -- the quotation it is nested in\n"
    "  source_begin INTEGER, source_end INTEGER, source TEXT,\n"
    "  cue_begin INTEGER, cue_end INTEGER, cue TEXT,\n"
    "  PRIMARY KEY (report, quotation)" OF(entities, speaker) OF(quotations, inside) "\n" DONE

    "CREATE TABLE quotation_pieces(\n" FACT
    "  quotation INTEGER NOT NULL, piece INTEGER NOT NULL,\n" SPAN
    "  PRIMARY KEY (report, quotation, piece)" OF(quotations, quotation) "\n" DONE

    "CREATE TABLE events(\n" FACT
    "  event INTEGER NOT NULL,\n"
    "  key TEXT NOT NULL, -- hash of report and words, without the code: the same after a re-coding\n"
    "  sentence INTEGER NOT NULL,\n" SPAN
    "  type TEXT NOT NULL, -- the deed\n"
    "  plover TEXT, mode TEXT, context TEXT, -- PLOVER event, mode, contexts (blanks between)\n"
    "  cameo TEXT, quad INTEGER, goldstein REAL,\n"
    "  legal TEXT, -- arrested charged on_trial convicted acquitted appealed sentenced\n"
    "  place INTEGER, time INTEGER,\n"
    "  edtf TEXT, earliest TEXT, latest TEXT, time_by TEXT NOT NULL, -- text narrative after:v1 same:v1 default:report-date unknown\n"
    "  stage TEXT NOT NULL, certainty TEXT NOT NULL, status TEXT NOT NULL,\n"
    "  background INTEGER NOT NULL, confidence INTEGER NOT NULL,\n"
    "  rule TEXT NOT NULL, -- the entry of the codebook that read it\n"
    "  main INTEGER NOT NULL, -- 0: told again, not to be counted\n"
    "  PRIMARY KEY (report, event)" OF(sentences, sentence) OF(places, place) OF(times, time) "\n" DONE
    SAYS(events, event)

    "CREATE TABLE event_counts(\n" FACT
    "  event INTEGER NOT NULL,\n"
    "  rank INTEGER NOT NULL, -- 1: the event's own number, the others are parts or versions of it\n"
    "  count INTEGER NOT NULL,\n"
    "  PRIMARY KEY (report, event, rank)" OF(events, event) OF(counts, count) "\n" DONE

    "CREATE TABLE same_as(\n" FACT
    "  event INTEGER NOT NULL, rank INTEGER NOT NULL, earlier INTEGER NOT NULL,\n"
    "  PRIMARY KEY (report, event, rank)" OF(events, event) OF(events, earlier) "\n" DONE

    "CREATE TABLE slots(\n" FACT
    "  event INTEGER NOT NULL, slot INTEGER NOT NULL,\n"
    "  role TEXT NOT NULL, -- actor recipient object instrument origin destination beneficiary foiled_by about\n" SPAN
    "  entity INTEGER, place INTEGER, other_event INTEGER, -- at most one of them\n"
    "  PRIMARY KEY (report, event, slot)" OF(events, event) OF(entities, entity) OF(places, place) OF(events, other_event) "\n" DONE

    "CREATE TABLE reasons(\n" FACT
    "  event INTEGER NOT NULL, reason INTEGER NOT NULL,\n"
    "  words TEXT NOT NULL, -- one step on the way to its stage and certainty\n"
    "  PRIMARY KEY (report, event, reason)" OF(events, event) "\n" DONE

    "CREATE TABLE incidents(\n" FACT
    "  incident INTEGER NOT NULL,\n"
    "  kind TEXT NOT NULL, -- attack raid arrest clash protest trial ...\n"
    "  place INTEGER, time INTEGER, edtf TEXT, earliest TEXT, latest TEXT, time_by TEXT NOT NULL,\n"
    "  stage TEXT NOT NULL,\n"
    "  certainty TEXT NOT NULL, -- also: disputed\n"
    "  PRIMARY KEY (report, incident)" OF(places, place) OF(times, time) "\n" DONE

    "CREATE TABLE incident_events(\n" FACT
    "  incident INTEGER NOT NULL, rank INTEGER NOT NULL, event INTEGER NOT NULL,\n"
    "  PRIMARY KEY (report, incident, rank)" OF(incidents, incident) OF(events, event) "\n" DONE

    "CREATE TABLE incident_parties(\n" FACT
    "  incident INTEGER NOT NULL,\n"
    "  role TEXT NOT NULL, -- perpetrator suspect victim target instrument\n"
    "  rank INTEGER NOT NULL, entity INTEGER NOT NULL,\n"
    "  PRIMARY KEY (report, incident, role, rank)" OF(incidents, incident) OF(entities, entity) "\n" DONE

    "CREATE TABLE incident_counts(\n" FACT
    "  incident INTEGER NOT NULL, measure TEXT NOT NULL,\n"
    "  rank INTEGER NOT NULL,\n"
    "  low REAL, high REAL,\n"
    "  PRIMARY KEY (report, incident, measure)" OF(incidents, incident) "\n" DONE

    "CREATE TABLE incident_versions(\n" FACT
    "  incident INTEGER NOT NULL, measure TEXT NOT NULL, version INTEGER NOT NULL,\n"
    "  low REAL, high REAL,\n"
    "  entity INTEGER, -- who says so; NULL: the report itself\n"
    "  PRIMARY KEY (report, incident, measure, version)" OF(incidents, incident) OF(entities, entity) "\n" DONE
    SAYS(incidents, incident)

    "CREATE TABLE links(\n" FACT
    "  link INTEGER NOT NULL,\n" SPAN
    "  relation TEXT NOT NULL, -- leader_of member_of spokesman_of part_of based_in ...\n"
    "  certainty TEXT NOT NULL,\n"
    "  a_entity INTEGER, a_place INTEGER, a_event INTEGER, -- one of them\n"
    "  b_entity INTEGER, b_place INTEGER, b_event INTEGER, -- one of them\n"
    "  PRIMARY KEY (report, link)" OF(entities, a_entity) OF(places, a_place) OF(events, a_event) OF(entities, b_entity) OF(places, b_place) OF(events, b_event) "\n" DONE
    SAYS(links, link)

    /* ---- which reports are one witness ---- */
    "CREATE TABLE prints(\n" FACT
    "  address INTEGER, -- a hash of url without what tracks readers; NULL: none\n"
    "  body INTEGER NOT NULL, words INTEGER NOT NULL, -- a hash of the story's words, and how many\n"
    "  day INTEGER, -- published\n"
    "  PRIMARY KEY (report)\n" DONE
    "CREATE INDEX prints_address ON prints(address) WHERE address IS NOT NULL;\n"
    "CREATE INDEX prints_body ON prints(body);\n"

    "CREATE TABLE bands(\n" FACT
    "  band INTEGER NOT NULL, key INTEGER NOT NULL, -- reports that share one may be copies\n"
    "  PRIMARY KEY (report, band)\n" DONE
    "CREATE INDEX bands_key ON bands(key);\n"

    "CREATE TABLE copies( -- reports that are no witness of their own\n" FACT
    "  first INTEGER NOT NULL, -- the report that came first of all that are one witness\n"
    "  earlier INTEGER NOT NULL, -- the one it was compared with\n"
    "  kind TEXT NOT NULL, -- copy; revision: a number has changed, or the address has another text\n"
    "  how TEXT NOT NULL, -- address words runs\n"
    "  share INTEGER NOT NULL, -- thousandths of the shorter one that stand in the other\n"
    "  was TEXT, now TEXT, begin INTEGER, end INTEGER, -- of a revision: the first number that changed, in the earlier one and here\n"
    "  PRIMARY KEY (report)\n" DONE
    "CREATE INDEX copies_first ON copies(first);\n"

    /* ---- views ---- */
    "CREATE VIEW report AS -- a row a report; witness: those of one witness have the same\n"
    "SELECT r.id AS report, r.source, r.url, r.title, r.published, r.language, f.id AS witness, coalesce(c.kind, 'first') AS kind,\n"
    "  (SELECT count(*) FROM copies o WHERE o.first = r.report AND o.kind = 'copy') AS copies,\n"
    "  (SELECT count(*) FROM copies o WHERE o.first = r.report AND o.kind = 'revision') AS revisions,\n"
    "  (SELECT count(*) FROM events e WHERE e.report = r.report AND e.main) AS events\n"
    "FROM reports r LEFT JOIN copies c ON c.report = r.report JOIN reports f ON f.report = coalesce(c.first, r.report);\n"
#define WORDS(role) "(SELECT group_concat(words, '; ') FROM (SELECT words FROM slots s WHERE s.report = e.report AND s.event = e.event AND s.role = '" role "' ORDER BY slot))"
#define CODES(role) "(SELECT group_concat(code, '; ') FROM (SELECT n.code FROM slots s JOIN entities n USING (report, entity) WHERE s.report = e.report AND s.event = e.event AND s.role = '" role "' ORDER BY slot))"
    "CREATE VIEW event AS -- a row an event, for a spreadsheet\n"
    "SELECT r.id AS report, r.source, r.published, e.edtf AS date, e.earliest, e.latest,\n"
    "  p.name AS place, p.country, p.lat, p.lon,\n"
    "  e.type, e.mode, e.cameo, e.quad, e.goldstein,\n"
    "  " WORDS("actor") " AS who,\n"
    "  " CODES("actor") " AS who_code,\n"
    "  " WORDS("recipient") " AS whom,\n"
    "  " CODES("recipient") " AS whom_code,\n"
    "  " WORDS("object") " AS what,\n"
    "  c.low, c.high,\n"
    "  e.status, e.stage, e.certainty,\n"
    "  (SELECT group_concat(words, ' > ') FROM (SELECT words FROM event_says s WHERE s.report = e.report AND s.event = e.event ORDER BY rank)) AS says,\n"
    "  e.main, e.background, e.words, t.words AS sentence, e.begin, e.end, e.rule, 'v' || e.event AS event, e.key,\n"
    "  (SELECT f.id FROM copies y JOIN reports f ON f.report = y.first WHERE y.report = e.report) AS copy_of\n"
    "FROM events e JOIN reports r ON r.report = e.report JOIN sentences t ON t.report = e.report AND t.sentence = e.sentence\n"
    "  LEFT JOIN places p ON p.report = e.report AND p.place = e.place\n"
    "  LEFT JOIN event_counts ec ON ec.report = e.report AND ec.event = e.event AND ec.rank = 1 LEFT JOIN counts c ON c.report = ec.report AND c.count = ec.count;\n"

#define TOLL(measure) "(SELECT low FROM incident_counts c WHERE c.report = i.report AND c.incident = i.incident AND c.measure = '" measure "') AS " measure
#define PARTIES(role) "(SELECT group_concat(name, '; ') FROM (SELECT n.name FROM incident_parties y JOIN entities n USING (report, entity) WHERE y.report = i.report AND y.incident = i.incident AND y.role = '" role "' ORDER BY rank))"
    "CREATE VIEW incident AS -- a row an incident; killed, wounded and arrested are the lowest numbers told\n"
    "SELECT r.id AS report, r.source, r.published, i.kind, i.edtf AS date, i.earliest, i.latest, p.name AS place, p.country, p.lat, p.lon,\n"
    "  " PARTIES("perpetrator") " AS perpetrators,\n"
    "  " PARTIES("victim") " AS victims,\n"
    "  " TOLL("killed") ",\n  " TOLL("wounded") ",\n  " TOLL("arrested") ",\n"
    "  i.stage, i.certainty,\n"
    "  (SELECT count(*) FROM incident_events v WHERE v.report = i.report AND v.incident = i.incident) AS mentions, 'i' || i.incident AS incident\n"
    "FROM incidents i JOIN reports r ON r.report = i.report LEFT JOIN places p ON p.report = i.report AND p.place = i.place;\n";
