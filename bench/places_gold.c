/* places_gold.c - answers for score_places.py (with --bytes): places-gold [--found | --reach] [--explain] [--gazetteer FILE] GOLD.jsonl[.gz] > SYSTEM
 *
 * GOLD holds an object a line: id, text, toponyms with bstart and bend. Without --found each of its spans gets the place that the program takes it for (resolution alone);
 * with --found the program finds the names as well. --explain writes, instead, a readable line for each place.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include "base/json.h"
#include "base/lines.h"
#include "facts/where.h"
#include "intake/intake.h"

typedef struct { dl_codebook *book; dl_coder *coder; dl_gazetteer *gaz[2]; dl_arena *mem, *scratch; bool found, explain, reach; } tool;

static uint32_t number(const dl_json *o, const char *key)
{
    const dl_json *v = dl_json_get(o, key);
    int64_t n = 0;
    return v && v->kind == DL_JSON_NUMBER && dl_str_int(v->str, &n) && n > 0 ? (uint32_t)n : 0;
}

static void answer(const tool *t, dl_jw *w, dl_str text, const dl_place *p)
{
    if (t->explain) {
        printf("  %.*s = ", (int)dl_len(p->at), text.p + p->at.b);
        if (p->is) printf("%.*s, %.*s, %.2s (%.*s, %u) %.3f %.3f", (int)p->is->name.n, p->is->name.p, (int)p->is->admin1.n, p->is->admin1.p, p->is->cc[0] ? p->is->cc : "--", (int)p->is->cls.n, p->is->cls.p,
                          p->is->geonames, p->is->lat / 1e5, p->is->lon / 1e5);
        printf(": %.*s\n", (int)p->why.n, p->why.p);
        return;
    }
    dl_jw_open(w, '{');
    dl_jw_key(w, "bstart"), dl_jw_int(w, p->at.b);
    dl_jw_key(w, "bend"), dl_jw_int(w, p->at.e);
    dl_jw_key(w, "lat");
    if (p->is && p->is->lat != INT32_MAX) dl_jw_fix(w, p->is->lat, 5); else dl_jw_null(w);
    dl_jw_key(w, "lon");
    if (p->is && p->is->lat != INT32_MAX) dl_jw_fix(w, p->is->lon, 5); else dl_jw_null(w);
    dl_jw_key(w, "gid");
    if (p->is && p->is->geonames) dl_jw_str(w, dl_fmt(t->scratch, "%u", p->is->geonames)); else dl_jw_null(w);
    dl_jw_close(w, '}');
}

static int32_t degrees(const dl_json *o, const char *key)
{
    const dl_json *v = dl_json_get(o, key);
    char copy[32] = "";
    if (!v || v->kind != DL_JSON_NUMBER || v->str.n >= sizeof copy) return INT32_MAX;
    memcpy(copy, v->str.p, v->str.n);
    return (int32_t)(strtod(copy, NULL) * 1e5);
}

/* Of all bearers the one nearest to the gold point. */
static const dl_spot *nearest(dl_ask *q, const dl_json *gold, dl_str name)
{
    dl_map m = { .q = q };
    dl_spot at = { .lat = degrees(gold, "lat"), .lon = degrees(gold, "lon") };
    uint32_t k = dl_call(&m, name), least = UINT32_MAX;
    const dl_spot *best = NULL;
    for (uint32_t i = 0; k != DL_NONE && i < m.called.v[k].n; i++) {
        const dl_spot *s = m.bearers.v[m.called.v[k].first + i].is;
        uint32_t km = dl_apart(s, &at);
        if (!best || km < least) best = s, least = km;
    }
    return best;
}

static void resolve(tool *t, dl_jw *w, dl_str text, const dl_json *toponyms)
{
    dl_article art = { .published = DL_NO_DAY };
    dl_about about = { .size = sizeof about, .format = "text" };
    dl_language lang = { 0 };
    dl_facts f = { 0 };
    uint32_t n = 0;
    dl_intake(t->mem, t->scratch, text.p, text.n, &about, &art);
    dl_article_parts(t->book, t->mem, t->scratch, &art);
    for (const dl_json *k = toponyms ? toponyms->first : NULL; k; k = k->next) n++;
    dl_span *at = dl_new(t->mem, dl_span, n + 1);
    dl_place *out = dl_new(t->mem, dl_place, n + 1);
    n = 0;
    for (const dl_json *k = toponyms ? toponyms->first : NULL; k; k = k->next) {
        dl_span s = { number(k, "bstart"), number(k, "bend") };
        if (s.b < s.e && s.e <= art.text.n) at[n++] = s;
    }
    if (n == 0) return;
    dl_ask q = { t->book, &art, &lang, t->mem, t->scratch, false, &f, { t->gaz[0], t->gaz[1] } };
    dl_where_spans(&q, at, n, out);
    n = 0;
    for (const dl_json *k = toponyms->first; k && t->reach; k = k->next) {
        dl_span s = { number(k, "bstart"), number(k, "bend") };
        if (s.b < s.e && s.e <= art.text.n) out[n++].is = nearest(&q, k, dl_at(art.text, s));
    }
    if (!t->reach) for (const dl_json *k = toponyms->first; k; k = k->next) n += number(k, "bend") > number(k, "bstart") && number(k, "bend") <= art.text.n;
    for (uint32_t i = 0; i < n; i++) answer(t, w, art.text, &out[i]);
}

