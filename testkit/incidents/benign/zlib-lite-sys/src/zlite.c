/* Synthetic, inert fixture written from public reports; see README */
#include "zlite.h"
unsigned long zlite_adler32(unsigned long a, const unsigned char *b, unsigned n) {
    unsigned long s1 = a & 0xffff, s2 = a >> 16;
    while (n--) { s1 = (s1 + *b++) % 65521; s2 = (s2 + s1) % 65521; }
    return (s2 << 16) | s1;
}
