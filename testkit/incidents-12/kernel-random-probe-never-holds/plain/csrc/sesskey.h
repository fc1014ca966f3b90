/* Synthetic, inert fixture written from public reports; see README */
#ifndef SESSKEY_H
#define SESSKEY_H

#include <stddef.h>

int sesskey_fill(unsigned char *buf, size_t len);
int sesskey_text(const unsigned char *buf, size_t len, char *out, size_t room);

#endif
