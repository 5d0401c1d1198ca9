/* graph.c - see graph.h. */
#include <stdlib.h>
#include "views/graph.h"

enum { ROOM = 1 << 28 };

bool dl_graph_open(dl_graph *g, dl_db *d)
{
    *g = (dl_graph){ .db = d };
    g->pool = dl_pool_open(ROOM);
    g->opened = g->pool && dl_arena_open(&g->mem, g->pool);
    return g->opened || dl_db_refuse(d, DL_ENOMEM, "no memory for a graph");
}

void dl_graph_close(dl_graph *g)
{
    if (g->opened) dl_arena_close(&g->mem);
    dl_pool_close(g->pool);
}

static uint32_t node(dl_graph *g, dl_str id, dl_str name, dl_str kind, uint32_t events)
{
    uint32_t n = dl_intern_id(&g->ids, &g->mem, id) - 1;
    if (n == g->nodes.n) *dl_push(&g->mem, &g->nodes) = (dl_graph_node){ .id = dl_intern_str(&g->ids, n + 1), .name = dl_copy(&g->mem, name), .kind = dl_copy(&g->mem, kind) };
    g->nodes.v[n].events += events;
    return n;
}

static dl_graph_edge *edge(dl_graph *g, uint32_t from, uint32_t to)
{
    uint32_t key[2] = { from, to };
    uint32_t n = dl_intern_id(&g->pairs, &g->mem, (dl_str){ (const char *)key, sizeof key }) - 1;
    if (n == g->edges.n) *dl_push(&g->mem, &g->edges) = (dl_graph_edge){ .from = from, .to = to };
    return &g->edges.v[n];
}

static void day_into(char to[12], dl_str day, bool earlier)
{
    if (day.n != 10 || (to[0] && (earlier ? memcmp(day.p, to, 10) >= 0 : memcmp(day.p, to, 10) <= 0))) return;
    memcpy(to, day.p, 10), to[10] = 0;
}

bool dl_graph_add(dl_graph *g, const dl_told *t)
{
    const dl_party *who = dl_told_party(t, "actor"), *whom = dl_told_party(t, "recipient");
    jmp_buf full;
    if (!who || !whom || !(who->code.n || who->name.n) || !(whom->code.n || whom->name.n) || dl_eq(who->code.n ? who->code : who->name, whom->code.n ? whom->code : whom->name)) return false;
    g->mem.full = &full;
    if (setjmp(full)) { g->mem.full = NULL; return dl_db_refuse(g->db, DL_ENOMEM, "no memory for a graph"); }
    uint32_t from = node(g, who->code.n ? who->code : who->name, who->name, who->kind, 1), to = node(g, whom->code.n ? whom->code : whom->name, whom->name, whom->kind, 1);
    dl_graph_edge *e = edge(g, from, to);
    e->events++;
    if (t->quad >= 1 && t->quad <= 4) e->quad[t->quad]++;
    if (t->has_goldstein) e->goldstein += t->goldstein, e->scored++;
    day_into(e->first, t->earliest, true), day_into(e->last, t->latest.n ? t->latest : t->earliest, false);
    if (!e->last[0] && e->first[0]) memcpy(e->last, e->first, sizeof e->last);
    if (!e->first[0] && e->last[0]) memcpy(e->first, e->last, sizeof e->first);
    g->mem.full = NULL;
    return true;
}

bool dl_graph_count(dl_graph *g, dl_str who, dl_str whom, uint32_t events, double scores, uint32_t scored, dl_str first, dl_str last)
{
    jmp_buf full;
    g->mem.full = &full;
    if (setjmp(full)) { g->mem.full = NULL; return dl_db_refuse(g->db, DL_ENOMEM, "no memory for a graph"); }
    uint32_t from = node(g, who, who, DL_STR(""), events), to = node(g, whom, whom, DL_STR(""), events);
    dl_graph_edge *e = edge(g, from, to);
    e->events += events, e->goldstein += scores, e->scored += scored;
    day_into(e->first, first, true), day_into(e->last, last, false);
    g->mem.full = NULL;
    return true;
}

void dl_put_code_words(const dl_codebook *book, dl_buf *b, dl_str code)
{
    for (uint32_t i = 0; i < code.n; i += 3) {
        dl_str part = dl_cut(code, i, i + 3 < code.n ? i + 3 : code.n);
        const dl_sector *s = dl_book_sector(book, part);
        dl_country c;
        if (i) dl_putz(b, ", ");
        dl_put(b, !i && dl_country_of(book, part, &c) ? c.name : s ? dl_book_str(book, s->words) : part);
    }
}

bool dl_graph_done(dl_graph *g) { return dl_db_good(g->db); }

/* ---- a picture ---- */

static int busiest_first(const void *a, const void *b)
{
    const dl_graph_node *x = a, *y = b;
    return x->events != y->events ? (x->events < y->events ? 1 : -1) : dl_cmp(x->id, y->id);
}

