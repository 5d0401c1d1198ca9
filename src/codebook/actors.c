/* actors.c - persons, groups and bodies with names of their own, from `actor` entries and actors.tsv.
 *
 * What an actor is changes with the day: each term has a code, an office, and the days from and to which it holds. In an entry codes and offices stand on lines of
 * their own and are joined here: an office takes the code of its days. An actor of the same name in a later codebook takes the earlier one's place.
 */
#include "codebook/build.h"

enum { A_NAME, A_AKA, A_KIND, A_CODE, A_ROLE, A_FROM, A_TO };

static dl_str key_for(dl_build *b, dl_str name) { return dl_fmt(b->a, "actors.tsv %.*s ", (int)name.n, name.p); }

static uint32_t actor(dl_build *b, dl_str name)
{
    uint32_t k = dl_intern_id(&b->actor_names, b->a, name);
    if (k > b->actor_build.n) dl_push(b->a, &b->actor_build)->name = name;
    return k - 1;
}

static void add_name(dl_build *b, const dl_line *ln, dl_str name, uint16_t form, uint32_t id)
{
    dl_str f = dl_fold_phrase(b, name);
    if (f.n) dl_add_phrase(b, ln, f, (dl_str){ 0 }, DL_P_ACTOR, 0, dl_name_form(name) | form, id);
    else if (name.n) dl_bad(b, ln, name, "\"%.*s\" has no letters", (int)name.n, name.p);
}

static void set_kind(dl_build *b, const dl_line *ln, uint32_t id, dl_str kind)
{
    int k = dl_name_of(b, ln, kind, "kind", dl_kind_names, 1, DL_KIND_N);
    if (k < 0) return;
    uint8_t *old = &b->actor_build.v[id].kind;
    if (*old && *old != k) dl_bad(b, ln, kind, "this actor was of kind %s before", dl_kind_names[*old]);
    *old = (uint8_t)k;
}

/* "BEL GOV" -> "BELGOV" */
static dl_str code_of(dl_build *b, const dl_line *ln, dl_str words)
{
    dl_str code = { "", 0 }, rest = words, w;
    while ((w = dl_next_word(&rest)).n) {
        bool ok = w.n % 3 == 0;
        for (uint32_t i = 0; i < w.n; i++) ok = ok && (dl_upper((unsigned char)w.p[i]) || dl_digit((unsigned char)w.p[i]));
        if (!ok) dl_bad(b, ln, w, "\"%.*s\" is no code: blocks of three capitals", (int)w.n, w.p);
        else code = dl_fmt(b->a, "%.*s%.*s", (int)code.n, code.p, (int)w.n, w.p);
    }
    return code;
}

/* "2010-01-01", "2010-01", "2010": its first or last day. Empty: open. */
static dl_day day_of(dl_build *b, const dl_line *ln, dl_str s, bool last)
{
    int64_t y = 0, m = 0, d = 0;
    dl_str rest = s, part;
    if (!s.n) return DL_NO_DAY;
    bool ok = dl_str_int(part = dl_next_alt(&rest, '-'), &y) && part.n == 4;
    if (ok && rest.p) ok = dl_str_int(dl_next_alt(&rest, '-'), &m) && m >= 1 && m <= 12;
    if (ok && rest.p) ok = dl_str_int(dl_next_alt(&rest, '-'), &d) && d >= 1 && d <= dl_month_days((int)y, (int)m);
    if (!ok || rest.p) { dl_bad(b, ln, s, "\"%.*s\" is no day: 2015-01-31, 2015-01 or 2015", (int)s.n, s.p); return DL_NO_DAY; }
    if (!m) m = last ? 12 : 1;
    if (!d) d = last ? dl_month_days((int)y, (int)m) : 1;
    return dl_day_of((int)y, (int)m, (int)d);
}

static dl_term_build *new_term(dl_build *b, const dl_line *ln, uint32_t id, dl_str from, dl_str to)
{
    dl_day f = day_of(b, ln, from, false), t = day_of(b, ln, to, true);
    if (f != DL_NO_DAY && t != DL_NO_DAY && f > t) dl_bad(b, ln, to, "ends before it begins");
    dl_term_build *x = dl_push(b->a, &b->actor_build.v[id].terms);
    x->from = f, x->to = t;
    return x;
}

/* ---- actors.tsv ---- */

static void actor_row(dl_build *b, const dl_row *r)
{
    dl_str name = r->cell[A_NAME];
    if (!name.n) { dl_bad(b, &r->line, r->line.line, "an actor without a name"); return; }
    uint32_t id = actor(b, name);
    set_kind(b, &r->line, id, r->cell[A_KIND]);
    add_name(b, &r->line, name, 0, id);
    for (dl_str aka = r->cell[A_AKA]; aka.p;) add_name(b, &r->line, dl_next_alt(&aka, '|'), DL_F_AKA, id);
    dl_str code = code_of(b, &r->line, r->cell[A_CODE]);
    dl_term_build *t = new_term(b, &r->line, id, r->cell[A_FROM], r->cell[A_TO]);
    t->code = code, t->role = r->cell[A_ROLE];
}

