/* Synthetic, inert fixture written from public reports; see README */
unsigned long zlite_adler32(unsigned long, const unsigned char *, unsigned);
