/* Synthetic, inert fixture written from public reports */
#include <stddef.h>
#include <string.h>

const char *flz_version(void) { return FASTLZC_VERSION; }

/* Runs of one byte only; the real matches are in the assembler routines. */
size_t flz_pack(const unsigned char *in, size_t n, unsigned char *out, size_t room) {
    size_t at = 0, used = 0;
    while (at < n) {
        size_t run = 1;
        while (at + run < n && run < 255 && in[at + run] == in[at]) run++;
        if (used + 2 > room) return 0;
        out[used++] = (unsigned char)run;
        out[used++] = in[at];
        at += run;
    }
    return used;
}

size_t flz_unpack(const unsigned char *in, size_t n, unsigned char *out, size_t room) {
    size_t used = 0;
    for (size_t at = 0; at + 1 < n; at += 2) {
        if (used + in[at] > room) return 0;
        memset(out + used, in[at + 1], in[at]);
        used += in[at];
    }
    return used;
}
