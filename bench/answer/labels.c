/* labels.c - labels of sentences and snippets in the words of other people's schemes, read off the events. The schemes' definitions are theirs; the tables say which of our senses and
 * modes fall under which of their words. */
#include "answer/answer.h"

static dl_str sense_id(const coded *c, const dl_event *e) { return dl_book_str(c->r.book, dl_book_sense(c->r.book, e->sense)->id); }

static bool sector(const coded *c, uint32_t entity, const char *code)
{
    if (entity == DL_NONE) return false;
    const dl_entity *e = &c->f->entities.v[entity];
    for (uint32_t i = 0; i < e->nsector; i++) if (dl_is(e->sectors[i], code)) return true;
    return false;
}

/* Is one of the doers of that sector? */
static bool done_by(const coded *c, const dl_event *e, const char *code)
{
    for (uint32_t i = 0; i < e->slots.n; i++)
        if (e->slots.v[i].role == DL_ROLE_actor && sector(c, e->slots.v[i].entity, code)) return true;
    return false;
}

static bool suffered_by(const coded *c, const dl_event *e, const char *code)
{
    for (uint32_t i = 0; i < e->slots.n; i++)
        if (e->slots.v[i].role == DL_ROLE_recipient && sector(c, e->slots.v[i].entity, code)) return true;
    return false;
}

static bool took_place(const dl_event *e)
{
    return e->certainty != DL_CERT_denied && (e->stage == DL_STAGE_happened || e->stage == DL_STAGE_ongoing || e->stage == DL_STAGE_unset);
}

/* ---- Indian police: what did police do in this sentence? ---- */

enum { KILL, ARREST, FORCE, FAIL, ANY_ACTION, NPOLICE };

static unsigned police_deed(const coded *c, const dl_event *e)
{
    if (!done_by(c, e, "COP") || e->type == DL_TYPE_STATE) return 0;
    if (!took_place(e)) return e->certainty == DL_CERT_denied ? 1u << FAIL : 0;
    unsigned set = 1u << ANY_ACTION;
    if (e->measure == DL_MEAS_killed) set |= 1u << KILL | 1u << FORCE;
    else if (e->type == DL_TYPE_ASSAULT) set |= 1u << FORCE;
    if (dl_is(e->mode, "arrest")) set |= 1u << ARREST;
    return set;
}

static void police(const coded *c, dl_jw *w)
{
    static const char *const words[] = { "KILL", "ARREST", "FORCE", "FAIL", "ANY_ACTION" };
    unsigned set = 0;
    for (uint32_t i = 0; i < c->f->events.n; i++) set |= police_deed(c, &c->f->events.v[i]);
    for (int k = 0; k < NPOLICE; k++) if (set >> k & 1) dl_jw_str(w, dl_str_of(words[k]));
}

/* ---- Glocon: is there a protest that took place? ---- */

static void protest(const coded *c, dl_jw *w)
{
    for (uint32_t i = 0; i < c->f->events.n; i++)
        if (c->f->events.v[i].type == DL_TYPE_PROTEST && took_place(&c->f->events.v[i])) { dl_jw_str(w, DL_STR("PROTEST_EVENT")); return; }
}

/* ---- CASE 2021: one of the types of ACLED for each snippet ---- */

typedef struct { const char *by, *label; int weight; } rule;                /* by: "@sense", "mode" or "TYPE"; weight: how telling, 9 most */
static const rule rules[] = {
    { "@suicide-attack", "SUIC_BOMB", 9 }, { "suicide-attack", "SUIC_BOMB", 9 }, { "@chemical-attack", "CHEM_WEAP", 9 }, { "unconventional", "CHEM_WEAP", 9 },
    { "@throw-grenade", "GRENADE", 9 }, { "@sexual-violence", "SEX_VIOL", 9 }, { "sexual", "SEX_VIOL", 9 }, { "@arson", "PROPERTY_DISTRUCT", 6 }, { "@lynch", "MOB_VIOL", 8 },
    { "aerial", "AIR_STRIKE", 8 }, { "drone", "AIR_STRIKE", 8 }, { "heavy-weapons", "ART_MISS_ATTACK", 7 }, { "@hijack", "ABDUCT_DISSAP", 5 }, { "abduct", "ABDUCT_DISSAP", 7 },
    { "@roadside-bomb", "REM_EXPLOS", 8 }, { "explosives", "REM_EXPLOS", 7 }, { "@clash", "ARMED_CLASH", 6 }, { "@attack-on-forces", "ARMED_CLASH", 6 }, { "@small-arms", "ARMED_CLASH", 6 },
    { "@offensive", "ARMED_CLASH", 4 }, { "@ambush", "ARMED_CLASH", 5 }, { "@tear-gas", "PROTEST_WITH_INTER", 6 }, { "@disperse", "PROTEST_WITH_INTER", 6 },
    { "crowd-control", "FORCE_AGAINST_PROTEST", 6 }, { "@steal", "ORG_CRIME", 4 }, { "@smuggle", "ORG_CRIME", 6 }, { "@extort", "ORG_CRIME", 6 }, { "@confiscate", "DISR_WEAP", 5 },
    { "@find-things", "DISR_WEAP", 5 }, { "@raid-premises", "DISR_WEAP", 3 }, { "riot", "VIOL_DEMONSTR", 7 }, { "obstruct", "PEACE_PROTEST", 5 }, { "PROTEST", "PEACE_PROTEST", 5 },
    { "arrest", "ARREST", 3 }, { "@deploy-troops", "HQ_ESTABLISHED", 3 }, { "ceasefire", "AGREEMENT", 6 }, { "@sign", "AGREEMENT", 4 }, { "@reach-deal", "AGREEMENT", 5 }, { "@announce-truce", "AGREEMENT", 5 }, { "@withdraw", "NON_VIOL_TERRIT_TRANSFER", 5 }, { "AGREE", "AGREEMENT", 2 },
    { "SUPPORT", "AGREEMENT", 2 }, { "CONCEDE", "AGREEMENT", 2 }, { "CONSULT", "DIPLO", 3 }, { "SANCTION", "DIPLO", 3 }, { "ORGANISE", "CHANGE_TO_GROUP_ACT", 4 },
    { "RECRUIT", "CHANGE_TO_GROUP_ACT", 4 }, { "@earthquake", "NATURAL_DISASTER", 8 }, { "@flood", "NATURAL_DISASTER", 8 }, { "@storm", "NATURAL_DISASTER", 8 },
    { "@landslide", "NATURAL_DISASTER", 8 }, { "@disease", "NATURAL_DISASTER", 8 }, { "@die", "NATURAL_DISASTER", 1 }, { "HARM", "MAN_MADE_DISASTER", 4 },
    { "@claim-responsibility", "ATTRIB", 4 }, { "destroy", "PROPERTY_DISTRUCT", 5 }, { "@violence", "MOB_VIOL", 2 }, { "beat", "ATTACK", 4 }, { "ASSAULT", "ATTACK", 3 }, { "STATE", "DIPLO", 1 },
    { "ACCUSE", "ATTRIB", 1 }, { "REJECT", "DIPLO", 1 }, { "REQUEST", "DIPLO", 1 },
};

