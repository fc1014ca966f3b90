/* Synthetic, inert fixture written from public reports; see README */
#include <stddef.h>
#include <sys/random.h>

int main(void)
{
	unsigned char b[16];
	ssize_t n = getrandom(b, sizeof b, GRND_NONBLOCK);

	return n == (ssize_t) sizeof b ? 0 : 1;
}