const dl_table dl_actor_tables[1] = { { "actors.tsv", { "name", "aka", "kind", "code", "role", "from", "to" }, { 1, 0 }, true, actor_row } };

/* ---- actor entries ---- */

/* "leader   2010-01-01..2012-12-31": cuts the days off. */
static dl_str without_days(dl_str s, dl_str *from, dl_str *to)
{
    *from = *to = (dl_str){ 0 };
    uint32_t at = s.n;
    while (at && !dl_space((unsigned char)s.p[at - 1])) at--;
    dl_str last = dl_cut(s, at, s.n);
    int64_t dots = dl_find(last, DL_STR(".."), 0);
    if (dots < 0 || !(dl_digit((unsigned char)last.p[0]) || dots == 0)) return s;
    *from = dl_cut(last, 0, (uint32_t)dots), *to = dl_cut(last, (uint32_t)dots + 2, last.n);
    return dl_trim(dl_cut(s, 0, at));
}

static void actor_line(dl_build *b, const dl_line *ln, uint32_t id)
{
    static const char *const keys[] = { "kind", "code", "aka", "role", "source" };
    dl_str from, to;
    int k = dl_name_of(b, ln, ln->key, "line of an actor", keys, 0, 5);
    if (k < 0) return;
    if (!ln->rest.n) { dl_bad(b, ln, ln->key, "\"%s\" of what?", keys[k]); return; }
    dl_str rest = ln->rest;
    if (k == 0) set_kind(b, ln, id, dl_next_word(&rest)), dl_nothing_more(b, ln, rest);
    else if (k == 2) while (rest.p) add_name(b, ln, dl_next_item(&rest), DL_F_AKA, id);
    else if (k != 4) {
        dl_str words = without_days(rest, &from, &to), code = k == 1 ? code_of(b, ln, words) : words;
        dl_term_build *t = new_term(b, ln, id, from, to);
        if (k == 1) t->code = code;
        else t->role = code, t->role_only = true;
    }
}

void dl_actor_claim(dl_build *b, const dl_entry *e)
{
    if (e->head.rest.n) dl_row_claim(b, &e->head, e->head.rest, key_for(b, e->head.rest), e->layer, true);
}

void dl_actor_entry(dl_build *b, const dl_entry *e)
{
    dl_str name = e->head.rest;
    if (!name.n) { dl_bad(b, &e->head, e->head.key, "an actor without a name"); return; }
    if (!dl_row_holds(b, key_for(b, name), e->layer)) return;
    uint32_t id = actor(b, name);
    add_name(b, &e->head, name, 0, id);
    for (uint32_t i = 0; i < e->body.n; i++) actor_line(b, &e->body.v[i], id);
    if (!b->actor_build.v[id].kind) dl_bad(b, &e->head, name, "no kind: person group government organisation force ...");
}

/* ---- joined ---- */

static dl_day open_from(dl_day d) { return d; }                                /* DL_NO_DAY is the smallest already */
static dl_day open_to(dl_day d) { return d == DL_NO_DAY ? INT32_MAX : d; }
static bool overlap(const dl_term_build *x, const dl_term_build *y) { return open_from(x->from) <= open_to(y->to) && open_from(y->from) <= open_to(x->to); }

/* The code that holds in the days of an office: of the same days, else dated, else of no days. */
static dl_str code_for(const dl_actor_build *a, const dl_term_build *role)
{
    const dl_term_build *best = NULL;
    int best_rank = 0;
    for (uint32_t i = 0; i < a->terms.n; i++) {
        const dl_term_build *c = &a->terms.v[i];
        if (c->role_only || !overlap(c, role)) continue;
        int rank = c->from == role->from && c->to == role->to ? 3 : c->from != DL_NO_DAY || c->to != DL_NO_DAY ? 2 : 1;
        if (rank > best_rank) best = c, best_rank = rank;
    }
    return best ? best->code : (dl_str){ "", 0 };
}

static bool has_role_of_days(const dl_actor_build *a, const dl_term_build *c)
{
    for (uint32_t i = 0; i < a->terms.n; i++)
        if (a->terms.v[i].role_only && a->terms.v[i].from == c->from && a->terms.v[i].to == c->to) return true;
    return false;
}

void dl_actors_finish(dl_build *b)
{
    for (uint32_t i = 0; i < b->actor_build.n; i++) {
        const dl_actor_build *a = &b->actor_build.v[i];
        dl_ref name = dl_string(b, a->name);
        dl_actor_row *row = dl_push(b->a, &b->actors);
        row->name = name, row->kind = a->kind, row->term = b->terms.n;
        for (uint32_t k = 0; k < a->terms.n; k++) {
            const dl_term_build *t = &a->terms.v[k];
            if (!t->role_only && !t->role.n && has_role_of_days(a, t)) continue;
            dl_ref code = dl_string(b, t->role_only ? code_for(a, t) : t->code), role = dl_string(b, t->role);
            dl_term *out = dl_push(b->a, &b->terms);
            out->code = code, out->role = role, out->from = t->from, out->to = t->to;
        }
        row->nterm = b->terms.n - row->term;
    }
}
