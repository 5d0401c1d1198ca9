/* serve.h - the page over HTTP, for the one who runs it. */
#ifndef DL_VIEWS_SERVE_H
#define DL_VIEWS_SERVE_H
#include "dateline.h"

typedef struct {
    const dl_codebook *book;
    const char *path;                 /* of the store */
    const char *host;                 /* address to listen at; NULL: 127.0.0.1, which nobody else can reach */
    int         port;                 /* 0: one that is free */
    bool        read_only;            /* nobody may decide */
    const char *assets;               /* a folder to take the page from, for those who work on it; NULL: the one built in */
    void      (*now)(char out[24]);   /* the time, UTC: a library has no clock */
    void      (*ready)(void *self, const char *url);           /* the page can be asked for now */
    void       *self;
    const volatile int *stop;         /* not 0: end */
} dl_serving;

/* Serves until *stop. False: *err says why it could not begin; also where the program was built without it (DL_EARG). */
bool dl_serve(const dl_serving *, dl_error *);

#endif
