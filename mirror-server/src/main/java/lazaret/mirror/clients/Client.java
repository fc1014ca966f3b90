package lazaret.mirror.clients;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.HexFormat;
import java.util.Optional;
import lazaret.vetting.gate.store.Requester;
import org.jspecify.annotations.Nullable;

/// The client of a request, as limits, budgets and the access log count it.
///
/// @param source the origin of its bytes
/// @param token the name of the valid token that came with the request; empty if there was none
/// @param person the person of the valid session that came with the request; null if there was none
public record Client(Source source, Optional<String> token, @Nullable String person) {

  /// The origin of a client's bytes.
  public sealed interface Source {
    /// A machine: the peer of the connection, or the client that a trusted proxy names. Its texts
    /// are made once for all requests of a connection.
    ///
    /// @param text the address
    /// @param block the text by which limits count it
    record Ip(InetAddress address, String text, String block) implements Source {
      private static Ip of(InetAddress address) {
        String text = address.getHostAddress();
        String block =
            address instanceof Inet6Address
                ? HexFormat.of().formatHex(address.getAddress(), 0, 8) + "::/64"
                : text;
        return new Ip(address, text, block);
      }
    }

    /// A process of this machine that does not use TCP.
    ///
    /// @param name its name in the access log
    record Local(String name) implements Source {}
  }

  /// Returns the client at the other end of a connection, without a token.
  public static Client of(SocketAddress peer) {
    return peer instanceof InetSocketAddress ip && !ip.isUnresolved()
        ? of(ip.getAddress())
        : new Client(new Source.Local("local"), Optional.empty(), null);
  }

  /// Returns the client of an address, without a token.
  public static Client of(InetAddress address) {
    return new Client(Source.Ip.of(address), Optional.empty(), null);
  }

  /// Returns the same client with a valid token.
  public Client withToken(String name) {
    return new Client(source, Optional.of(name), person);
  }

  /// Returns the same client with a valid session.
  public Client withPerson(String name) {
    return new Client(source, token, name);
  }

  /// Returns whether a valid token or session came with the request.
  public boolean isAuthenticated() {
    return token.isPresent() || person != null;
  }

  /// Returns the key of every limit: the person, else the token, else the address. An IPv6 address
  /// counts as its /64 block, because a single machine can use all addresses of a block.
  public String key() {
    return person != null
        ? "person " + person
        : token.map(name -> "token " + name).orElseGet(this::sourceKey);
  }

  /// Returns the key of the source alone, for limits that apply before a token is read.
  public String sourceKey() {
    return switch (source) {
      case Source.Ip ip -> ip.block();
      case Source.Local(String name) -> name;
    };
  }

  /// Returns the address as the access log, the ledger and the queue show it.
  public String address() {
    return switch (source) {
      case Source.Ip ip -> ip.text();
      case Source.Local(String name) -> name;
    };
  }

  /// Returns the same identity in the form that the gate records.
  public Requester requester() {
    return new Requester(token.orElse(Requester.ANONYMOUS), address());
  }
}
