// Synthetic, inert fixture written from public reports; see README
int oldlib_version(void) { return 7; }
