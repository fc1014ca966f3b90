/* Synthetic, inert fixture written from public reports */
#ifndef QPACK_H
#define QPACK_H

#include <stddef.h>
#include <stdint.h>

#define QPACK_OK 0
#define QPACK_SHORT 1

typedef struct qpack_span { const uint8_t *data; size_t length; } qpack_span;

int qpack_unpack(qpack_span in, uint8_t *out, size_t *length);
size_t qpack_bound(size_t length);

#endif
