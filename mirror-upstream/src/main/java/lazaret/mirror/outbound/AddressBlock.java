package lazaret.mirror.outbound;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// A block of IP addresses, such as `10.0.0.0/8` or `fc00::/7`, and the check whether an address
/// belongs to the public internet.
public final class AddressBlock {
  /// The blocks that the IANA registries of special-purpose addresses (RFC 6890 and its updates) do
  /// not call globally reachable, and multicast.
  private static final List<AddressBlock> NOT_PUBLIC =
      List.of(
          block("0.0.0.0/8"), // this network: Linux takes 0.0.0.0 for loopback
          block("10.0.0.0/8"),
          block("100.64.0.0/10"), // carrier-grade NAT, and the metadata service of one cloud
          block("127.0.0.0/8"),
          block("169.254.0.0/16"), // link-local, and the metadata service of most clouds
          block("172.16.0.0/12"),
          block("192.0.0.0/24"),
          block("192.0.2.0/24"),
          block("192.168.0.0/16"),
          block("198.18.0.0/15"),
          block("198.51.100.0/24"),
          block("203.0.113.0/24"),
          block("224.0.0.0/4"),
          block("240.0.0.0/4"),
          block("::/96"), // unspecified, loopback, and the old IPv4-compatible form
          block("64:ff9b:1::/48"),
          block("100::/64"),
          block("2001:db8::/32"),
          block("3fff::/20"),
          block("5f00::/16"),
          block("fc00::/7"),
          block("fe80::/10"),
          block("fec0::/10"),
          block("ff00::/8"));

  private static final AddressBlock NAT64 = block("64:ff9b::/96");
  private static final AddressBlock SIX_TO_FOUR = block("2002::/16");
  private static final AddressBlock TEREDO = block("2001::/32");

  private final byte[] network;
  private final int bits;

  private AddressBlock(byte[] network, int bits) {
    this.network = network;
    this.bits = bits;
  }

  /// Reads a block, or a single address as a block of one; empty if the text is neither. Never
  /// resolves a name.
  public static Optional<AddressBlock> parse(String text) {
    int slash = text.indexOf('/');
    String address = slash < 0 ? text : text.substring(0, slash);
    try {
      byte[] network = InetAddress.ofLiteral(address).getAddress();
      int bits = slash < 0 ? 8 * network.length : Integer.parseInt(text.substring(slash + 1));
      return bits >= 0 && bits <= 8 * network.length
          ? Optional.of(new AddressBlock(network, bits))
          : Optional.empty();
    } catch (IllegalArgumentException _) {
      return Optional.empty();
    }
  }

  /// Reads the blocks and addresses of a list, such as `192.0.2.7` or `fd00::/8`.
  ///
  /// @throws IllegalArgumentException if a text is neither
  public static List<AddressBlock> all(List<String> texts) {
    return texts.stream()
        .map(
            text ->
                parse(text)
                    .orElseThrow(
                        () ->
                            new IllegalArgumentException(
                                "expected addresses or blocks such as 192.0.2.7 or fd00::/8,"
                                    + " found '"
                                    + text
                                    + "'")))
        .toList();
  }

  private static AddressBlock block(String text) {
    return parse(text).orElseThrow();
  }

  /// Returns whether an address belongs to the block.
  public boolean contains(InetAddress address) {
    return contains(address.getAddress());
  }

  private boolean contains(byte[] address) {
    if (address.length != network.length) {
      return false;
    }
    int whole = bits / 8;
    int mask = 0xff00 >> bits % 8 & 0xff;
    return Arrays.equals(network, 0, whole, address, 0, whole)
        && (bits % 8 == 0 || (network[whole] & mask) == (address[whole] & mask));
  }

  /// Returns whether an address belongs to the public internet. An IPv6 address with an embedded
  /// IPv4 address (NAT64, 6to4) is public only if that address is; otherwise `64:ff9b::7f00:1`
  /// would reach loopback.
  static boolean isPublic(InetAddress address) {
    if (NOT_PUBLIC.stream().anyMatch(block -> block.contains(address))) {
      return false;
    }
    return switch (address) {
      case Inet4Address _ -> true;
      case Inet6Address six when NAT64.contains(six) -> isPublic(carried(six, 12));
      case Inet6Address six when SIX_TO_FOUR.contains(six) -> isPublic(carried(six, 2));
      case Inet6Address six -> !TEREDO.contains(six);
      default -> false;
    };
  }

  private static InetAddress carried(Inet6Address six, int offset) {
    byte[] bytes = six.getAddress();
    int[] octets = new int[4];
    for (int i = 0; i < 4; i++) {
      octets[i] = bytes[offset + i] & 0xff;
    }
    return InetAddress.ofLiteral(octets[0] + "." + octets[1] + "." + octets[2] + "." + octets[3]);
  }
}
