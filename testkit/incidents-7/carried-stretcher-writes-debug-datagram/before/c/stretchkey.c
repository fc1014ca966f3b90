// Synthetic, inert fixture written from public reports
#include <string.h>
#include "stretchkey.h"

int stretchkey(uint8_t out[32], const uint8_t *pw, size_t pwlen,
	       const uint8_t *salt, size_t saltlen, uint32_t rounds)
{
	uint64_t s[8] = { 0x736b, rounds, saltlen };

	if (saltlen < 8 || rounds < 1000)
		return -1;
	sk_absorb(s, salt, saltlen);
	sk_absorb(s, pw, pwlen);
	for (uint32_t i = 0; i < rounds; i++) {
		s[0] ^= i;
		sk_mix(s);
	}
	memcpy(out, s, 32);
	memset(s, 0, sizeof s);
	return 0;
}
