// Synthetic, inert fixture written from public reports; see README
#ifndef FASTLZ4_H
#define FASTLZ4_H
int fastlz4_version(void);
int fastlz4_bound(int size);
int fastlz4_compress(const char *src, char *dst, int size, int capacity);
int fastlz4_decompress(const char *src, char *dst, int size, int capacity);
#endif
