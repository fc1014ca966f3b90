// Synthetic, inert fixture written from public reports
#include "stretchkey.h"

static uint64_t rotl(uint64_t v, int n)
{
	return v << n | v >> (64 - n);
}

void sk_mix(uint64_t s[8])
{
	for (int r = 0; r < 12; r++) {
		for (int i = 0; i < 8; i++) {
			s[i] += rotl(s[(i + 1) & 7], 17) ^ (uint64_t)r;
			s[(i + 3) & 7] ^= rotl(s[i], 41);
		}
	}
}

void sk_absorb(uint64_t s[8], const uint8_t *in, size_t len)
{
	for (size_t i = 0; i < len; i++) {
		s[(i >> 3) & 7] ^= (uint64_t)in[i] << (8 * (i & 7));
		if ((i & 63) == 63)
			sk_mix(s);
	}
	s[7] ^= (uint64_t)len << 1 | 1;
	sk_mix(s);
}
