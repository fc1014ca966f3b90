package lazaret.sandbox.filter;

import java.util.Arrays;
import java.util.List;

/// A call whose result depends on its arguments.
///
/// @param call the name of the call
/// @param arguments the arguments
/// @param sealed the action in sealed mode without reporting
/// @param gate the action if only the gate is reachable
/// @param loopback the action if the command may use its loopback interface
record CallRow(String call, List<Long> arguments, int sealed, int gate, int loopback) {
  private static final int ALLOW = 0x7fff_0000;
  private static final int EPERM = 0x0005_0000 | 1;
  private static final int EACCES = 0x0005_0000 | 13;
  private static final int EAFNOSUPPORT = 0x0005_0000 | 97;
  private static final long HIGH = 0xdead_beef_0000_0000L;

  static final List<CallRow> ALL =
      List.of(
          of("openat", ALLOW, -100, 1, 02, 06755),
          of("openat", ALLOW, -100, 1, 0101, 01777),
          of("openat", EPERM, -100, 1, 0101, 04755),
          of("openat", EPERM, -100, 1, HIGH | 0101, HIGH | 02755),
          of("openat", EPERM, -100, 1, 020200002, 04700),
          of("open", ALLOW, 1, 0101, 0644),
          of("open", EPERM, 1, 0101, 02644),
          of("open", EPERM, 1, 020200002, 04644),
          of("creat", ALLOW, 1, 0755),
          of("creat", EPERM, 1, 04755),
          of("chmod", ALLOW, 1, 01777),
          of("chmod", EPERM, 1, 04755),
          of("fchmod", EPERM, 1, 02755),
          of("fchmod", ALLOW, 1, 0600),
          of("fchmodat", EPERM, -100, 1, 06000),
          of("fchmodat", ALLOW, -100, 1, 0700),
          of("fchmodat2", EPERM, -100, 1, HIGH | 04000, 0),
          of("fchmodat2", ALLOW, -100, 1, 0644, 0),
          of("mknod", ALLOW, 1, 0100644),
          of("mknod", ALLOW, 1, 0644),
          of("mknod", ALLOW, 1, 0010644),
          of("mknod", EPERM, 1, 0104755),
          of("mknod", EPERM, 1, 0020666),
          of("mknod", EPERM, 1, 0060666),
          of("mknod", EPERM, 1, 0140666),
          of("mknodat", ALLOW, -100, 1, 0010600),
          of("mknodat", EPERM, -100, 1, 0020600),
          of("mknodat", EPERM, -100, 1, 0102755),
          of("ioctl", ALLOW, 0, 0x5401),
          of("ioctl", EPERM, 0, 0x5412),
          of("ioctl", EPERM, 0, HIGH | 0x5412),
          of("ioctl", EPERM, 0, 0x541c),
          of("clone", ALLOW, 0x0120_0011),
          of("clone", ALLOW, 0x003d_0f00),
          of("clone", EPERM, 0x1000_0011),
          of("clone", EPERM, HIGH | 0x0002_0011),
          of("clone", EPERM, 0x4000_0011),
          of("mount", EPERM, 1, 2, 3, 0, 0),
          of("mount", EPERM, 1, 2, 3, 0x9000, 0),
          of("personality", ALLOW, 0),
          of("personality", ALLOW, 0xffff_ffffL),
          of("personality", EPERM, 0x0004_0000),
          either("socket", EAFNOSUPPORT, ALLOW, 1, 1),
          either("socket", EAFNOSUPPORT, ALLOW, 1, HIGH | 02000001),
          either("socket", EAFNOSUPPORT, ALLOW, 1, 5),
          either("socket", EAFNOSUPPORT, EACCES, 1, 2),
          either("socket", EAFNOSUPPORT, EACCES, 1, HIGH | 02004002),
          either("socket", EAFNOSUPPORT, EACCES, 1, 3),
          of("socketpair", ALLOW, 1, 1),
          of("socketpair", ALLOW, 1, 02000005),
          of("socketpair", EACCES, 1, 2),
          of("socketpair", EACCES, 1, 02000002),
          of("socketpair", EACCES, 1, 3),
          either("socket", EAFNOSUPPORT, ALLOW, 2),
          either("socket", EAFNOSUPPORT, ALLOW, 10),
          either("socket", EAFNOSUPPORT, EAFNOSUPPORT, 16),
          either("socket", EAFNOSUPPORT, EAFNOSUPPORT, 40),
          either("socket", EAFNOSUPPORT, EAFNOSUPPORT, HIGH | 40),
          either("connect", EAFNOSUPPORT, ALLOW, 3, 1, 16),
          new CallRow("bind", List.of(3L, 1L, 16L), EAFNOSUPPORT, EACCES, ALLOW),
          new CallRow("listen", List.of(3L, 16L), ALLOW, EACCES, ALLOW),
          of("sendto", ALLOW, 3, 1, 5, 0, 0, 0),
          either("sendto", EAFNOSUPPORT, ALLOW, 3, 1, 5, 0, 0x7fff_0000L, 16),
          either("sendto", EAFNOSUPPORT, ALLOW, 3, 1, 5, 0, 1L << 32, 16));

  static CallRow of(String call, int action, long... arguments) {
    return either(call, action, action, arguments);
  }

  static CallRow either(String call, int sealed, int sockets, long... arguments) {
    return new CallRow(call, Arrays.stream(arguments).boxed().toList(), sealed, sockets, sockets);
  }

  long[] six() {
    return Arrays.copyOf(arguments.stream().mapToLong(Long::longValue).toArray(), 6);
  }
}
