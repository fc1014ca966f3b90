/* Synthetic, inert fixture written from public reports */
#ifndef TINYCRC_H
#define TINYCRC_H
#include <stddef.h>
#include <stdint.h>

uint32_t tinycrc_update(uint32_t crc, const uint8_t *data, size_t length);

#endif
