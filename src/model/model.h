/* model.h - a file of trained weights: named arrays of numbers, checked once when opened, used in place ever after.
 *
 *   header     64 bytes: "dlmodel\n", version, oldest version that reads it, checksum, size, number of tensors
 *   directory  64 bytes a tensor: name, type, count, offset
 *   data       each tensor at a multiple of 64 bytes (a cache line), little-endian
 *
 * Weights are integers, so that every machine gives the same answer. What they mean is the business of whoever asks for
 * them by name (language/weights.c). A dl_model never changes after it was opened and may be shared by all threads.
 */
#ifndef DL_MODEL_MODEL_H
#define DL_MODEL_MODEL_H
#include "dateline.h"

#define DL_MODEL_VERSION 1

typedef enum { DL_T_U8 = 1, DL_T_U16, DL_T_U32, DL_T_U64 } dl_tensor_type;
typedef struct { const void *at; uint32_t count; } dl_tensor;

typedef struct {                                    /* as in the file */
    char     magic[8];
    uint32_t version, oldest;
    uint64_t checksum;                              /* dl_hash64 of everything behind the header, seed 0 */
    uint64_t size;                                  /* of the whole file */
    uint32_t ntensor;
    char     pad[28];
} dl_model_header;

typedef struct {
    char     name[40];                              /* NUL-ended */
    uint32_t type, count;
    uint64_t offset;                                /* from the start of the file */
    uint64_t zero;
} dl_model_entry;

/* Opens weights that lie in memory; the memory must outlive the model. `name` stands for it in errors. */
dl_model *dl_model_open_memory(const void *, size_t, const char *name, dl_error *);

/* False when there is no tensor of that name and type. */
bool dl_model_tensor(const dl_model *, const char *name, dl_tensor_type, dl_tensor *out);

/* The weights embedded at build time (.incbin of models/english.dlm). */
extern const unsigned char dl_builtin_model[];
extern const unsigned char dl_builtin_model_end[];

#endif
