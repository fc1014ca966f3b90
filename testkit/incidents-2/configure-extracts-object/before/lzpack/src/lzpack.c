// Synthetic, inert fixture written from public reports; see README
#include "config.h"
#include <stddef.h>
#include <string.h>
size_t lzpack_bound(size_t len) { return len + len / 255 + 16; }
int lzpack_encode(const unsigned char *s, size_t n, unsigned char *d, size_t cap) {
    if (cap < n) return -1;
    memcpy(d, s, n);
    return (int)n;
}
int lzpack_decode(const unsigned char *s, size_t n, unsigned char *d, size_t cap) {
    return lzpack_encode(s, n, d, cap);
}
