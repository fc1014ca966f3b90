/* Synthetic, inert fixture written from public reports; see README */
#include "sesskey.h"

#include <stdint.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>
#ifdef HAVE_GETRANDOM
#include <sys/random.h>
#endif

static const char letters[] =
	"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

/* Old systems without any source of random numbers; better than to fail. */
static void fill_by_clock(unsigned char *buf, size_t len)
{
	static uint64_t x;
	size_t i;

	if (x == 0)
		x = (uint64_t) time(NULL) ^ ((uint64_t) getpid() << 20);
	for (i = 0; i < len; i++) {
		x = x * 6364136223846793005u + 1442695040888963407u;
		buf[i] = (unsigned char) (x >> 56);
	}
}

int sesskey_fill(unsigned char *buf, size_t len)
{
#if defined(HAVE_GETRANDOM)
	return getrandom(buf, len, 0) == (ssize_t) len ? 0 : -1;
#elif defined(HAVE_ARC4RANDOM)
	arc4random_buf(buf, len);
	return 0;
#else
	fill_by_clock(buf, len);
	return 0;
#endif
}

int sesskey_text(const unsigned char *buf, size_t len, char *out, size_t room)
{
	size_t i, n = 0;
	uint32_t bits = 0;
	int have = 0;

	if (room < len * 4 / 3 + 2)
		return -1;
	for (i = 0; i < len; i++) {
		bits = bits << 8 | buf[i];
		for (have += 8; have >= 6; have -= 6)
			out[n++] = letters[bits >> (have - 6) & 63];
	}
	if (have > 0)
		out[n++] = letters[bits << (6 - have) & 63];
	out[n] = 0;
	return (int) n;
}
