package lazaret.sandbox.watch;

import java.util.Map;

/// The names and the use of address families (linux/socket.h).
final class AddressFamilies {
  private static final Map<Integer, String> NAMES =
      Map.ofEntries(
          Map.entry(1, "AF_UNIX"),
          Map.entry(2, "AF_INET"),
          Map.entry(10, "AF_INET6"),
          Map.entry(16, "AF_NETLINK"),
          Map.entry(17, "AF_PACKET"),
          Map.entry(29, "AF_CAN"),
          Map.entry(30, "AF_TIPC"),
          Map.entry(31, "AF_BLUETOOTH"),
          Map.entry(38, "AF_ALG"),
          Map.entry(40, "AF_VSOCK"),
          Map.entry(43, "AF_SMC"),
          Map.entry(44, "AF_XDP"));

  private AddressFamilies() {}

  static String name(int family) {
    return NAMES.getOrDefault(family, "address family " + family);
  }

  /// Returns whether sockets of a family are part of ordinary networking.
  static boolean isOrdinary(int family) {
    return family == 1 || family == 2 || family == 10;
  }
}
