/* Synthetic, inert fixture written from public reports; see README */
#include "zstlite.h"

/* Worst case: a count for each run of at most 127 bytes. */
size_t zstlite_bound(size_t size) {
    return size + size / 127 + 1;
}

int zstlite_pack(const unsigned char *in, size_t size, unsigned char *out, size_t *room) {
    size_t at = 0, used = 0;
    while (at < size) {
        size_t run = 1;
        while (at + run < size && run < 127 && in[at + run] == in[at]) {
            run++;
        }
        if (used + 2 > *room) {
            return -1;
        }
        out[used++] = (unsigned char)run;
        out[used++] = in[at];
        at += run;
    }
    *room = used;
    return 0;
}
