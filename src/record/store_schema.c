/* store_schema.c - the tables of a store; its views stand in store_views.c. What stands here stands in the file too, comments and all: `SELECT sql FROM sqlite_schema`.
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

const char dl_store_tables_0[] =
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
    "  private INTEGER NOT NULL, -- 1: a person without a public role; 2: a minor, or a victim of sexual violence\n"
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

    /* ---- which reports are one witness: see also prints and bands ---- */
    "CREATE TABLE copies( -- reports that are no witness of their own\n" FACT
    "  first INTEGER NOT NULL, -- the report that came first of all that are one witness\n"
    "  earlier INTEGER NOT NULL, -- the one it was compared with\n"
    "  kind TEXT NOT NULL, -- copy; revision: a number has changed, or the address has another text\n"
    "  how TEXT NOT NULL, -- address words runs\n"
    "  share INTEGER NOT NULL, -- thousandths of the shorter one that stand in the other\n"
    "  was TEXT, now TEXT, begin INTEGER, end INTEGER, -- of a revision: the first number that changed, in the earlier one and here\n"
    "  PRIMARY KEY (report)\n" DONE
    "CREATE INDEX copies_first ON copies(first);\n";

/* What came with version 1. */
const char dl_store_tables_1[] =
    "CREATE INDEX reports_sha256 ON reports(sha256);\n"

    /* ---- what holds of each event now: the machine's reading, and over it what people decided (facts.c) ---- */
    "CREATE TABLE facts(\n"
    "  fact INTEGER PRIMARY KEY, -- report * 1048576 + event\n" FACT
    "  event INTEGER NOT NULL, main INTEGER NOT NULL, background INTEGER NOT NULL,\n"
    "  type TEXT NOT NULL, mode TEXT, cameo TEXT, quad INTEGER, goldstein REAL,\n"
    "  status TEXT NOT NULL, stage TEXT NOT NULL, certainty TEXT NOT NULL, confidence INTEGER NOT NULL,\n"
    "  date TEXT, earliest TEXT, latest TEXT, -- EDTF; inclusive days\n"
    "  place TEXT, country TEXT, lat REAL, lon REAL,\n"
    "  who TEXT, who_code TEXT, whom TEXT, whom_code TEXT, what TEXT,\n"
    "  low REAL, high REAL, measures TEXT, says TEXT,\n"
    "  key TEXT NOT NULL,\n"
    "  review TEXT -- accepted rejected corrected; NULL: nobody has looked\n"
    ") STRICT;\n"
    "CREATE UNIQUE INDEX facts_event ON facts(report, event);\n"
    "CREATE INDEX facts_asked ON facts(main, status, type, country, earliest, latest, review, report, quad, mode, confidence); -- what is filtered most, without the words\n"
    "CREATE INDEX facts_where ON facts(lat, lon, main, review, report) WHERE lat IS NOT NULL; -- boxes, counted without the rows\n"
    "CREATE VIRTUAL TABLE fact_places USING rtree(fact, south, north, west, east); -- where each is\n"
    "CREATE VIRTUAL TABLE fact_words USING fts5(who, whom, content='facts', content_rowid='fact', columnsize=0, tokenize='unicode61 remove_diacritics 2'); -- words of who and whom\n"
    "CREATE VIRTUAL TABLE report_words USING fts5(text, content='reports', content_rowid='report', tokenize='unicode61 remove_diacritics 2'); -- SELECT * FROM report WHERE number IN (SELECT rowid FROM report_words('verviers'))\n"

    /* ---- what reports are compared by ---- */
    "CREATE TABLE prints(\n" FACT
    "  address INTEGER, -- a hash of url without what tracks readers; NULL: none\n"
    "  body INTEGER NOT NULL, words INTEGER NOT NULL, -- a hash of the story's words, and how many\n"
    "  day INTEGER, -- published\n"
    "  trace BLOB, -- a sketch of the text, 16 bits a slot; NULL: of an older version\n"
    "  bands TEXT NOT NULL, -- JSON: its keys in bands\n"
    "  PRIMARY KEY (report)\n" DONE
    "CREATE INDEX prints_address ON prints(address) WHERE address IS NOT NULL;\n"
    "CREATE INDEX prints_body ON prints(body);\n"
    "CREATE TABLE bands(\n"
    "  key INTEGER NOT NULL, report INTEGER NOT NULL REFERENCES reports ON DELETE CASCADE, -- reports that share a key may be copies\n"
    "  PRIMARY KEY (key, report)\n" DONE
    "CREATE TRIGGER prints_gone AFTER DELETE ON prints BEGIN DELETE FROM bands WHERE key IN (SELECT value FROM json_each(old.bands)) AND report = old.report; END;\n"

    /* ---- how the store came to be ---- */
    "CREATE TABLE runs( -- each time that something new or changed was stored\n"
    "  run INTEGER PRIMARY KEY,\n"
    "  coder INTEGER NOT NULL REFERENCES coders,\n"
    "  began TEXT, -- UTC\n"
    "  reports INTEGER NOT NULL, new INTEGER NOT NULL, changed INTEGER NOT NULL, same INTEGER NOT NULL,\n"
    "  inputs TEXT NOT NULL -- SHA-256 over the lines `id, tab, sha256` of what was read, in order\n"
    ") STRICT;\n"

    "CREATE TABLE versions( -- every record that a report has had; each supersedes the one before, the last one is in force\n"
    "  report INTEGER NOT NULL, version INTEGER NOT NULL,\n"
    "  run INTEGER NOT NULL REFERENCES runs,\n"
    "  record TEXT NOT NULL, -- as in reports\n"
    "  json BLOB NOT NULL, -- the record as JSON Lines has it; packed by zstd\n"
    "  PRIMARY KEY (report, version)\n"
    ") STRICT;\n"

    "CREATE TABLE originals( -- the bytes that reports were read from\n"
    "  sha256 TEXT PRIMARY KEY, size INTEGER NOT NULL,\n"
    "  bytes BLOB NOT NULL -- packed by zstd\n"
    ") STRICT;\n"

    /* ---- what people decide ---- */
    "CREATE TABLE decisions( -- none is ever changed or taken out: an undo is a row of its own\n"
    "  decision INTEGER PRIMARY KEY,\n"
    "  key TEXT NOT NULL, -- of the event: the same after a re-coding\n"
    "  sha256 TEXT NOT NULL, begin INTEGER NOT NULL, end INTEGER NOT NULL, -- the report's bytes, and the words of the event in its text\n"
    "  field TEXT NOT NULL, -- event: the whole of it; else one of its slots: type mode cameo status stage certainty date place who whom what says count, and the other roles\n"
    "  verdict TEXT NOT NULL CHECK (verdict IN ('accept', 'reject', 'correct', 'undo')),\n"
    "  old TEXT, new TEXT,\n"
    "  undoes INTEGER UNIQUE REFERENCES decisions,\n"
    "  who TEXT NOT NULL, decided TEXT NOT NULL, -- UTC\n"
    "  why TEXT, seconds INTEGER\n"
    ") STRICT;\n"
    "CREATE INDEX decisions_key ON decisions(key);\n"
    "CREATE TRIGGER decisions_stay BEFORE UPDATE ON decisions BEGIN SELECT raise(ABORT, 'decisions are never changed'); END;\n"
    "CREATE TRIGGER decisions_last BEFORE DELETE ON decisions BEGIN SELECT raise(ABORT, 'decisions are never taken out'); END;\n"
    "CREATE VIEW standing AS -- decisions that hold: not undone\n"
    "SELECT d.* FROM decisions d WHERE d.verdict <> 'undo' AND NOT EXISTS (SELECT 1 FROM decisions u WHERE u.undoes = d.decision);\n"

    "CREATE TABLE tombstones( -- what was forgotten, and shall not come back\n"
    "  hash TEXT PRIMARY KEY, -- keyed: tells nothing of what it stood for\n"
    "  kind TEXT NOT NULL, -- report person\n"
    "  forgotten TEXT NOT NULL, reports INTEGER NOT NULL -- when; how many reports it touched\n"
    ") STRICT;\n"
    "CREATE TABLE secrets(name TEXT PRIMARY KEY, value BLOB NOT NULL) STRICT; -- the key of pseudonyms and tombstones: never hand it out with an export\n";
