/* Synthetic, inert fixture written from public reports */
#ifndef PACKLINE_H
#define PACKLINE_H

#include <stddef.h>
#include <stdint.h>

#define PL_MAGIC 0x504c494eu

enum { PL_OK = 0, PL_SHORT = -1, PL_FORMAT = -2, PL_SPACE = -3 };

int pl_decode(const uint8_t *in, size_t in_len, uint8_t *out, size_t out_cap, size_t *out_len);

#endif
