/* Synthetic, inert fixture written from public reports */
#include "camel.h"

#include <stdlib.h>
#include <string.h>

int camel_buf_push(camel_buf *b, const unsigned char *data, size_t len)
{
    if (b->len + len > b->cap) {
        size_t cap = b->cap ? b->cap * 2 : 64;
        while (cap < b->len + len)
            cap *= 2;
        unsigned char *p = realloc(b->data, cap);
        if (!p)
            return -1;
        b->data = p;
        b->cap = cap;
    }
    memcpy(b->data + b->len, data, len);
    b->len += len;
    return 0;
}

void camel_buf_free(camel_buf *b)
{
    free(b->data);
    memset(b, 0, sizeof *b);
}
