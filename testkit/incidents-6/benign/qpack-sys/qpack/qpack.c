/* Synthetic, inert fixture written from public reports */
#include "qpack.h"

size_t qpack_bound(size_t length)
{
    return length * 255;
}

/* Pairs of a count and a byte. */
int qpack_unpack(qpack_span in, uint8_t *out, size_t *length)
{
    size_t at = 0;
    for (size_t i = 0; i + 1 < in.length; i += 2) {
        for (uint8_t n = in.data[i]; n > 0; n--) {
            if (at == *length)
                return QPACK_SHORT;
            out[at++] = in.data[i + 1];
        }
    }
    *length = at;
    return QPACK_OK;
}
