/* test_codebook.c - text to a pack and back: forms, frames, every mistake with its place, tables. Stacks, show and hostile packs: test_pack.c. */
#include "books.h"

/* ---- forms ---------------------------------------------------------------------------------------------------------- */

enum { B = DL_F_BASE, S = DL_F_S, ING = DL_F_ING, PP = DL_F_PAST | DL_F_PART, SG = DL_F_SG, PL = DL_F_PL };

static void test_verbs(void)
{
    dl_codebook *b = book_of("event STATE @x\n"
                             "  verbs raid, deny, die, free, agree, stop, admit, visit, travel, panic, veto, echo, bus, fix, quiz, clash, tie, be, take, undertake, force-feed, swoop on, put\n"
                             "  verbs set up, flee, kidnap, picnic, radio, equip, snow, play, retake, relay\n"
                             "forms\n  verb take takes taking took taken\n  verb be is|are|am being was|were been\n  verb feed feeds feeding fed fed\n"
                             "  verb put puts putting put put\n  verb set sets setting set set\n  verb flee flees fleeing fled fled\n  verb lay lays laying laid laid\n");
    static const struct { const char *word; uint32_t form; } t[] = {
        { "raid", B }, { "raids", S }, { "raiding", ING }, { "raided", PP }, { "denies", S }, { "denying", ING }, { "denied", PP }, { "dies", S }, { "dying", ING }, { "died", PP },
        { "freeing", ING }, { "freed", PP }, { "agreeing", ING }, { "stopping", ING }, { "stopped", PP }, { "admitting", ING }, { "admitted", PP }, { "visiting", ING }, { "visited", PP },
        { "visitting", 0 }, { "travelling", ING }, { "traveling", ING }, { "travelled", PP }, { "traveled", PP }, { "panicking", ING }, { "panicked", PP }, { "vetoes", S }, { "echoes", S },
        { "fixes", S }, { "fixing", ING }, { "quizzes", S }, { "clashes", S }, { "tying", ING }, { "tied", PP }, { "is", S }, { "are", S }, { "was", DL_F_PAST }, { "been", DL_F_PART },
        { "took", DL_F_PAST }, { "taken", DL_F_PART }, { "taked", 0 }, { "undertook", DL_F_PAST }, { "undertaking", ING }, { "force fed", PP }, { "force feeds", S }, { "swooped on", PP },
        { "swooping on", ING }, { "swoop ons", 0 }, { "put", B | PP }, { "set up", B | PP }, { "setting up", ING }, { "fled", PP }, { "kidnapping", ING }, { "kidnaped", PP }, { "radios", S },
        { "radioed", PP }, { "equipped", PP }, { "snowing", ING }, { "played", PP }, { "plays", S }, { "retook", DL_F_PAST }, { "relayed", PP }, { "relaid", 0 },
    };
    if (!b) return;
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        uint32_t got = form_of(b, t[i].word, DL_P_SENSE, DL_POS_VERB);
        if (got != t[i].form) { test_failed(__FILE__, __LINE__); TEST_SAY("\"%s\" has forms %x, not %x", t[i].word, got, t[i].form); }
    }
    close_book(b);
}

static void test_nouns(void)
{
    dl_codebook *b = book_of("event STATE @x\n"
                             "  nouns raid, policeman, German, church, army, crisis, embargo, police officer, prisoner of war, act of terror, troops, security forces, gas, bus, politics, woman, house-search, hero, boy, brother-in-law\n"
                             "forms\n  noun man men\n  noun woman women\n  same troops, aircraft\n");
    static const struct { const char *word; uint32_t form; } t[] = {
        { "raid", SG }, { "raids", PL }, { "policemen", PL }, { "policemans", 0 }, { "germans", PL | DL_F_PROPER }, { "germen", 0 }, { "churches", PL }, { "armies", PL }, { "crises", PL },
        { "embargoes", PL }, { "embargos", PL }, { "police officers", PL }, { "prisoners of war", PL }, { "prisoner of wars", 0 }, { "acts of terror", PL }, { "troops", SG | PL }, { "troopses", 0 },
        { "security forces", PL }, { "security forceses", 0 }, { "gases", PL }, { "buses", PL }, { "politics", SG }, { "women", PL }, { "house searches", PL }, { "heroes", PL }, { "boys", PL },
    };
    if (!b) return;
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        uint32_t got = form_of(b, t[i].word, DL_P_SENSE, DL_POS_NOUN);
        if (got != t[i].form) { test_failed(__FILE__, __LINE__); TEST_SAY("\"%s\" has forms %x, not %x", t[i].word, got, t[i].form); }
    }
    close_book(b);
}

