package lazaret.mirror.clients;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import lazaret.mirror.outbound.AddressBlock;

/// The proxies whose information about a client's address is trusted. Immutable.
public final class TrustedProxies {
  /// No proxy is trusted: the client is the peer of the connection.
  public static final TrustedProxies NONE = new TrustedProxies(List.of());

  private final List<AddressBlock> blocks;

  /// Creates a list of proxies.
  ///
  /// @param blocks their addresses
  public TrustedProxies(List<AddressBlock> blocks) {
    this.blocks = List.copyOf(blocks);
  }

  /// Returns whether there are none.
  public boolean isEmpty() {
    return blocks.isEmpty();
  }

  /// Returns whether an address is one of the proxies.
  public boolean trusts(InetAddress address) {
    return blocks.stream().anyMatch(block -> block.contains(address));
  }

  /// Returns the client of a request. If the peer is trusted, it is the last address of `Forwarded`
  /// or `X-Forwarded-For` that is not trusted. If these headers are missing, malformed, obfuscated
  /// or contradictory, the peer itself is the client. A proxy that sets one of the two passes the
  /// other one on as the client wrote it.
  ///
  /// @param headers finds a header by its lower-case name, repeated ones joined by commas
  public Client client(Client peer, Function<String, Optional<String>> headers) {
    if (isEmpty() || !(peer.source() instanceof Client.Source.Ip ip) || !trusts(ip.address())) {
      return peer;
    }
    Optional<String> standard = headers.apply("forwarded");
    Optional<String> older = headers.apply("x-forwarded-for");
    Optional<InetAddress> one =
        standard.flatMap(ForwardedHeader::standard).flatMap(this::lastUntrusted);
    Optional<InetAddress> other =
        older.flatMap(ForwardedHeader::xForwardedFor).flatMap(this::lastUntrusted);
    if (standard.isPresent() && older.isPresent() && !one.equals(other)) {
      return peer;
    }
    return one.or(() -> other).map(Client::of).orElse(peer);
  }

  /// Returns the last untrusted address of a chain.
  ///
  /// @return the first of the chain if all are trusted; empty if the entry is not an address
  private Optional<InetAddress> lastUntrusted(List<Optional<InetAddress>> chain) {
    for (Optional<InetAddress> entry : chain.reversed()) {
      if (entry.isEmpty() || !trusts(entry.get())) {
        return entry;
      }
    }
    return chain.isEmpty() ? Optional.empty() : chain.getFirst();
  }
}