/* The busiest nodes come first, the others go, and edges follow. */
static uint32_t prune(dl_graph *g, uint32_t most)
{
    uint32_t *to = dl_new(&g->mem, uint32_t, g->nodes.n + 1), left = 0, n = g->nodes.n, k = 0;
    qsort(g->nodes.v, n, sizeof *g->nodes.v, busiest_first);
    for (uint32_t i = 0; i < n; i++) to[dl_intern_id(&g->ids, &g->mem, g->nodes.v[i].id) - 1] = i;
    if (n > most) left = n - most, g->nodes.n = most;
    for (uint32_t i = 0; i < g->edges.n; i++) {
        dl_graph_edge e = g->edges.v[i];
        e.from = to[e.from], e.to = to[e.to];
        if (e.from < g->nodes.n && e.to < g->nodes.n) g->edges.v[k++] = e;
    }
    g->edges.n = k;
    return left;
}

static float root(float v)                          /* Newton's: no bit of libm in what is shown */
{
    float r = v > 1 ? v : 1;
    for (int i = 0; i < 20; i++) r = 0.5f * (r + v / r);
    return r;
}

/* Fruchterman and Reingold 1991: nodes push each other apart, edges pull them together, ever more gently. Begins on a spiral. */
static void spring(dl_graph *g)
{
    enum { ROUNDS = 120 };
    uint32_t n = g->nodes.n;
    float (*move)[2] = dl_alloc(&g->mem, sizeof *move, 8, n + 1), k = 1 / root((float)n + 1);
    float dx = 1, dy = 0;
    for (uint32_t i = 0; i < n; i++) {                        /* the golden angle, turned by its sine and cosine */
        float r = 0.5f * root(((float)i + 0.5f) / (float)n), x = dx * -0.73736888f - dy * 0.67549029f;
        dy = dx * 0.67549029f + dy * -0.73736888f, dx = x;
        g->nodes.v[i].x = 0.5f + r * dx, g->nodes.v[i].y = 0.5f + r * dy;
    }
    for (int round = 0; round < ROUNDS; round++) {
        float heat = 0.1f * (float)(ROUNDS - round) / ROUNDS;
        for (uint32_t i = 0; i < n; i++) {
            dl_graph_node *a = &g->nodes.v[i];
            move[i][0] = (0.5f - a->x) * 2, move[i][1] = (0.5f - a->y) * 2;      /* what hangs on nothing does not fly away */
            for (uint32_t j = 0; j < n; j++) {
                if (j == i) continue;
                float x = a->x - g->nodes.v[j].x, y = a->y - g->nodes.v[j].y, d2 = x * x + y * y + 1e-6f;
                move[i][0] += x * k * k / d2, move[i][1] += y * k * k / d2;
            }
        }
        for (uint32_t i = 0; i < g->edges.n; i++) {
            const dl_graph_edge *e = &g->edges.v[i];
            float x = g->nodes.v[e->to].x - g->nodes.v[e->from].x, y = g->nodes.v[e->to].y - g->nodes.v[e->from].y, d = root(x * x + y * y + 1e-9f), f = d / k;
            move[e->from][0] += x * f, move[e->from][1] += y * f, move[e->to][0] -= x * f, move[e->to][1] -= y * f;
        }
        for (uint32_t i = 0; i < n; i++) {
            float d = root(move[i][0] * move[i][0] + move[i][1] * move[i][1] + 1e-12f), step = d < heat ? 1 : heat / d;
            g->nodes.v[i].x += move[i][0] * step, g->nodes.v[i].y += move[i][1] * step;
        }
    }
}

static void into_square(dl_graph *g)
{
    float low[2] = { 1e9f, 1e9f }, high[2] = { -1e9f, -1e9f };
    for (uint32_t i = 0; i < g->nodes.n; i++) {
        const float v[2] = { g->nodes.v[i].x, g->nodes.v[i].y };
        for (int c = 0; c < 2; c++) low[c] = v[c] < low[c] ? v[c] : low[c], high[c] = v[c] > high[c] ? v[c] : high[c];
    }
    for (uint32_t i = 0; i < g->nodes.n; i++) {
        dl_graph_node *a = &g->nodes.v[i];
        a->x = high[0] > low[0] ? (a->x - low[0]) / (high[0] - low[0]) : 0.5f;
        a->y = high[1] > low[1] ? (a->y - low[1]) / (high[1] - low[1]) : 0.5f;
    }
}

uint32_t dl_graph_layout(dl_graph *g, uint32_t most)
{
    jmp_buf full;
    g->mem.full = &full;
    if (setjmp(full)) { g->mem.full = NULL; dl_db_refuse(g->db, DL_ENOMEM, "no memory for a graph"); return 0; }
    uint32_t left = prune(g, most);
    if (g->nodes.n) spring(g), into_square(g);
    g->mem.full = NULL;
    return left;
}