static const rule *rule_of(const coded *c, const dl_event *e)
{
    dl_str by[] = { sense_id(c, e), e->mode, dl_str_of(dl_type_name((dl_type)e->type)) };
    for (size_t k = 0; k < sizeof by / sizeof *by; k++)
        for (size_t i = 0; i < sizeof rules / sizeof *rules; i++)
            if (by[k].n && dl_is(by[k], rules[i].by)) return &rules[i];
    return NULL;
}

/* Who does it to whom makes other types of some: state forces and rebels who take a place, mobs, protests that are met by force. */
static const char *by_parties(const coded *c, const dl_event *e, const char *label)
{
    bool state = done_by(c, e, "MIL") || done_by(c, e, "GOV") || done_by(c, e, "COP"), rebels = done_by(c, e, "REB") || done_by(c, e, "UAF") || done_by(c, e, "PRM");
    if (dl_is(sense_id(c, e), "@capture-place") || dl_is(sense_id(c, e), "@occupy")) return rebels ? "NON_STATE_ACTOR_OVERTAKES_TER" : "GOV_REGAINS_TERIT";
    if (strcmp(label, "ATTACK") == 0 && (state || rebels) && (suffered_by(c, e, "REB") || suffered_by(c, e, "UAF") || suffered_by(c, e, "MIL"))) return "ARMED_CLASH";
    return label;
}

static const char *snippet_type(const coded *c)
{
    const char *best = "OTHER";
    int weight = 0;
    bool protests = false, forces = false;
    for (uint32_t i = 0; i < c->f->events.n; i++) {
        const dl_event *e = &c->f->events.v[i];
        const rule *r = rule_of(c, e);
        protests |= e->type == DL_TYPE_PROTEST;
        forces |= (e->type == DL_TYPE_ASSAULT || e->type == DL_TYPE_COERCE) && done_by(c, e, "COP");
        int heavy = r ? 2 * r->weight + (took_place(e) ? 1 : 0) : 0;
        if (heavy > weight) weight = heavy, best = by_parties(c, e, r->label);
    }
    return protests && forces && strcmp(best, "VIOL_DEMONSTR") != 0 ? "PROTEST_WITH_INTER" : best;
}

/* ---- the kinds ---- */

void answer_labels(desk *d, const dl_json *gold, dl_buf *out)
{
    dl_str corpus = gold_str(gold, "corpus");
    coded c = answer_code(d, gold_str(gold, "text"), gold_str(gold, "date"));
    if (!c.doc) return;
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "labels");
    dl_jw_open(&w, '[');
    if (dl_starts(corpus, DL_STR("india-police"))) police(&c, &w);
    else if (dl_starts(corpus, DL_STR("glocon"))) protest(&c, &w);
    else if (dl_starts(corpus, DL_STR("case2021"))) dl_jw_str(&w, dl_str_of(snippet_type(&c)));
    dl_jw_close(&w, ']');
    answer_close(&w, out);
    answer_done(&c);
}

void answer_case(desk *d, const dl_json *gold, dl_buf *out)
{
    coded c = answer_code(d, gold_str(gold, "text"), DL_STR(""));
    if (!c.doc) return;
    dl_jw w = answer_open(out, gold);
    dl_jw_key(&w, "type"), dl_jw_str(&w, dl_str_of(snippet_type(&c)));
    answer_close(&w, out);
    answer_done(&c);
}
