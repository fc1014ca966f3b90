/* Synthetic, inert fixture written from public reports */
#include "sbytes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdint.h>
#include <time.h>
#include <unistd.h>
#if defined(__linux__)
#include <sys/syscall.h>
#endif

static int from_device(unsigned char *out, size_t length)
{
    int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return -1;
    while (length > 0) {
        ssize_t got = read(fd, out, length);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0) {
            close(fd);
            return -1;
        }
        out += got;
        length -= (size_t)got;
    }
    close(fd);
    return 0;
}

static int from_system(unsigned char *out, size_t length)
{
#if defined(SYS_getrandom)
    while (length > 0) {
        long got = syscall(SYS_getrandom, out, length, 0);
        if (got < 0 && errno == EINTR)
            continue;
        if (got <= 0)
            return from_device(out, length);
        out += got;
        length -= (size_t)got;
    }
    return 0;
#else
    return from_device(out, length);
#endif
}

int sbytes_fill(unsigned char *out, size_t length)
{
    return from_system(out, length);
}
