/* Synthetic, inert fixture written from public reports; see README */
#include <errno.h>
#include <fcntl.h>
#include <stddef.h>
#include <stdlib.h>
#include <unistd.h>
#if defined(HAVE_GETRANDOM) || defined(HAVE_GETENTROPY)
#include <sys/random.h>
#endif

int randfill_source(void)
{
#if defined(HAVE_GETRANDOM)
	return 1;
#elif defined(HAVE_GETENTROPY)
	return 2;
#elif defined(HAVE_ARC4RANDOM)
	return 3;
#else
	return 4;
#endif
}

int randfill(unsigned char *buf, size_t len)
{
#if defined(HAVE_ARC4RANDOM) && !defined(HAVE_GETRANDOM) && !defined(HAVE_GETENTROPY)
	arc4random_buf(buf, len);
	return 0;
#else
#if !defined(HAVE_GETRANDOM) && !defined(HAVE_GETENTROPY)
	int fd = open("/dev/urandom", O_RDONLY | O_CLOEXEC);

	if (fd < 0)
		return -1;
#endif
	while (len > 0) {
		ssize_t n;
#if defined(HAVE_GETRANDOM)
		n = getrandom(buf, len, 0);
#elif defined(HAVE_GETENTROPY)
		n = len < 256 ? (ssize_t) len : 256;
		if (getentropy(buf, (size_t) n) != 0)
			n = -1;
#else
		n = read(fd, buf, len);
#endif
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return -1;
		buf += n;
		len -= (size_t) n;
	}
#if !defined(HAVE_GETRANDOM) && !defined(HAVE_GETENTROPY)
	close(fd);
#endif
	return 0;
#endif
}
