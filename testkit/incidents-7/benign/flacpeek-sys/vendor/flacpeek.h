// Synthetic, inert fixture written from public reports
#ifndef FLACPEEK_H
#define FLACPEEK_H
#include <stddef.h>
struct flacpeek { unsigned rate, channels, bits; };
int flacpeek_info(const unsigned char *data, size_t len, struct flacpeek *out);
#endif
