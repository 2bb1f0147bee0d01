#include "nxc_gzip.h"

#include <dlfcn.h>
#include <isa-l/igzip_lib.h>
#include <pthread.h>
#include <stdlib.h>

struct nxc_gzip {
    struct inflate_state state;
};

static struct {
    void (*init)(struct inflate_state *);
    void (*reset)(struct inflate_state *);
    int (*inflate)(struct inflate_state *);
    const char *failure;
} isal;

// The library's ABI is the soname: a libisal.so.3 would need other structures, so no other name is tried.
static void load(void) {
    void *library = dlopen("libisal.so.2", RTLD_NOW | RTLD_LOCAL);
    if (library) {
        isal.init = (void (*)(struct inflate_state *))dlsym(library, "isal_inflate_init");
        isal.reset = (void (*)(struct inflate_state *))dlsym(library, "isal_inflate_reset");
        isal.inflate = (int (*)(struct inflate_state *))dlsym(library, "isal_inflate");
    }
    if (isal.init && isal.reset && isal.inflate) return;
    isal.failure = dlerror();
    if (!isal.failure) isal.failure = "libisal.so.2 lacks a function";
}

nxc_gzip *nxc_gzip_new(const char **reason) {
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, load);
    if (isal.failure) {
        *reason = isal.failure;
        return NULL;
    }
    nxc_gzip *gzip = malloc(sizeof *gzip);
    if (!gzip) {
        *reason = "out of memory";
        return NULL;
    }
    isal.init(&gzip->state);
    gzip->state.crc_flag = ISAL_GZIP;
    return gzip;
}

void nxc_gzip_free(nxc_gzip *gzip) { free(gzip); }

enum nxc_gzip_result nxc_gzip_step(nxc_gzip *gzip, const uint8_t **input, size_t *input_size, uint8_t *output,
                                   size_t output_size, size_t *produced) {
    struct inflate_state *state = &gzip->state;
    // ISA-L counts in 32 bits; callers hand over chunks of a few MiB, and the rest of a larger one stays for later.
    const uint32_t limit = 1u << 30;
    uint32_t given = *input_size < limit ? (uint32_t)*input_size : limit;
    uint32_t room = output_size < limit ? (uint32_t)output_size : limit;
    state->next_in = (uint8_t *)*input;
    state->avail_in = given;
    state->next_out = output;
    state->avail_out = room;
    int status = isal.inflate(state);
    *produced = room - state->avail_out;
    *input += given - state->avail_in;
    *input_size -= given - state->avail_in;
    // The positive codes only say that input ended inside of a header; they are asked for again with the next chunk.
    if (status < ISAL_DECOMP_OK) return NXC_GZIP_BROKEN;
    if (state->block_state != ISAL_BLOCK_FINISH) return NXC_GZIP_MORE;
    isal.reset(state);
    state->crc_flag = ISAL_GZIP;
    return NXC_GZIP_MEMBER_END;
}
