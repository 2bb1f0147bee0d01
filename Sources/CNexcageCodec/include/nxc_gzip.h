// Inflates gzip with ISA-L, which is loaded when the first layer needs it: its types are macros and huge structures
// that Swift should not see, and linking it would be paid by every start of nexcage.
#ifndef NXC_GZIP_H
#define NXC_GZIP_H

#include <stddef.h>
#include <stdint.h>

typedef struct nxc_gzip nxc_gzip;

enum nxc_gzip_result {
    NXC_GZIP_MORE = 0,      // give more input or more room
    NXC_GZIP_MEMBER_END = 1, // a member ended and its checksum was right; the next call begins another one
    NXC_GZIP_BROKEN = -1    // not gzip, or damaged
};

// A new inflater, or NULL; then *reason says why: dlerror(3)'s text, or "out of memory".
nxc_gzip *nxc_gzip_new(const char **reason);
void nxc_gzip_free(nxc_gzip *gzip);

// Inflates from *input, *input_size to output until one of them is used up or a member ends. Moves *input on and
// sets *produced. Works through any number of members, as RFC 1952 2.2 asks.
enum nxc_gzip_result nxc_gzip_step(nxc_gzip *gzip, const uint8_t **input, size_t *input_size, uint8_t *output,
                                   size_t output_size, size_t *produced);

#endif
