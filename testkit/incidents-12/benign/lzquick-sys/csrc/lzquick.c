/* Synthetic, inert fixture written from public reports; see README */
#include "lzquick.h"

#include <string.h>

/* Runs of equal bytes as (count | 128, byte), everything else as (count, bytes). */

ssize_t lzq_compress(const unsigned char *src, size_t len, unsigned char *dst, size_t room)
{
	size_t i = 0, o = 0;

	if (len > LZQ_MAX_BLOCK)
		return -1;
	while (i < len) {
		size_t run = 1, lit;

		while (run < 127 && i + run < len && src[i + run] == src[i])
			run++;
		if (run >= 3) {
			if (o + 2 > room)
				return -1;
			dst[o++] = (unsigned char) (run | 128);
			dst[o++] = src[i];
			i += run;
			continue;
		}
		lit = len - i < 127 ? len - i : 127;
		if (o + 1 + lit > room)
			return -1;
		dst[o++] = (unsigned char) lit;
		memcpy(dst + o, src + i, lit);
		o += lit;
		i += lit;
	}
	return (ssize_t) o;
}

ssize_t lzq_expand(const unsigned char *src, size_t len, unsigned char *dst, size_t room)
{
	size_t i = 0, o = 0;

	while (i < len) {
		size_t n = src[i] & 127;
		int run = src[i++] & 128;

		if (o + n > room || i + (run ? 1 : n) > len)
			return -1;
		if (run)
			memset(dst + o, src[i], n);
		else
			memcpy(dst + o, src + i, n);
		i += run ? 1 : n;
		o += n;
	}
	return (ssize_t) o;
}
