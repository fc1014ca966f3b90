/* Synthetic, inert fixture written from public reports */
#include "crc.h"

static uint32_t table[256];
static int ready;

static void fill(void)
{
    for (uint32_t n = 0; n < 256; n++) {
        uint32_t c = n;
        for (int k = 0; k < 8; k++)
            c = c & 1 ? 0xedb88320u ^ (c >> 1) : c >> 1;
        table[n] = c;
    }
    ready = 1;
}

uint32_t tinycrc_update(uint32_t crc, const uint8_t *data, size_t length)
{
    if (!ready)
        fill();
    crc = ~crc;
    while (length--)
        crc = table[(crc ^ *data++) & 0xff] ^ (crc >> 8);
    return ~crc;
}