static void test_phrases(void)
{
    dl_codebook *b = book_of("event STATE @x\n  verbs take ... hostage, can't, help ... to ... fight, Brexit\n  nouns US, NATO, raid on the city\n"
                             "list bounds\n  >=  at least, no fewer than, Ñandú\n  <=  at most\nclass police kind force code COP\n  words  US marshal, gendarme\n");
    if (!b) return;
    uint32_t n;
    bool longer;
    const dl_posting *p = dl_book_find(b, DL_STR("took"), &n, &longer);
    CHECK(!p && !n);                                               /* no irregular form without a `forms` entry */
    p = dl_book_find(b, DL_STR("taking"), &n, &longer);
    CHECK(p && n == 1 && !longer && (p->form & DL_F_GAP));
    if (p) CHECK_STR(dl_book_str(b, p->tail), "hostage");
    p = dl_book_find(b, DL_STR("helped"), &n, &longer);
    if (p) CHECK_STR(dl_book_str(b, p->tail), "to ... fight");
    CHECK(form_of(b, "ca n t", DL_P_SENSE, DL_POS_VERB));          /* as the tokens "ca" and "n't" are folded */
    CHECK_EQ(form_of(b, "us", DL_P_SENSE, DL_POS_NOUN), SG | DL_F_PROPER | DL_F_CAPS);
    CHECK_EQ(form_of(b, "uses", DL_P_SENSE, DL_POS_NOUN), PL | DL_F_PROPER);
    CHECK_EQ(form_of(b, "nato", DL_P_SENSE, DL_POS_NOUN), SG | DL_F_PROPER);
    CHECK_EQ(form_of(b, "us marshals", DL_P_CLASS, DL_POS_NOUN), PL | DL_F_PROPER);
    CHECK_STR(dl_book_list_value(b, DL_LIST_bounds, DL_STR("no fewer than")), ">=");
    CHECK_STR(dl_book_list_value(b, DL_LIST_bounds, DL_STR("nandu")), ">=");
    CHECK_STR(dl_book_list_value(b, DL_LIST_bounds, DL_STR("at most")), "<=");
    CHECK_EQ(dl_book_list_value(b, DL_LIST_months, DL_STR("at most")).n, 0);
    static const struct { const char *phrase; bool longer, some; } t[] = { { "at", true, false }, { "at least", false, true }, { "no", true, false }, { "no fewer", true, false },
        { "raid", true, false }, { "raid on", true, false }, { "raid on the", true, false }, { "raid on the city", false, true }, { "raids on the city", false, true }, { "xyz", false, false }, { "", false, false } };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        p = dl_book_find(b, dl_str_of(t[i].phrase), &n, &longer);
        if (longer != t[i].longer || (n > 0) != t[i].some) { test_failed(__FILE__, __LINE__); TEST_SAY("\"%s\": %u postings, longer %d", t[i].phrase, n, longer); }
    }
    close_book(b);
}

/* ---- frames --------------------------------------------------------------------------------------------------------- */

static const char *const by_names[] = { "", "subject", "object", "second", "prep", "modifier" };

/* "verb actor:subject! object:prep(on|at)" */
static void describe(const dl_codebook *b, const dl_frame *f, char *out, size_t size)
{
    size_t n = (size_t)snprintf(out, size, "%s", f->pos == DL_POS_VERB ? "verb" : f->pos == DL_POS_NOUN ? "noun" : "other");
    for (uint32_t i = f->item; i < f->item + f->nitem; i++) {
        const dl_item *it = &dl_book_items(b)[i];
        n += (size_t)snprintf(out + n, size - n, " %s:%s%s%s%s", dl_role_name((dl_role)it->role), by_names[it->by], it->required ? "!" : "", dl_class_none(it->classes) ? "" : "*", it->control ? "^" : "");
        for (uint32_t k = 0; k < it->nprep; k++) {
            dl_str p = dl_book_str(b, dl_book_refs(b)[it->prep + k]);
            n += (size_t)snprintf(out + n, size - n, "%s%.*s%s", k ? "|" : "(", (int)p.n, p.p, k + 1 == it->nprep ? ")" : "");
        }
    }
}

