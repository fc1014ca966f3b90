// Synthetic, inert fixture written from public reports
#include <string.h>
#include "flacpeek.h"

int flacpeek_info(const unsigned char *data, size_t len, struct flacpeek *out)
{
	size_t at = 4;

	if (len < 42 || memcmp(data, "fLaC", 4) != 0)
		return -1;
	while (at + 4 <= len) {
		int last = data[at] & 0x80;

		unsigned size = data[at + 1] << 16 | data[at + 2] << 8 | data[at + 3];

		if ((data[at] & 0x7f) == 0 && size >= 18) {
			const unsigned char *p = data + at + 4;
			out->rate = p[10] << 12 | p[11] << 4 | p[12] >> 4;
			out->channels = (p[12] >> 1 & 7) + 1;
			out->bits = ((p[12] & 1) << 4 | p[13] >> 4) + 1;
			return 0;
		}
		if (last)
			break;
		at += 4 + size;
	}
	return -1;
}
