// Synthetic, inert fixture written from public reports; see README
#include "fastlz4.h"
#include <string.h>

int fastlz4_version(void) { return 10904; }

int fastlz4_bound(int size) { return size < 0 ? 0 : size + size / 255 + 16; }

int fastlz4_compress(const char *src, char *dst, int size, int capacity) {
  int out = 0, i = 0;
  while (i < size) {
    int run = size - i > 255 ? 255 : size - i;
    if (out + run + 1 > capacity) return 0;
    dst[out++] = (char)run;
    memcpy(dst + out, src + i, (size_t)run);
    out += run;
    i += run;
  }
  return out;
}

int fastlz4_decompress(const char *src, char *dst, int size, int capacity) {
  int out = 0, i = 0;
  while (i < size) {
    int run = (unsigned char)src[i++];
    if (run > size - i || out + run > capacity) return -1;
    memcpy(dst + out, src + i, (size_t)run);
    out += run;
    i += run;
  }
  return out;
}
