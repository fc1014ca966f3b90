package lazaret.sandbox.watch;

import java.util.Map;
import java.util.Optional;
import lazaret.sandbox.kernel.SeccompNotification;

/// The object of a suspended system call.
///
/// @param text a short description
/// @param address the network address, or empty
/// @param isOrdinarySocket whether it is a socket of ordinary networking
/// @param allow the way to allow it, as text
record SyscallTarget(
    String text, Optional<SocketAddress> address, boolean isOrdinarySocket, String allow) {
  private static final String NOTHING_ALLOWS_IT = "nothing allows it";
  private static final String LOOPBACK_ALLOWS_IT = "--loopback, if it talks to itself";
  private static final int TIOCSTI = 0x5412;

  /// The socket that the C library queries for user names before it reads `/etc/passwd`: in `ls
  /// -l`, `tar`, `git` (glibc, nscd/nscd-client.h).
  private static final String NAME_CACHE = "/var/run/nscd/socket";

  private static final int SETUID_SETGID = 06000;

  private static final Map<Long, String> KEYCTL =
      Map.of(0L, "get id", 1L, "join session", 6L, "describe", 10L, "search", 11L, "read");

  /// Determines the object of a call from its arguments.
  static SyscallTarget of(String name, SeccompNotification call, ProcFolder caller) {
    return switch (name) {
      case "connect" -> ofAddress("", call.argument(1), call.argument(2), caller);
      case "bind" -> ofAddress("listen at ", call.argument(1), call.argument(2), caller);
      case "sendto" -> ofAddress("datagram to ", call.argument(4), call.argument(5), caller);
      case "socket", "socketpair" -> ofSocket((int) call.argument(0), (int) call.argument(1));
      case "keyctl" ->
          plain("keyctl " + KEYCTL.getOrDefault(call.argument(0), "" + (int) call.argument(0)));
      case "ptrace" -> plain("ptrace of process " + (int) call.argument(1));
      case "ioctl" -> plain((int) call.argument(1) == TIOCSTI ? "TIOCSTI" : "TIOCLINUX");
      case "clone" -> plain("clone into new namespaces");
      case "creat", "chmod", "fchmod", "open" -> ofMode(name, call, name.equals("open") ? 2 : 1);
      case "mknod" -> ofMode(name, call, 1);
      case "openat" -> ofMode(name, call, 3);
      case "fchmodat", "fchmodat2", "mknodat" -> ofMode(name, call, 2);
      default -> plain(name);
    };
  }

  boolean isUnixSocket() {
    return isOrdinarySocket && text.startsWith("AF_UNIX ");
  }

  boolean isNameCache() {
    return address.filter(a -> a.text().equals(NAME_CACHE)).isPresent();
  }

  private static SyscallTarget plain(String text) {
    return new SyscallTarget(text, Optional.empty(), false, NOTHING_ALLOWS_IT);
  }

  private static SyscallTarget ofMode(String name, SeccompNotification call, int argument) {
    int mode = (int) call.argument(argument);
    boolean sets = (mode & SETUID_SETGID) != 0;
    return plain("%s (%s, mode %o)".formatted(sets ? "setuid file" : "device file", name, mode));
  }

  private static SyscallTarget ofSocket(int family, int type) {
    // The low bits are the type; the high bits are flags.
    String kind =
        switch (type & 0xf) {
          case 1 -> "stream";
          case 2 -> "datagram";
          case 3 -> "raw";
          default -> "type " + (type & 0xf);
        };
    boolean isOrdinary = AddressFamilies.isOrdinary(family) && !kind.equals("raw");
    return new SyscallTarget(
        AddressFamilies.name(family) + " " + kind,
        Optional.empty(),
        isOrdinary,
        isOrdinary && !isUnixDatagram(family, type) ? LOOPBACK_ALLOWS_IT : NOTHING_ALLOWS_IT);
  }

  private static boolean isUnixDatagram(int family, int type) {
    return AddressFamilies.name(family).equals("AF_UNIX") && (type & 0xf) == 2;
  }

  private static SyscallTarget ofAddress(
      String does, long pointer, long length, ProcFolder caller) {
    int bytes = (int) Math.clamp(length & 0xffff_ffffL, 0L, SocketAddress.MOST_BYTES);
    SocketAddress address = SocketAddress.of(caller.memory(pointer, bytes));
    boolean loopback = address.family() == SocketAddress.Family.LOOPBACK;
    return new SyscallTarget(
        does + address.text(),
        Optional.of(address),
        false,
        loopback ? LOOPBACK_ALLOWS_IT : NOTHING_ALLOWS_IT);
  }
}