static void find(tool *t, dl_jw *w, dl_str text)
{
    dl_about about = { .size = sizeof about, .format = "text" };
    dl_doc *d = dl_code(t->coder, text.p, text.n, &about);
    dl_str json = { dl_doc_json(d), (uint32_t)dl_doc_json_size(d) };
    uint32_t end, where;
    const char *error;
    const dl_json *r = dl_json_read(t->mem, json, &end, &error, &where), *places = r ? dl_json_get(r, "places") : NULL;
    for (const dl_json *k = places ? places->first : NULL; k; k = k->next) {
        if (t->explain) {
            dl_str name = dl_json_get(k, "name")->str, use = dl_json_get(k, "use")->str;
            printf("  %u-%u %.*s = %.*s (%.*s)\n", number(k, "begin"), number(k, "end"), (int)(number(k, "end") - number(k, "begin")), text.p + number(k, "begin"), (int)name.n, name.p, (int)use.n, use.p);
            continue;
        }
        dl_jw_open(w, '{');
        dl_jw_key(w, "bstart"), dl_jw_int(w, number(k, "begin"));
        dl_jw_key(w, "bend"), dl_jw_int(w, number(k, "end"));
        static const char *const point[] = { "lat", "lon" };
        for (int i = 0; i < 2; i++) {
            const dl_json *v = dl_json_get(k, point[i]);
            dl_jw_key(w, point[i]);
            if (v && v->kind == DL_JSON_NUMBER) { dl_put(w->out, v->str); w->comma = true; } else dl_jw_null(w);
        }
        const dl_json *id = dl_json_get(k, "geonames");
        dl_jw_key(w, "gid"), dl_jw_str(w, id && id->kind == DL_JSON_NUMBER ? id->str : (dl_str){ 0 });
        dl_jw_close(w, '}');
    }
    dl_doc_free(d);
}

static void one(tool *t, dl_str line)
{
    uint32_t end, where;
    const char *error;
    const dl_json *o = dl_json_read(t->mem, line, &end, &error, &where), *text = o ? dl_json_get(o, "text") : NULL, *id = o ? dl_json_get(o, "id") : NULL;
    if (!text || !id) return;
    dl_buf out;
    dl_buf_init(&out, 0);
    dl_jw w = { &out, false };
    if (t->explain) printf("%.*s\n", (int)id->str.n, id->str.p);
    dl_jw_open(&w, '{');
    dl_jw_key(&w, "id"), dl_jw_str(&w, id->str);
    dl_jw_key(&w, "toponyms");
    dl_jw_open(&w, '[');
    if (t->found) find(t, &w, text->str);
    else resolve(t, &w, text->str, dl_json_get(o, "toponyms"));
    dl_jw_close(&w, ']');
    dl_jw_close(&w, '}');
    if (!t->explain) printf("%.*s\n", (int)out.n, out.p);
    dl_buf_free(&out);
}

static int run(tool *t, const char *path)
{
    dl_error err = { 0 };
    dl_lines *in = dl_lines_open(path, &err);
    dl_str line;
    int rc = -1;
    dl_marker mark = dl_mark(t->mem), scratch = dl_mark(t->scratch);
    while (in && (rc = dl_lines_next(in, &line, &err)) == 1) {
        one(t, line);
        dl_reset(t->mem, mark), dl_reset(t->scratch, scratch);
    }
    dl_lines_close(in);
    if (rc < 0) fprintf(stderr, "%s\n", err.message);
    return rc < 0;
}

int main(int argc, char **argv)
{
    tool t = { 0 };
    dl_error err = { 0 };
    const char *gold = NULL, *file = NULL;
    for (int i = 1; i < argc; i++) {
        if (strcmp(argv[i], "--found") == 0) t.found = true;
        else if (strcmp(argv[i], "--explain") == 0) t.explain = true;
        else if (strcmp(argv[i], "--reach") == 0) t.reach = true;
        else if (strcmp(argv[i], "--gazetteer") == 0 && i + 1 < argc) file = argv[++i];
        else gold = argv[i];
    }
    dl_pool *pool = dl_pool_open((size_t)1 << 30);
    dl_arena mem, scratch;
    if (!gold || !pool || !dl_arena_open(&mem, pool) || !dl_arena_open(&scratch, pool)) { fprintf(stderr, "usage: places-gold [--found | --reach] [--explain] [--gazetteer FILE] GOLD\n"); return 2; }
    t.mem = &mem, t.scratch = &scratch;
    if (file && !(t.gaz[0] = dl_gazetteer_open(file, &err))) { fprintf(stderr, "%s: %s\n", err.file, err.message); return 3; }
    t.gaz[1] = dl_gazetteer_open(NULL, &err);
    t.book = dl_codebook_open(NULL, 0, &err);
    dl_options o;
    dl_options_default(&o);
    o.gazetteer = t.gaz[0];
    t.coder = dl_coder_open(t.book, NULL, &o, &err);
    int rc = run(&t, gold);
    dl_coder_close(t.coder);
    dl_codebook_close(t.book);
    dl_gazetteer_close(t.gaz[0]), dl_gazetteer_close(t.gaz[1]);
    dl_arena_close(&scratch), dl_arena_close(&mem), dl_pool_close(pool);
    return rc;
}
