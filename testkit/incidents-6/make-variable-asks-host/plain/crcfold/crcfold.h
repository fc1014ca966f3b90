/* Synthetic, inert fixture written from public reports */
#ifndef CRCFOLD_H
#define CRCFOLD_H

#include <stddef.h>
#include <stdint.h>

uint32_t crcfold_update(uint32_t crc, const uint8_t *data, size_t length);
const char *crcfold_version(void);

#endif
