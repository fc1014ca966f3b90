// Synthetic, inert fixture written from public reports
#ifndef ZCHART_H
#define ZCHART_H
#include <stddef.h>
typedef struct zchart_range { double low, high; } zchart_range;
int zchart_extent(const double *values, size_t n, zchart_range *out);
double zchart_step(const zchart_range *r, int ticks);
#endif
