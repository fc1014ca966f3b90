// Synthetic, inert fixture written from public reports; see README
#include "config.h"
#include "h5store.h"
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

struct h5_file {
  int fd;
};

h5_file *h5_open(const char *path, int flags) {
  h5_file *file = malloc(sizeof *file);
  if (!file) return 0;
  file->fd = open(path, flags ? O_RDWR | O_CREAT : O_RDONLY, 0644);
  if (file->fd < 0) {
    free(file);
    return 0;
  }
#ifdef HAVE_FADVISE
  posix_fadvise(file->fd, 0, 0, POSIX_FADV_SEQUENTIAL);
#endif
  return file;
}

long h5_read(h5_file *file, void *out, long size) { return read(file->fd, out, (size_t)size); }

void h5_close(h5_file *file) {
  close(file->fd);
  free(file);
}
