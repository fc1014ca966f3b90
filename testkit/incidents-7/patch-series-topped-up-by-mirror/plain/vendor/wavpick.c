// Synthetic, inert fixture written from public reports
#include <string.h>
#include "wavpick.h"

static unsigned le32(const unsigned char *p)
{
	return p[0] | p[1] << 8 | p[2] << 16 | (unsigned)p[3] << 24;
}

int wavpick_open(const unsigned char *data, size_t len, unsigned *rate, unsigned *channels)
{
	if (memcmp(data, "RIFF", 4) != 0)
		return -1;
	*channels = data[22];
	*rate = le32(data + 24);
	return 0;
}

long wavpick_peak(const unsigned char *data, size_t len)
{
	long peak = 0;
	for (size_t i = 44; i + 1 < len; i += 2) {
		short v = (short)(data[i] | data[i + 1] << 8);
		long a = v < 0 ? -(long)v : v;
		if (a > peak)
			peak = a;
	}
	return peak;
}
