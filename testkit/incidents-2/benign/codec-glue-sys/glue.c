// Synthetic, inert fixture written from public reports; see README
int glue_version(void) { return 5; }
