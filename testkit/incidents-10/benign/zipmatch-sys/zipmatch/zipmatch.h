/* Synthetic, inert fixture written from public reports */
#ifndef ZIPMATCH_H
#define ZIPMATCH_H
#include <stddef.h>
ptrdiff_t zm_find(const unsigned char *text, size_t len, const unsigned char *word, size_t n);
#endif
