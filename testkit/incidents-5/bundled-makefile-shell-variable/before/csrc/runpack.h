/* Synthetic, inert fixture written from public reports */
#ifndef RUNPACK_H
#define RUNPACK_H

#include <stddef.h>

/* Both give the size of the result, or (size_t)-1 if it does not fit or is damaged. */
size_t runpack_pack(const unsigned char *in, size_t size, unsigned char *out, size_t room);
size_t runpack_unpack(const unsigned char *in, size_t size, unsigned char *out, size_t room);
const char *runpack_version(void);

#endif