static void check_frames(const char *entry, const char *const *want)
{
    dl_codebook *b = book_of(entry);
    if (!b) return;
    const dl_sense *s = dl_book_sense(b, 0);
    uint32_t i = 0;
    for (; i < s->nframe && want[i]; i++) {
        char got[400];
        describe(b, &dl_book_frames(b)[s->frame + i], got, sizeof got);
        if (strcmp(got, want[i]) != 0) { test_failed(__FILE__, __LINE__); TEST_SAY("%s\n      got  %s\n      want %s", entry, got, want[i]); }
    }
    if (i < s->nframe || want[i]) { test_failed(__FILE__, __LINE__); TEST_SAY("%s: %u frames", entry, s->nframe); }
    close_book(b);
}

#define FRAMES(entry, ...) check_frames(entry, (const char *const[]){ __VA_ARGS__, NULL })

static void test_frames(void)
{
    FRAMES("event COERCE @x\n verbs raid, swoop on\n nouns raid\n frame WHO(force|government) raids OBJECT(place)\n frame raid by WHO on|at|in OBJECT!\n", "verb actor:subject* object:object*",
           "noun actor:prep(by) object:prep!(on|at|in)");
    FRAMES("event COERCE @x\n verbs raid, swoop on\n frame WHO swoops on OBJECT in PLACE\n", "verb actor:subject object:object place:prep(in)");
    FRAMES("event COERCE @x\n verbs take ... hostage\n frame WHO takes WHOM hostage at|in PLACE\n frame WHO takes ... hostage WHOM\n", "verb actor:subject recipient:object place:prep(at|in)",
           "verb actor:subject recipient:object");
    FRAMES("event ACCUSE @x\n verbs accuse\n frame WHO accuses WHOM of EVENT\n frame WHOM is accused of EVENT by WHO\n", "verb actor:subject recipient:object^ event:prep(of)",
           "verb recipient:object^ event:prep(of) actor:subject");
    FRAMES("event AID @x\n verbs give\n frame WHO gives WHOM OBJECT\n", "verb actor:subject recipient:object object:second");
    FRAMES("operator @x\n verbs foil\n stage foiled\n frame WHO foils EVENT\n", "verb actor:subject^ event:object");
    FRAMES("operator @x\n verbs order\n control WHO\n stage requested\n frame WHO orders WHOM EVENT!\n", "verb actor:subject^ recipient:object event:object!");
    FRAMES("operator @x\n verbs fail\n stage attempted\n frame EVENT fails\n", "verb event:subject");
    FRAMES("operator @x\n preps according to\n says WHO\n certainty alleged\n frame according to WHO\n", "other actor:object");
    FRAMES("event MOVE @x\n verbs flee\n frame WHO flees ORIGIN\n frame WHO flees out of|from ORIGIN\n", "verb actor:subject origin:object", "verb actor:subject origin:prep(out of|from)");
    FRAMES("event PROTEST @x\n nouns rally\n verbs rally\n frame WHO rallies against ABOUT\n frame WHO rally against ABOUT\n", "verb actor:subject about:prep(against)",
           "noun actor:modifier about:prep(against)");
    FRAMES("event COERCE @x\n verbs raid\n frame WHO( person | place ) raids OBJECT( place )!\n frame WHO!(place) raids\n", "verb actor:subject* object:object!*", "verb actor:subject!*");
}

