/* Synthetic, inert fixture written from public reports */
#include "tinydeflate.h"
#include <string.h>

void td_open(td_reader *r, const uint8_t *data, size_t len) {
    r->at = data;
    r->end = data + len;
    r->bits = 0;
    r->count = 0;
}

int td_bits(td_reader *r, unsigned n, uint32_t *out) {
    while (r->count < n) {
        if (r->at == r->end) return -1;
        r->bits |= (uint32_t)*r->at++ << r->count;
        r->count += 8;
    }
    *out = r->bits & ((1u << n) - 1u);
    r->bits >>= n;
    r->count -= n;
    return 0;
}

long td_stored(td_reader *r, uint8_t *out, size_t cap) {
    r->bits = r->count = 0;
    if (r->end - r->at < 4) return -1;
    size_t n = r->at[0] | (size_t)r->at[1] << 8;
    size_t m = r->at[2] | (size_t)r->at[3] << 8;
    if ((n ^ m) != 0xffff || n > cap || n > (size_t)(r->end - r->at - 4)) return -1;
    memcpy(out, r->at + 4, n);
    r->at += 4 + n;
    return (long)n;
}
