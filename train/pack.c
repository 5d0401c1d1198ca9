/* pack.c - writing a file of weights (the format is described in model/model.h). */
#include "train.h"
#include <stdlib.h>

void pack_add(pack *p, const char *name, dl_tensor_type type, const void *at, uint32_t count) { p->v[p->n++] = (tensor){ name, type, at, count }; }

/* The tensors of a file made before, but for those whose names begin with `without`: what the other trainers made stays as it is. */
bool pack_keep(pack *p, const char *path, const char *without)
{
    size_t n;
    char *v = slurp(path, &n);
    dl_model_header h;
    if (v && n >= sizeof h) memcpy(&h, v, sizeof h);
    if (!v || n < sizeof h || memcmp(h.magic, "dlmodel\n", 8) != 0 || h.size != n || (n - sizeof h) / sizeof(dl_model_entry) < h.ntensor) { fprintf(stderr, "'%s' holds no weights\n", path); free(v); return false; }
    const dl_model_entry *e = (const dl_model_entry *)(const void *)(v + sizeof h);
    for (uint32_t i = 0; i < h.ntensor; i++)
        if (strncmp(e[i].name, without, strlen(without)) != 0) pack_add(p, e[i].name, (dl_tensor_type)e[i].type, v + e[i].offset, e[i].count);      /* v stays for as long as the trainer runs */
    return true;
}

bool pack_write(const pack *p, const char *path, uint64_t *checksum, size_t *size)
{
    static const size_t width[] = { 0, 1, 2, 4, 8 };
    size_t n = (sizeof(dl_model_header) + p->n * sizeof(dl_model_entry) + 63) / 64 * 64, at = n;
    for (uint32_t i = 0; i < p->n; i++) n += (p->v[i].count * width[p->v[i].type] + 63) / 64 * 64;
    unsigned char *out = calloc(1, n);
    dl_model_entry *e = (dl_model_entry *)(void *)(out + sizeof(dl_model_header));
    for (uint32_t i = 0; i < p->n; i++) {
        size_t bytes = p->v[i].count * width[p->v[i].type];
        snprintf(e[i].name, sizeof e[i].name, "%s", p->v[i].name);
        e[i].type = p->v[i].type;
        e[i].count = p->v[i].count;
        e[i].offset = at;
        if (bytes) memcpy(out + at, p->v[i].at, bytes);
        at += (bytes + 63) / 64 * 64;
    }
    dl_model_header h = { .version = DL_MODEL_VERSION, .oldest = DL_MODEL_VERSION, .size = n, .ntensor = p->n };
    memcpy(h.magic, "dlmodel\n", 8);
    h.checksum = *checksum = dl_hash64(out + sizeof h, n - sizeof h, 0);
    memcpy(out, &h, sizeof h);
    *size = n;
    FILE *f = fopen(path, "wb");
    bool ok = f && fwrite(out, 1, n, f) == n;
    if (f && fclose(f) != 0) ok = false;
    free(out);
    return ok;
}

bool pack_written(const pack *p, const char *path)
{
    uint64_t checksum;
    size_t size;
    if (!pack_write(p, path, &checksum, &size)) { fprintf(stderr, "can't write '%s'\n", path); return false; }
    fprintf(stderr, "%s: %zu bytes, %016llx\n", path, size, (unsigned long long)checksum);
    return true;
}