/* Frames that nobody wrote. */
static void test_frame_defaults(void)
{
    FRAMES("event ASSAULT @x\n verbs attack\n nouns attack\n", "verb actor:subject recipient:object", "noun actor:prep(by) recipient:prep(on|against|of|with)");
    FRAMES("operator @x\n verbs deny\n nouns denial\n certainty denied\n", "verb actor:subject^ event:object", "noun actor:prep^(by) event:object");
    FRAMES("event COERCE @x\n verbs raid\n nouns raid\n frame WHO raids OBJECT(place) with INSTRUMENT\n", "verb actor:subject object:object* instrument:prep(with)",
           "noun actor:prep(by) object:prep*(on|against|of|with) instrument:prep(with)");
    FRAMES("event COERCE @x\n verbs raid\n nouns raid\n frame raid by WHO on|at OBJECT(place)\n", "noun actor:prep(by) object:prep*(on|at)", "verb actor:subject object:object*");
    FRAMES("event COERCE @x\n verbs deny any part in\n nouns terror attack\n frame WHO denies OBJECT\n frame attack by WHO\n", "verb actor:subject object:object", "noun actor:prep(by)");
}

/* ---- mistakes ------------------------------------------------------------------------------------------------------- */

typedef struct { const char *text; uint32_t line, column, width; const char *message; } mistake;

