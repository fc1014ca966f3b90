/* Makes the system calls that stand on standard input, one a line as "number a0 a1 a2 a3 a4 a5", and
   prints the errno of each, 0 for success. With an argument: makes one call through the i386 door. */
#define _GNU_SOURCE
#include <errno.h>
#include <stdio.h>
#include <unistd.h>
#include <sys/syscall.h>

int main(int argc, char **argv) {
  (void)argv;
  if (argc > 1) {
#ifdef __x86_64__
    int pid = 20; /* getpid of i386 */
    __asm__ volatile("int $0x80" : "+a"(pid));
    printf("i386 %d\n", pid);
#endif
    return 0;
  }
  long n, a[6];
  while (scanf("%ld %ld %ld %ld %ld %ld %ld", &n, a, a + 1, a + 2, a + 3, a + 4, a + 5) == 7) {
    errno = 0;
    long r = syscall(n, a[0], a[1], a[2], a[3], a[4], a[5]);
    printf("%d\n", r == -1 ? errno : 0);
    fflush(stdout);
  }
  return 0;
}
