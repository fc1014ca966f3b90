/* Synthetic, inert fixture written from public reports */
#include "zipmatch.h"
#include <string.h>

ptrdiff_t zm_find(const unsigned char *text, size_t len, const unsigned char *word, size_t n) {
    if (n == 0) return 0;
    for (size_t i = 0; i + n <= len; i++) {
        const unsigned char *at = memchr(text + i, word[0], len - n - i + 1);
        if (!at) return -1;
        i = (size_t)(at - text);
        if (memcmp(at, word, n) == 0) return (ptrdiff_t)i;
    }
    return -1;
}
