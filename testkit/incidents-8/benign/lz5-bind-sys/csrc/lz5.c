/* Synthetic, inert fixture written from public reports */
#include "lz5.h"

#include <string.h>

size_t lz5_bound(size_t length)
{
    return length + length / 255 + 16;
}

size_t lz5_store(const unsigned char *in, size_t length, unsigned char *out)
{
    out[0] = 0;
    memcpy(out + 1, in, length);
    return length + 1;
}
