package lazaret.sandbox.watch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// A `struct sockaddr` as a program wrote it (bind(2), unix(7), ip(7), ipv6(7)).
///
/// @param text `203.0.113.7:443`, `[::1]:80`, a path, `@name` for an abstract unix socket, or the
///   family where its form is not known here
/// @param family what it is of
record SocketAddress(String text, Family family) {
  /// `struct sockaddr_storage`.
  static final int MOST_BYTES = 128;

  private static final int AF_UNIX = 1;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;

  /// What an address is of.
  enum Family {
    UNIX,
    /// An internet address of the machine itself, or that of all of its interfaces.
    LOOPBACK,
    /// Any other internet address.
    INTERNET,
    OTHER
  }

  /// Reads an address.
  static SocketAddress of(byte[] bytes) {
    if (bytes.length < 2) {
      return new SocketAddress("an address of %d bytes".formatted(bytes.length), Family.OTHER);
    }
    // The family in the machine's order, ports in the network's.
    int family = Short.toUnsignedInt(little(bytes).getShort());
    return switch (family) {
      case AF_UNIX -> new SocketAddress(path(bytes), Family.UNIX);
      case AF_INET -> internet(bytes, family, 4, 4);
      case AF_INET6 -> internet(bytes, family, 8, 16);
      default -> other(family, bytes);
    };
  }

  private static ByteBuffer little(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private static String path(byte[] bytes) {
    boolean isAbstract = bytes.length > 2 && bytes[2] == 0;
    int from = isAbstract ? 3 : 2;
    int end = from;
    while (end < bytes.length && (isAbstract || bytes[end] != 0)) {
      end++;
    }
    String name = new String(bytes, from, end - from, StandardCharsets.UTF_8);
    return isAbstract ? "@" + name : name;
  }

  private static SocketAddress internet(byte[] bytes, int family, int at, int length) {
    if (bytes.length < at + length) {
      return other(family, bytes);
    }
    try {
      InetAddress host = InetAddress.getByAddress(Arrays.copyOfRange(bytes, at, at + length));
      int port = Short.toUnsignedInt(ByteBuffer.wrap(bytes).getShort(2));
      String text = host.getHostAddress();
      return new SocketAddress(
          (text.contains(":") ? "[" + text + "]" : text) + ":" + port,
          host.isLoopbackAddress() || host.isAnyLocalAddress() ? Family.LOOPBACK : Family.INTERNET);
    } catch (UnknownHostException e) {
      throw new IllegalStateException(e);
    }
  }

  private static SocketAddress other(int family, byte[] bytes) {
    return new SocketAddress(
        "%s, %d bytes".formatted(Families.name(family), bytes.length), Family.OTHER);
  }
}
