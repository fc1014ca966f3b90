// Synthetic, inert fixture written from public reports; see README
#include <stddef.h>
int tls_shim_version(void) { return 3; }