static const mistake mistakes[] = {
    { "evnt COERCE @x\n  verbs raid\n", 1, 1, 4, "unknown entry \"evnt\" (nearest: \"event\")" },
    { "  verbs raid\n", 1, 3, 10, "indented line before any entry" },
    { "event COERCED @x\n  verbs raid\n", 1, 7, 7, "unknown event type \"COERCED\" (nearest: \"COERCE\")" },
    { "event COERCE\n  verbs raid\n", 1, 7, 6, "no @id: every event and operator has one" },
    { "event COERCE seize raid @x\n  verbs raid\n", 1, 20, 4, "an @id is expected here" },
    { "event COERCE @x y\n  verbs raid\n", 1, 17, 1, "nothing more is expected here" },
    { "event COERCE @X\n  verbs raid\n", 1, 14, 2, "\"@X\": an id is @ and small letters, digits and hyphens" },
    { EV "event COERCE @x\n  verbs storm\n", 3, 14, 2, "\"@x\" stands here again: ids are never used twice" },
    { EV "event COERCE @y\n  verbs storm\n  was @x\n", 5, 7, 2, "\"@x\" is taken: ids are never used twice" },
    { EV "  was x\n", 3, 7, 1, "\"x\" is no id" },
    { "event COERCE @x\n  frame WHO raids\n", 1, 14, 2, "@x has no words" },
    { EV "  vebrs storm\n", 3, 3, 5, "unknown line \"vebrs\" (nearest: \"verbs\")" },
    { EV "  nouns\n", 3, 3, 5, "no words" },
    { EV "  verbs take ...\n", 3, 9, 8, "a gap stands between words: take ... hostage" },
    { EV "  verbs --\n", 3, 9, 2, "\"--\" has no letters" },
    { EV "  cameo 1x\n", 3, 9, 2, "\"1x\" is no CAMEO code: two to four digits" },
    { EV "  cameo 171\n  cameo 172\n", 4, 3, 5, "second `cameo` of this entry (first in line 3)" },
    { EV "  legal arested\n", 3, 9, 7, "unknown legal \"arested\" (nearest: \"arrested\")" },
    { EV "  measures\n", 3, 3, 8, "\"measures\" of what?" },
    { EV "  stage foild\n", 3, 9, 5, "unknown stage \"foild\" (nearest: \"foiled\")" },
    { EV "  certainty sure\n", 3, 13, 4, "unknown certainty \"sure\": one of fact alleged possible feared denied" },
    { EV "  says WOH\n", 3, 8, 3, "unknown role \"WOH\" (nearest: \"WHO\")" },
    { EV "  role WHO foiledby\n", 3, 12, 8, "unknown slot \"foiledby\" (nearest: \"foiled_by\")" },
    { EV "  negated kep\n", 3, 11, 3, "unknown negated \"kep\" (nearest: \"keep\")" },
    { EV "  reciprocal yes\n", 3, 14, 3, "nothing more is expected here" },
    { EV "  context terorism\ncontext terrorism\n  strong terror\n", 3, 11, 8, "unknown context \"terorism\" (nearest: \"terrorism\")" },
    { EV "  not topic(sprot)\ntopic sport\n  strong match\n", 3, 13, 5, "unknown topic \"sprot\" (nearest: \"sport\")" },
    { EV "  not WHO(polise)\nclass police kind force\n  words police\n", 3, 11, 6, "unknown class \"polise\" (nearest: \"police\")" },
    { EV "  not WHO\n", 3, 7, 3, "`not` wants ROLE(class), topic(name) or \"words\"" },
    { EV "  not \"raid\n", 3, 7, 5, "no closing quotation mark" },
    { "operator @x\n  verbs foil\n  stage foiled\n  cameo 171\n", 4, 3, 5, "an operator has no `cameo`" },
    { "operator @x\n  verbs foil\n  stage foiled\n  transparent\n", 4, 3, 11, "a transparent operator has no effect of its own" },
    { EV "  frame WHO storms OBJECT\n", 3, 13, 6, "no word of @x in this frame; its words: raid" },
    { EV "  frame WO raids OBJECT\n", 3, 9, 2, "unknown role \"WO\" (nearest: \"WHO\")" },
    { EV "  frame WHO raids OBJECT(plac)\n", 3, 26, 4, "unknown class \"plac\" (nearest: \"place\")" },
    { EV "  frame WHO raids OBJECT(place\n", 3, 19, 12, "no closing bracket" },
    { EV "  frame WHO raids WHO\n", 3, 19, 3, "WHO stands twice in this frame" },
    { EV "  frame WHO raids OBJECT at\n", 3, 26, 2, "\"at\" is no word of this entry, and no role follows it as a preposition" },
    { EV "  frame WHO quickly raids OBJECT\n", 3, 13, 7, "\"quickly\" is no word of this entry" },
    { EV "  frame WHO raids at||on OBJECT\n", 3, 19, 6, "an alternative is empty" },
    { EV "  frame\n", 3, 3, 5, "an empty frame" },
    { EV "  + The army [raided a flat.\n", 3, 5, 24, "brackets of a trigger do not match" },
    { EV "  +\n", 3, 3, 1, "an example without a sentence" },
    { "class police kind farce\n  words police\n", 1, 19, 5, "unknown kind \"farce\" (nearest: \"force\")" },
    { "class police\n  words police\n", 1, 7, 6, "class police has no kind" },
    { "class police kind force code Cop\n  words police\n", 1, 30, 3, "\"Cop\" is no code: three capitals" },
    { "class police kind force within armd\n  words police\nclass armed kind force\n  words army\n", 1, 32, 4, "unknown class \"armd\" (nearest: \"armed\")" },
    { "class police kind force\n  words police\nclass police kind group\n  words cops\n", 3, 19, 5, "class police is of kind force in line 1, of kind group here" },
    { "class police kind force\n  wrods police\n", 2, 3, 5, "unknown line of a class \"wrods\" (nearest: \"words\")" },
    { "topic Sport\n  strong match\n", 1, 7, 5, "\"Sport\" is no name: small letters, digits, hyphens" },
    { "topic sport\n  medium match\n", 2, 3, 6, "unknown line of a topic \"medium\": one of strong weak" },
    { "list month\n  1 January\n", 1, 6, 5, "unknown list \"month\" (nearest: \"months\")" },
    { "list months\n  1\n", 2, 3, 1, "a value of a list without words" },
    { "forms\n  verb take takes\n", 2, 8, 10, "a verb has five forms here: take takes taking took taken" },
    { "forms\n  noun man\n", 2, 8, 3, "a noun has two forms here: man men" },
    { "forms\n  nuon man men\n", 2, 3, 4, "unknown kind of forms \"nuon\" (nearest: \"noun\")" },
    { "actor X Y\n  kind person\n  code Bel\n", 3, 8, 3, "\"Bel\" is no code: blocks of three capitals" },
    { "actor X Y\n  kind person\n  code BEL 2010-13-01..\n", 3, 12, 10, "\"2010-13-01\" is no day: 2015-01-31, 2015-01 or 2015" },
    { "actor X Y\n  kind person\n  code BEL 2012..2010\n", 3, 18, 4, "ends before it begins" },
    { "actor X Y\n  code BEL\n", 1, 7, 3, "no kind: person group" },
    { "off @y\n" EV, 1, 5, 2, "unknown id \"@y\" (nearest: \"@x\")" },
    { "off @x\n" EV, 1, 5, 2, "\"@x\" stands in this same codebook" },
    { "off x\n", 1, 5, 1, "`off` wants an @id" },
    { "codebook a b c\n", 1, 14, 1, "nothing more is expected here" },
    { "event COERCE @x\n  verbs ra\xC3\xAF" "d, --\n", 2, 15, 2, "\"--\" has no letters" },         /* columns are characters */
};

