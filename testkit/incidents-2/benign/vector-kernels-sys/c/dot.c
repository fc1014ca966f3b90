// Synthetic, inert fixture written from public reports; see README
#include <stddef.h>
float vk_dot(const float *a, const float *b, size_t n) {
    float s = 0;
    for (size_t i = 0; i < n; i++) s += a[i] * b[i];
    return s;
}
