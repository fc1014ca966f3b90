// Synthetic, inert fixture written from public reports; see README
#include <stdint.h>
typedef struct scan_handle scan_handle;
scan_handle *scan_open(const char *device);
int32_t scan_read(scan_handle *h, uint8_t *buf, int32_t len);
void scan_close(scan_handle *h);
