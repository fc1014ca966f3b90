/* Synthetic, inert fixture written from public reports; see README */
#ifndef ZSTLITE_H
#define ZSTLITE_H

#include <stddef.h>

size_t zstlite_bound(size_t size);
int zstlite_pack(const unsigned char *in, size_t size, unsigned char *out, size_t *room);

#endif
