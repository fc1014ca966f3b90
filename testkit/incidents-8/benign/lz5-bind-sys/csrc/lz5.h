/* Synthetic, inert fixture written from public reports */
#ifndef LZ5_H
#define LZ5_H
#include <stddef.h>

size_t lz5_bound(size_t length);
size_t lz5_store(const unsigned char *in, size_t length, unsigned char *out);

#endif
