package lazaret.vetting.gate.retention;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.HexFormat;

/// The network of a client, all addresses of which the client can use. Limits count by network.
public final class ClientNetwork {
  private static final int NETWORK_BYTES = 8;

  private ClientNetwork() {}

  /// Returns the first 64 bits of an IPv6 address, or any other text unchanged.
  public static String of(String address) {
    if (address.indexOf(':') < 0) {
      return address;
    }
    try {
      return InetAddress.ofLiteral(address) instanceof Inet6Address six
          ? HexFormat.of().formatHex(six.getAddress(), 0, NETWORK_BYTES) + "/64"
          : InetAddress.ofLiteral(address).getHostAddress();
    } catch (IllegalArgumentException _) {
      return address;
    }
  }
}