static void check_mistake(const mistake *m)
{
    dl_buf pack;
    dl_diags d;
    folder("bad");
    file("bad/e.code", m->text);
    const char *paths[] = { path_of("bad") };
    bool ok = compile(paths, 1, DL_COMPILE_ALONE, &pack, &d), found = false;
    CHECK(!ok && !pack.n);
    for (size_t i = 0; i < d.n && !found; i++) {
        const dl_error *e = &d.v[i].e;
        found = !d.v[i].warning && e->line == m->line && e->column == m->column && e->width == m->width && strncmp(e->message, m->message, strlen(m->message)) == 0 && strstr(e->file, "bad/e.code");
    }
    if (!found) { test_failed(__FILE__, __LINE__); TEST_SAY("wanted %u:%u+%u %s", m->line, m->column, m->width, m->message); say_all(&d); }
    dl_diags_free(&d);
    dl_buf_free(&pack);
}

static void test_mistakes(void)
{
    for (size_t i = 0; i < sizeof mistakes / sizeof *mistakes; i++) check_mistake(&mistakes[i]);
}

/* All of all files, in order; the line itself is shown. */
static void test_all_mistakes(void)
{
    dl_buf pack;
    dl_diags d;
    folder("many");
    file("many/b.code", EV "  stage foild\n  frame WHO storms OBJECT(plac)\n");
    file("many/a.code", "# comment\nlist month\n  1 January\nevnt\n  anything goes here\n");
    file("many/citeis.tsv", "x\n");
    const char *paths[] = { path_of("many") };
    CHECK(!compile(paths, 1, DL_COMPILE_ALONE, &pack, &d));
    CHECK_EQ(d.errors, 6);
    static const uint32_t lines[] = { 2, 4, 3, 4, 4, 0 };
    for (size_t i = 0; i < d.n && i < 6; i++) CHECK_EQ(d.v[i].e.line, lines[i]);
    if (d.n == 6) {
        CHECK_STR(dl_str_of(d.v[2].e.source), "  stage foild");
        CHECK(strstr(d.v[5].e.message, "cities.tsv"));
    }
    dl_diags_free(&d);
    dl_buf_free(&pack);
    static const struct { const char *bytes, *why; } files[] = { { "event \xFF", "not UTF-8" } };
    folder("bytes");
    file("bytes/a.code", files[0].bytes);
    paths[0] = path_of("bytes");
    CHECK(!compile(paths, 1, DL_COMPILE_ALONE, &pack, &d));
    CHECK(d.n == 1 && strstr(d.v[0].e.message, files[0].why) && d.v[0].e.column == 7);
    dl_diags_free(&d);
    dl_buf_free(&pack);
    dl_error e = { 0 };
    const char *none[] = { path_of("nothing-here") };
    CHECK(!dl_codebook_open(none, 1, &e) && e.code && *e.message);
    folder("empty");
    none[0] = path_of("empty");
    CHECK(!compile(none, 1, DL_COMPILE_ALONE, &pack, &d) && d.errors == 1);
    dl_diags_free(&d);
    dl_buf_free(&pack);
}

/* ---- tables --------------------------------------------------------------------------------------------------------- */

static dl_codebook *world_book(dl_buf *pack)
{
    dl_diags d;
    dl_error e = { 0 };
    world("world");
    const char *paths[] = { path_of("world") };
    bool ok = compile(paths, 1, DL_COMPILE_ALONE, pack, &d);
    CHECK(ok && !d.warnings);
    if (!ok || d.warnings) say_all(&d);
    dl_diags_free(&d);
    return ok ? dl_codebook_load(pack->p, pack->n, &e) : NULL;
}

