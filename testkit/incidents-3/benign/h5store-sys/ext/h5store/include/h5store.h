// Synthetic, inert fixture written from public reports; see README
#ifndef H5STORE_H
#define H5STORE_H
typedef struct h5_file h5_file;
h5_file *h5_open(const char *path, int flags);
long h5_read(h5_file *file, void *out, long size);
void h5_close(h5_file *file);
#endif
