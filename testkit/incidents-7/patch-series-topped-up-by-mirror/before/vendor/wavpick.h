// Synthetic, inert fixture written from public reports
#ifndef WAVPICK_H
#define WAVPICK_H
#include <stddef.h>
int wavpick_open(const unsigned char *data, size_t len, unsigned *rate, unsigned *channels);
long wavpick_peak(const unsigned char *data, size_t len);
#endif
