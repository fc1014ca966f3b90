/* Synthetic, inert fixture written from public reports */
#ifndef AGREE_GROUPS_H
#define AGREE_GROUPS_H

#include <stddef.h>
#include <stdint.h>

struct agree_group {
    const char *name;
    const uint32_t *modulus; /* most significant word first */
    size_t words;
    uint32_t generator;
};

const struct agree_group *agree_group_find(const char *name);
const struct agree_group *agree_group_default(void);

#endif