static void test_places(void)
{
    dl_buf pack;
    dl_codebook *b = world_book(&pack);
    if (!b) { CHECK(b); return; }
    uint32_t ab = dl_book_country(b, DL_STR("AB"));
    CHECK_EQ(ab, dl_book_country(b, DL_STR("ABA")));
    CHECK_EQ(dl_book_country(b, DL_STR("XX")), UINT32_MAX);
    CHECK_EQ(dl_book_country(b, DL_STR("A")), UINT32_MAX);
    const dl_place_row *p = dl_book_place(b, ab);
    CHECK_STR(dl_book_str(b, p->alpha3), "ABA");
    CHECK(p->kind == DL_PLACE_COUNTRY && p->lat == 150000 && p->lon == -225000 && p->country == ab && p->geonames == 11);
    CHECK_EQ(dl_book_place(b, dl_book_country(b, DL_STR("CDC")))->lat, INT32_MAX);
    const dl_place_row *c = p->capital == UINT32_MAX ? p : dl_book_place(b, p->capital);
    CHECK(c->kind == DL_PLACE_CITY && c->lat == 123457 && c->population == 500000 && c->country == ab && memcmp(c->cc, "AB", 2) == 0 && c->geonames == 31);
    CHECK(c->region != UINT32_MAX && dl_book_place(b, c->region)->kind == DL_PLACE_REGION);
    CHECK_EQ(form_of(b, "abaria", DL_P_PLACE, 0), DL_F_PROPER);
    CHECK_EQ(form_of(b, "abx", DL_P_PLACE, 0), DL_F_PROPER | DL_F_CAPS | DL_F_AKA);
    CHECK_EQ(form_of(b, "abarian", DL_P_PLACE, 0), DL_F_PROPER | DL_F_ADJECTIVE | DL_F_PEOPLE);
    CHECK_EQ(form_of(b, "abarians", DL_P_PLACE, 0), DL_F_PROPER | DL_F_PEOPLE);
    CHECK_EQ(form_of(b, "upper cedonia", DL_P_PLACE, 0), 0);                   /* for show only */
    CHECK_EQ(form_of(b, "the two", DL_P_PLACE, 0), 0);                         /* no capital, no condition */
    uint32_t n;
    bool longer;
    dl_book_find(b, DL_STR("port aba"), &n, &longer);
    CHECK_EQ(n, 2);
    CHECK_EQ(dl_book_cameo(b, DL_STR("171"))->goldstein10, -73);
    CHECK(!dl_book_cameo(b, DL_STR("172")));
    CHECK_EQ(dl_book_type_quad(b, DL_TYPE_ASSAULT), 4);
    CHECK_EQ(dl_book_type_score10(b, DL_TYPE_ASSAULT), -90);
    CHECK_EQ(dl_book_type_quad(b, DL_TYPE_MOVE), 0);
    dl_codebook_close(b);
    dl_buf_free(&pack);
}

static void test_actors(void)
{
    dl_buf pack;
    dl_codebook *b = world_book(&pack);
    if (!b) return;
    CHECK_EQ(dl_book_nactor(b), 2);
    const dl_actor_row *a = dl_book_actor(b, 0);
    CHECK(a->kind == DL_KIND_person && a->nterm == 2);
    const dl_term *t = dl_book_terms(b) + a->term;
    CHECK_STR(dl_book_str(b, t[0].code), "ABAOPP");
    CHECK_EQ(t[0].from, dl_day_of(2001, 1, 1));
    CHECK_EQ(t[0].to, dl_day_of(2010, 5, 31));
    CHECK_STR(dl_book_str(b, t[1].role), "president");
    CHECK_EQ(t[1].to, DL_NO_DAY);
    CHECK_EQ(form_of(b, "j port", DL_P_ACTOR, 0), DL_F_PROPER | DL_F_AKA);
    CHECK_EQ(form_of(b, "uab", DL_P_ACTOR, 0), DL_F_PROPER | DL_F_CAPS);
    dl_codebook_close(b);
    dl_buf_free(&pack);
    b = book_of("actor Sharia4Belgium\n  kind organisation\n  code BEL SOC 2010-01-01..2012-12-31\n  code BEL\n  aka Sharia for Belgium\n  role leader 2010-01-01..2012-12-31\n  role founder ..2009\n");
    if (!b) return;
    a = dl_book_actor(b, 0), t = dl_book_terms(b);
    CHECK_EQ(a->nterm, 3);                                         /* the dated code goes with the office of its days */
    CHECK_STR(dl_book_str(b, t[0].code), "BEL");
    CHECK_STR(dl_book_str(b, t[1].code), "BELSOC");
    CHECK_STR(dl_book_str(b, t[1].role), "leader");
    CHECK_STR(dl_book_str(b, t[2].code), "BEL");
    close_book(b);
}

