/* Synthetic, inert fixture written from public reports */
#ifndef TINYDEFLATE_H
#define TINYDEFLATE_H
#include <stddef.h>
#include <stdint.h>

typedef struct td_reader {
    const uint8_t *at, *end;
    uint32_t bits;
    unsigned count;
} td_reader;

void td_open(td_reader *r, const uint8_t *data, size_t len);
int td_bits(td_reader *r, unsigned n, uint32_t *out);
long td_stored(td_reader *r, uint8_t *out, size_t cap);

#endif
