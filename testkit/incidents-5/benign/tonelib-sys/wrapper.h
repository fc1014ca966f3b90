/* Synthetic, inert fixture written from public reports */
#include <tone/tone.h>
