/* Synthetic, inert fixture written from public reports */
#ifndef SBYTES_H
#define SBYTES_H
#include <stddef.h>

/* Fills a buffer; 0 is success. */
int sbytes_fill(unsigned char *out, size_t length);

#endif
