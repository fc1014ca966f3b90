// Synthetic, inert fixture written from public reports
#ifndef STRETCHKEY_H
#define STRETCHKEY_H
#include <stddef.h>
#include <stdint.h>

int stretchkey(uint8_t out[32], const uint8_t *pw, size_t pwlen,
	       const uint8_t *salt, size_t saltlen, uint32_t rounds);
void sk_mix(uint64_t s[8]);
void sk_absorb(uint64_t s[8], const uint8_t *in, size_t len);
#endif
