/* Synthetic, inert fixture written from public reports */
#include "runpack.h"

#include <string.h>

#define BAD ((size_t)-1)

size_t runpack_pack(const unsigned char *in, size_t size, unsigned char *out, size_t room)
{
    size_t at = 0, used = 0;
    while (at < size) {
        size_t run = 1;
        while (at + run < size && run < 255 && in[at + run] == in[at])
            run++;
        if (used + 2 > room)
            return BAD;
        out[used++] = (unsigned char)run;
        out[used++] = in[at];
        at += run;
    }
    return used;
}

size_t runpack_unpack(const unsigned char *in, size_t size, unsigned char *out, size_t room)
{
    size_t at, used = 0;
    if (size % 2)
        return BAD;
    for (at = 0; at < size; at += 2) {
        if (in[at] == 0 || used + in[at] > room)
            return BAD;
        memset(out + used, in[at + 1], in[at]);
        used += in[at];
    }
    return used;
}

const char *runpack_version(void)
{
    return RUNPACK_VERSION;
}