static void test_table_mistakes(void)
{
    static const struct { const char *file, *text, *message; uint32_t line, column; } t[] = {
        { "cities.tsv", "geonames\tname\n1\tX\n", "column \"aka\" is missing", 1, 1 },
        { "cities.tsv", "geonames\tname\taka\tcountry\tadmin1\tadmin2\tlat\tlon\tpopulation\tclass\n1\tX\t\tZZ\t\t\t1\t2\t3\tPPL\n", "unknown country \"ZZ\"", 2, 6 },
        { "cities.tsv", "geonames\tname\taka\tcountry\tadmin1\tadmin2\tlat\tlon\tpopulation\tclass\n1\tX\t\tAB\t\t\t1.x\t2\t3\tPPL\n", "\"1.x\" is no number", 2, 11 },
        { "cities.tsv", "geonames\tname\taka\tcountry\tadmin1\tadmin2\tlat\tlon\tpopulation\tclass\n1\tX\t\tAB\t\t\t91\t2\t3\tPPL\n", "a latitude is -90 to 90", 2, 11 },
        { "cities.tsv", "geonames\tname\taka\tcountry\tadmin1\tadmin2\tlat\tlon\tpopulation\tclass\n1\tX\t\tAB\t\t\t1\t2\t3\tPPL\n1\tY\t\tAB\t\t\t1\t2\t3\tPPL\n", "\"1\" stands here again (first in", 3, 1 },
        { "actors.tsv", "name\taka\tkind\tcode\trole\tfrom\tto\nX\t\tpersn\tABA\t\t\t\n", "unknown kind \"persn\" (nearest: \"person\")", 2, 4 },
        { "cameo.tsv", "code\tname\tgoldstein\ttype\tmode\n18\tx\t-9\tASSALT\t\n", "unknown event type \"ASSALT\" (nearest: \"ASSAULT\")", 2, 9 },
    };
    for (size_t i = 0; i < sizeof t / sizeof *t; i++) {
        char name[80];
        dl_buf pack;
        dl_diags d;
        world("badworld");
        snprintf(name, sizeof name, "badworld/%s", t[i].file);
        file(name, t[i].text);
        const char *paths[] = { path_of("badworld") };
        CHECK(!compile(paths, 1, DL_COMPILE_ALONE, &pack, &d));
        bool found = false;
        for (size_t k = 0; k < d.n; k++) found = found || (d.v[k].e.line == t[i].line && d.v[k].e.column == t[i].column && strncmp(d.v[k].e.message, t[i].message, strlen(t[i].message)) == 0);
        if (!found) { test_failed(__FILE__, __LINE__); TEST_SAY("wanted %u:%u %s", t[i].line, t[i].column, t[i].message); say_all(&d); }
        dl_diags_free(&d);
        dl_buf_free(&pack);
    }
}

int main(void)
{
    if (!mkdtemp(home)) return 1;
    atexit(remove_home);
    TEST(test_verbs);
    TEST(test_nouns);
    TEST(test_phrases);
    TEST(test_frames);
    TEST(test_frame_defaults);
    TEST(test_mistakes);
    TEST(test_all_mistakes);
    TEST(test_places);
    TEST(test_actors);
    TEST(test_table_mistakes);
    return test_end();
}
