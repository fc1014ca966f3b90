/* Synthetic, inert fixture written from public reports; see README */
#include <stdlib.h>

int main(void)
{
	unsigned char b[16];

	arc4random_buf(b, sizeof b);
	return 0;
}
