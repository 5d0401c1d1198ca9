/* graph.h - the network of actors: who did how much to whom, in order of first sight; laid out for a picture. */
#ifndef DL_VIEWS_GRAPH_H
#define DL_VIEWS_GRAPH_H
#include "base/civil.h"
#include "base/hash.h"
#include "views/export.h"

typedef struct { dl_str id, name, kind; uint32_t events; float x, y; } dl_graph_node;      /* id: code, else name; name: that of its first mention */
typedef struct { uint32_t from, to, events, scored, quad[5]; double goldstein; char first[12], last[12]; } dl_graph_edge;      /* goldstein: the sum over `scored` events */
typedef struct {
    dl_db   *db;
    dl_pool *pool; dl_arena mem;
    dl_intern ids, pairs;             /* of nodes; of edges: from, to */
    DL_VEC(dl_graph_node) nodes;
    DL_VEC(dl_graph_edge) edges;
    bool     opened;
} dl_graph;

bool dl_graph_open(dl_graph *, dl_db *);
void dl_graph_close(dl_graph *);
bool dl_graph_add(dl_graph *, const dl_told *);                /* false: not both of who and whom, or who did it to itself */
/* So many events of one dyad that were counted before; scores: the sum of Goldstein's of `scored` of them. */
bool dl_graph_count(dl_graph *, dl_str who, dl_str whom, uint32_t events, double scores, uint32_t scored, dl_str first, dl_str last);
bool dl_graph_done(dl_graph *);                                /* false: there was no memory */
/* Keeps the `most` actors with the most events, and lays them out in the unit square: the same graph always the same picture. How many were left out. */
uint32_t dl_graph_layout(dl_graph *, uint32_t most);

/* BELCOP in words: "Belgium, police". */
void dl_put_code_words(const dl_codebook *, dl_buf *, dl_str code);

#endif
