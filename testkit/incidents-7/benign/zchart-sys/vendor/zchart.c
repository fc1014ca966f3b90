// Synthetic, inert fixture written from public reports
#include <math.h>
#include "zchart.h"

int zchart_extent(const double *values, size_t n, zchart_range *out)
{
	if (n == 0)
		return -1;
	out->low = out->high = values[0];
	for (size_t i = 1; i < n; i++) {
		if (values[i] < out->low)
			out->low = values[i];
		if (values[i] > out->high)
			out->high = values[i];
	}
	return 0;
}

double zchart_step(const zchart_range *r, int ticks)
{
	double raw = (r->high - r->low) / (ticks > 0 ? ticks : 1);
	double power = pow(10, floor(log10(raw)));
	double lead = raw / power;

	return power * (lead > 5 ? 10 : lead > 2 ? 5 : lead > 1 ? 2 : 1);
}
