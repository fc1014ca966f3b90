package lazaret.sandbox.watch;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// The content of a `struct sockaddr` of a program (bind(2), unix(7), ip(7), ipv6(7)).
///
/// @param text the address: `203.0.113.7:443`, `[::1]:80`, a path, `@name` for an abstract Unix
///   socket, or the name of the family if its form is not known
/// @param family the kind of address
record SocketAddress(String text, Family family) {
  /// The size of `struct sockaddr_storage` in bytes.
  static final int MOST_BYTES = 128;

  private static final int AF_UNIX = 1;
  private static final int AF_INET = 2;
  private static final int AF_INET6 = 10;

  /// The kind of an address.
  enum Family {
    UNIX,
    /// A loopback address, or the address of all interfaces of the machine.
    LOOPBACK,
    /// Any other internet address.
    INTERNET,
    OTHER
  }

  /// Parses an address.
  static SocketAddress of(byte[] bytes) {
    if (bytes.length < 2) {
      return new SocketAddress("an address of %d bytes".formatted(bytes.length), Family.OTHER);
    }
    // The family is in the byte order of the machine, ports are in network byte order.
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
        "%s, %d bytes".formatted(AddressFamilies.name(family), bytes.length), Family.OTHER);
  }
}
