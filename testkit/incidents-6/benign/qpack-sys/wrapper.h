/* Synthetic, inert fixture written from public reports */
#include <qpack.h>
