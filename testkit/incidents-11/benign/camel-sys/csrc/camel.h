/* Synthetic, inert fixture written from public reports */
#ifndef CAMEL_H
#define CAMEL_H

#include <stddef.h>

typedef struct camel_buf {
    unsigned char *data;
    size_t len;
    size_t cap;
} camel_buf;

int camel_buf_push(camel_buf *b, const unsigned char *data, size_t len);
void camel_buf_free(camel_buf *b);

#endif
