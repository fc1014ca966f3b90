/* Synthetic, inert fixture written from public reports; see README */
#ifndef LZQUICK_H
#define LZQUICK_H

#include <stddef.h>
#include <sys/types.h>

#define LZQ_MAX_BLOCK 65536

ssize_t lzq_compress(const unsigned char *src, size_t len, unsigned char *dst, size_t room);
ssize_t lzq_expand(const unsigned char *src, size_t len, unsigned char *dst, size_t room);

#endif
