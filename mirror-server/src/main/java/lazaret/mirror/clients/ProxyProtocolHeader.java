package lazaret.mirror.clients;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32C;

/// The header of the PROXY protocol, version 2, that a proxy sends before the bytes of its client.
///
/// @param source the client's address; empty if the proxy opened the connection itself (`LOCAL`) or
///   the address is not an IP address
record ProxyProtocolHeader(Optional<InetAddress> source) {
  /// The first byte of every header. Neither a TLS record nor an HTTP request begins with it.
  static final int FIRST = 0x0d;

  private static final byte[] SIGNATURE = {
    0x0d, 0x0a, 0x0d, 0x0a, 0x00, 0x0d, 0x0a, 0x51, 0x55, 0x49, 0x54, 0x0a
  };

  /// The maximum length of a header in bytes: the addresses, and the extensions that proxies add
  /// about TLS.
  private static final int MAX_LENGTH = 4_096;

  private static final int CRC32C_TYPE = 0x03;

  /// A source of single bytes.
  interface Source {
    /// Returns the next byte, or -1 at the end.
    int next() throws IOException;
  }

  /// Reads a header from its first byte on, and no byte after it.
  ///
  /// @return empty if it is malformed or ends early
  static Optional<ProxyProtocolHeader> read(Source in) throws IOException {
    byte[] head = new byte[SIGNATURE.length + 4];
    for (int i = 0; i < head.length; i++) {
      int next = in.next();
      if (next < 0 || (i < SIGNATURE.length && (byte) next != SIGNATURE[i])) {
        return Optional.empty();
      }
      head[i] = (byte) next;
    }
    int length = (head[14] & 0xff) << 8 | (head[15] & 0xff);
    if (length > MAX_LENGTH) {
      return Optional.empty();
    }
    byte[] all = Arrays.copyOf(head, head.length + length);
    for (int i = head.length; i < all.length; i++) {
      int next = in.next();
      if (next < 0) {
        return Optional.empty();
      }
      all[i] = (byte) next;
    }
    return parsed(all);
  }

  private static Optional<ProxyProtocolHeader> parsed(byte[] all) throws IOException {
    int address =
        switch (all[13]) {
          case 0x11, 0x12 -> 4;
          case 0x21, 0x22 -> 16;
          default -> 0;
        };
    boolean local = all[12] == 0x20;
    if (local || (all[12] == 0x21 && address == 0)) {
      return Optional.of(new ProxyProtocolHeader(Optional.empty()));
    }
    return all[12] == 0x21 && soundExtensions(all, 16 + 2 * address + 4)
        ? Optional.of(
            new ProxyProtocolHeader(
                Optional.of(InetAddress.getByAddress(Arrays.copyOfRange(all, 16, 16 + address)))))
        : Optional.empty();
  }

  /// Returns whether the extensions fill the header, and its checksum is right if there is one.
  private static boolean soundExtensions(byte[] all, int begin) {
    int at = begin;
    while (at + 3 <= all.length) {
      int length = (all[at + 1] & 0xff) << 8 | (all[at + 2] & 0xff);
      int end = at + 3 + length;
      if (end > all.length || (all[at] == CRC32C_TYPE && !checks(all, at + 3, length))) {
        return false;
      }
      at = end;
    }
    return at == all.length;
  }

  private static boolean checks(byte[] all, int at, int length) {
    if (length != 4) {
      return false;
    }
    byte[] copy = all.clone();
    Arrays.fill(copy, at, at + 4, (byte) 0);
    CRC32C sum = new CRC32C();
    sum.update(copy);
    long stored = 0;
    for (int i = at; i < at + 4; i++) {
      stored = stored << 8 | (all[i] & 0xff);
    }
    return sum.getValue() == stored;
  }
}
