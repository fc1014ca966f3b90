/* Synthetic, inert fixture written from public reports */
#include "packline.h"

#include <string.h>

static uint32_t rd32(const uint8_t *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

static int run(const uint8_t *in, size_t n, uint8_t *out, size_t cap, size_t *len) {
    size_t i = 0;
    while (i < n) {
        uint8_t c = in[i++];
        size_t count = (c & 0x7f) + 1u;
        if (count > cap - *len) return PL_SPACE;
        if (c & 0x80) {
            if (i >= n) return PL_SHORT;
            memset(out + *len, in[i++], count);
        } else {
            if (count > n - i) return PL_SHORT;
            memcpy(out + *len, in + i, count);
            i += count;
        }
        *len += count;
    }
    return PL_OK;
}

int pl_decode(const uint8_t *in, size_t in_len, uint8_t *out, size_t out_cap, size_t *out_len) {
    *out_len = 0;
    if (in_len < 8) return PL_SHORT;
    if (rd32(in) != PL_MAGIC) return PL_FORMAT;
    uint32_t body = rd32(in + 4);
    if (body > in_len - 8) return PL_SHORT;
    return run(in + 8, body, out, out_cap, out_len);
}
