/* model.c - opening a file of weights: everything that could be wrong with it is found here, once, and said with the file's name. */
#include "model/model.h"
#include "base/error.h"
#include "base/file.h"
#include "base/hash.h"
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

struct dl_model {
    const unsigned char  *p;
    size_t                n;
    const dl_model_entry *entry;
    uint32_t              nentry;
    dl_file               file;
    void                 *copy;                     /* of memory that came unaligned */
    char                  fingerprint[32];
};

static const size_t type_size[] = { 0, 1, 2, 4, 8 };

static bool little_endian(void)
{
    const uint16_t one = 1;
    unsigned char first;
    memcpy(&first, &one, 1);
    return first == 1;
}

static bool entry_sound(const dl_model_entry *e, size_t size)
{
    if (!memchr(e->name, 0, sizeof e->name) || e->type < DL_T_U8 || e->type > DL_T_U64) return false;
    return e->offset % 64 == 0 && e->offset <= size && (uint64_t)e->count * type_size[e->type] <= size - e->offset;
}

/* NULL when the bytes are sound, else what is wrong. */
static const char *check(const unsigned char *p, size_t n, dl_code_t *code)
{
    dl_model_header h;
    *code = DL_EFORMAT;
    if (n < sizeof h) return "file of weights is too short";
    memcpy(&h, p, sizeof h);
    if (memcmp(h.magic, "dlmodel\n", 8) != 0) return "not a file of weights";
    *code = DL_EVERSION;
    if (!little_endian()) return "weights can only be read on a little-endian machine";
    if (h.oldest > DL_MODEL_VERSION) return "weights were written by a newer version of dateline";
    *code = DL_EFORMAT;
    if (h.size != n) return "file of weights is cut short or too long";
    if (h.ntensor > (n - sizeof h) / sizeof(dl_model_entry)) return "file of weights is damaged: its directory does not fit";
    *code = DL_ECHECKSUM;
    if (dl_hash64(p + sizeof h, n - sizeof h, 0) != h.checksum) return "file of weights is damaged: checksum does not match";
    *code = DL_EFORMAT;
    const dl_model_entry *e = (const dl_model_entry *)(const void *)(p + sizeof h);
    for (uint32_t i = 0; i < h.ntensor; i++)
        if (!entry_sound(&e[i], n)) return "file of weights is damaged: a tensor lies outside";
    return NULL;
}

static void describe(dl_model *m)
{
    dl_model_header h;
    memcpy(&h, m->p, sizeof h);
    m->entry = (const dl_model_entry *)(const void *)(m->p + sizeof h);
    m->nentry = h.ntensor;
    snprintf(m->fingerprint, sizeof m->fingerprint, "%u-%08x%08x", h.version, (unsigned)(h.checksum >> 32), (unsigned)h.checksum);
}

/* Tensors are read in place, so the whole must start on a cache line. */
static bool align(dl_model *m)
{
    if ((uintptr_t)m->p % 64 == 0) return true;
    m->copy = aligned_alloc(64, (m->n + 63) / 64 * 64);
    if (!m->copy) return false;
    memcpy(m->copy, m->p, m->n);
    m->p = m->copy;
    return true;
}

dl_model *dl_model_open_memory(const void *p, size_t n, const char *name, dl_error *err)
{
    dl_model *m = calloc(1, sizeof *m);
    if (!m) { dl_fail_file(err, DL_ENOMEM, name, 0, "no memory for weights"); return NULL; }
    m->p = p;
    m->n = n;
    if (!align(m)) { dl_fail_file(err, DL_ENOMEM, name, 0, "no memory for weights"); free(m); return NULL; }
    dl_code_t code;
    const char *wrong = check(m->p, m->n, &code);
    if (wrong) { dl_fail_file(err, code, name, 0, wrong); free(m->copy); free(m); return NULL; }
    describe(m);
    return m;
}

/* A folder of weights stands for the one file in it that this version knows. */
static void file_of(const char *path, char *out, size_t n)
{
    struct stat st;
    bool folder = stat(path, &st) == 0 && S_ISDIR(st.st_mode);
    snprintf(out, n, "%s%s", path, folder ? "/english.dlm" : "");
}

dl_model *dl_model_open(const char *path, dl_error *err)
{
    if (!path) return dl_model_open_memory(dl_builtin_model, (size_t)(dl_builtin_model_end - dl_builtin_model), "built-in weights", err);
    char name[4096];
    file_of(path, name, sizeof name);
    dl_file f;
    if (!dl_file_open(&f, name, err)) return NULL;
    dl_model *m = dl_model_open_memory(f.p, f.n, name, err);
    if (!m) { dl_file_close(&f); return NULL; }
    m->file = f;
    return m;
}

void dl_model_close(dl_model *m)
{
    if (!m) return;
    if (m->file.p) dl_file_close(&m->file);
    free(m->copy);
    free(m);
}

const char *dl_model_fingerprint(const dl_model *m) { return m->fingerprint; }

bool dl_model_tensor(const dl_model *m, const char *name, dl_tensor_type type, dl_tensor *out)
{
    for (uint32_t i = 0; i < m->nentry; i++)
        if (m->entry[i].type == (uint32_t)type && strcmp(m->entry[i].name, name) == 0) {
            *out = (dl_tensor){ m->p + m->entry[i].offset, m->entry[i].count };
            return true;
        }
    return false;
}
