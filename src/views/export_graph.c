/* export_graph.c - who did how much to whom: GraphML (http://graphml.graphdrawing.org) and GEXF 1.3 with days (https://gexf.net).
 *
 * A node is an actor: its code where it has one, else its name. An edge is a dyad with a direction; edges of GEXF have the days of their first and last event, the end one day on, since Gephi fails silently where
 * both are equal. Weights are numbers of events, in all and of each kind. */
#include <stdio.h>
#include <stdlib.h>
#include "base/hash.h"
#include "views/graph.h"

typedef struct { dl_graph g; dl_export *x; } collector;

static bool collect(dl_export *x, const dl_told *t, void *self)
{
    (void)x;
    return dl_graph_add(&((collector *)self)->g, t);
}

static void xml(dl_buf *b, dl_str s)
{
    for (uint32_t i = 0; i < s.n; i++) {
        char c = s.p[i];
        if (c == '&') dl_putz(b, "&amp;");
        else if (c == '<') dl_putz(b, "&lt;");
        else if (c == '>') dl_putz(b, "&gt;");
        else if (c == '"') dl_putz(b, "&quot;");
        else dl_putc(b, (unsigned char)c < ' ' ? ' ' : c);
    }
}

static bool gather(dl_export *x, collector *c)
{
    *c = (collector){ .x = x };
    x->why_left_out = "not both of who and whom";
    return dl_graph_open(&c->g, x->db) && dl_export_each(x, "ORDER BY a.fact", collect, c) && dl_graph_done(&c->g);
}

static void attribute(dl_buf *b, const char *key, const char *format, ...) __attribute__((format(printf, 3, 4)));
static void attribute(dl_buf *b, const char *key, const char *format, ...)
{
    char v[64];
    va_list a;
    va_start(a, format);
    vsnprintf(v, sizeof v, format, a);
    va_end(a);
    dl_putf(b, "<data key=\"%s\">%s</data>", key, v);
}

bool dl_export_graphml(dl_export *x)
{
    static const char *const keys[][3] = { { "node", "label", "string" }, { "node", "kind", "string" }, { "node", "events", "int" }, { "edge", "weight", "int" }, { "edge", "goldstein", "double" }, { "edge", "first", "string" },
        { "edge", "last", "string" }, { "edge", "verbal_cooperation", "int" }, { "edge", "material_cooperation", "int" }, { "edge", "verbal_conflict", "int" }, { "edge", "material_conflict", "int" } };
    dl_buf *b = &x->out;
    collector c;
    bool good = gather(x, &c);
    dl_putz(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<graphml xmlns=\"http://graphml.graphdrawing.org/xmlns\">\n");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) dl_putf(b, "<key id=\"%s\" for=\"%s\" attr.name=\"%s\" attr.type=\"%s\"/>\n", keys[i][1], keys[i][0], keys[i][1], keys[i][2]);
    dl_putz(b, "<graph id=\"dyads\" edgedefault=\"directed\">\n");
    for (uint32_t i = 0; good && i < c.g.nodes.n; i++) {
        const dl_graph_node *n = &c.g.nodes.v[i];
        dl_putf(b, "<node id=\"n%u\"><data key=\"label\">", i), xml(b, n->name), dl_putz(b, "</data><data key=\"kind\">"), xml(b, n->kind), dl_putz(b, "</data>");
        attribute(b, "events", "%u", n->events);
        dl_putz(b, "</node>\n");
        good = dl_export_flush(x);
    }
    for (uint32_t i = 0; good && i < c.g.edges.n; i++) {
        const dl_graph_edge *e = &c.g.edges.v[i];
        dl_putf(b, "<edge id=\"e%u\" source=\"n%u\" target=\"n%u\">", i, e->from, e->to);
        attribute(b, "weight", "%u", e->events);
        if (e->scored) dl_putz(b, "<data key=\"goldstein\">"), dl_put_number(b, e->goldstein / e->scored, 3), dl_putz(b, "</data>");
        if (e->first[0]) attribute(b, "first", "%s", e->first), attribute(b, "last", "%s", e->last);
        for (int k = 1; k <= 4; k++) attribute(b, keys[6 + k][1], "%u", e->quad[k]);
        dl_putz(b, "</edge>\n");
        good = dl_export_flush(x);
    }
    dl_putz(b, "</graph>\n</graphml>\n");
    dl_graph_close(&c.g);
    return good;
}

bool dl_export_gexf(dl_export *x)
{
    dl_buf *b = &x->out;
    collector c;
    bool good = gather(x, &c);
    dl_putz(b, "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<gexf xmlns=\"http://gexf.net/1.3\" version=\"1.3\">\n<meta><creator>dateline " DL_VERSION "</creator></meta>\n"
               "<graph mode=\"dynamic\" defaultedgetype=\"directed\" timeformat=\"date\" timerepresentation=\"interval\">\n"
               "<attributes class=\"node\"><attribute id=\"0\" title=\"kind\" type=\"string\"/><attribute id=\"1\" title=\"events\" type=\"integer\"/></attributes>\n"
               "<attributes class=\"edge\"><attribute id=\"0\" title=\"goldstein\" type=\"double\"/><attribute id=\"1\" title=\"material_conflict\" type=\"integer\"/></attributes>\n<nodes>\n");
    for (uint32_t i = 0; good && i < c.g.nodes.n; i++) {
        const dl_graph_node *n = &c.g.nodes.v[i];
        dl_putf(b, "<node id=\"n%u\" label=\"", i), xml(b, n->name), dl_putz(b, "\"><attvalues><attvalue for=\"0\" value=\""), xml(b, n->kind);
        dl_putf(b, "\"/><attvalue for=\"1\" value=\"%u\"/></attvalues></node>\n", n->events);
        good = dl_export_flush(x);
    }
    dl_putz(b, "</nodes>\n<edges>\n");
    for (uint32_t i = 0; good && i < c.g.edges.n; i++) {
        const dl_graph_edge *e = &c.g.edges.v[i];
        dl_putf(b, "<edge id=\"e%u\" source=\"n%u\" target=\"n%u\" weight=\"%u\"", i, e->from, e->to, e->events);
        if (e->first[0]) {
            char end[16];
            dl_day_iso(dl_day_parse(dl_str_of(e->last)) + 1, end);
            dl_putf(b, " start=\"%s\" end=\"%s\"", e->first, end);
        }
        dl_putz(b, "><attvalues>");
        if (e->scored) dl_putz(b, "<attvalue for=\"0\" value=\""), dl_put_number(b, e->goldstein / e->scored, 3), dl_putz(b, "\"/>");
        dl_putf(b, "<attvalue for=\"1\" value=\"%u\"/></attvalues></edge>\n", e->quad[4]);
        good = dl_export_flush(x);
    }
    dl_putz(b, "</edges>\n</graph>\n</gexf>\n");
    dl_graph_close(&c.g);
    return good;
}
