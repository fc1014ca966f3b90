package lazaret.sandbox.relay;

import java.io.IOException;
import java.nio.charset.StandardCharsets;

/// The handshake of a connection: SOCKS 5 without authentication, and CONNECT to one host. The host
/// name is compared with a literal and never resolved.
///
/// Source: RFC 1928, 3, 4 and 6.
final class SocksHandshake {
  /// The accepted host, a name that no resolver knows (RFC 6761, 6.4).
  static final String HOST = "gate.invalid";

  /// The accepted port.
  static final int PORT = 80;

  private static final int VERSION = 5;
  private static final int NO_LOGIN = 0;
  private static final int NO_METHOD = 0xff;

  private static final int IPV4 = 1;
  private static final int NAME = 3;
  private static final int IPV6 = 4;

  private static final int GRANTED = 0;
  private static final int NOT_ALLOWED = 2;
  private static final int COMMAND_UNKNOWN = 7;
  private static final int ADDRESS_UNKNOWN = 8;

  private SocksHandshake() {}

  /// The result of a handshake. The replies of the protocol were sent.
  sealed interface Outcome {
    /// The handshake succeeded, and HTTP follows.
    record Open() implements Outcome {}

    /// The handshake was refused, and the connection must be closed.
    ///
    /// @param wanted the requested destination; foreign bytes as ISO 8859-1
    /// @param why the reason as a clause
    record Refused(String wanted, String why) implements Outcome {}
  }

  /// The requested destination.
  ///
  /// @param kind the type of the address
  /// @param host the host, with each of its bytes as one character (ISO 8859-1), so that different
  ///   hosts are different texts
  /// @param port the port
  private record Target(int kind, String host, int port) {
    boolean isGate() {
      return kind == NAME && port == PORT && host.equals(HOST);
    }

    String shown() {
      return kind == NAME ? host + " port " + port : "an address, port " + port;
    }
  }

  /// Performs a handshake.
  ///
  /// @throws IOException if the connection ends or a timeout expires
  static Outcome with(DeadlineChannel wire) throws IOException {
    if (wire.need() != VERSION) {
      return new Outcome.Refused("another protocol than SOCKS 5", "only SOCKS 5 is supported");
    }
    boolean open = false;
    for (byte method : wire.need(wire.need())) {
      open |= method == NO_LOGIN;
    }
    wire.write(VERSION, open ? NO_LOGIN : NO_METHOD);
    return open
        ? request(wire)
        : new Outcome.Refused("SOCKS with a login", "logins are not supported");
  }

  private static Outcome request(DeadlineChannel wire) throws IOException {
    int version = wire.need();
    int command = wire.need();
    int reserved = wire.need();
    int kind = wire.need();
    int length =
        switch (kind) {
          case IPV4 -> 4;
          case NAME -> wire.need();
          case IPV6 -> 16;
          default -> -1;
        };
    if (version != VERSION || reserved != 0 || length < 0) {
      reply(wire, ADDRESS_UNKNOWN);
      return new Outcome.Refused("a malformed SOCKS request", "only SOCKS 5 is supported");
    }
    String host = new String(wire.need(length), StandardCharsets.ISO_8859_1);
    Target target = new Target(kind, host, (wire.need() << 8) | wire.need());
    return switch (command) {
      case 1 -> connect(wire, target);
      case 2 -> refused(wire, "BIND for " + target.shown(), "listening is not supported");
      case 3 -> refused(wire, "UDP for " + target.shown(), "UDP is not supported");
      default -> refused(wire, "an unknown SOCKS command", "only CONNECT is supported");
    };
  }

  private static Outcome connect(DeadlineChannel wire, Target target) throws IOException {
    if (target.isGate()) {
      reply(wire, GRANTED);
      return new Outcome.Open();
    }
    reply(wire, NOT_ALLOWED);
    return new Outcome.Refused(target.shown(), "the only host is %s:%d".formatted(HOST, PORT));
  }

  private static Outcome refused(DeadlineChannel wire, String wanted, String why)
      throws IOException {
    reply(wire, COMMAND_UNKNOWN);
    return new Outcome.Refused(wanted, why);
  }

  private static void reply(DeadlineChannel wire, int code) throws IOException {
    // The bound address is not used by clients; it is zero.
    wire.write(VERSION, code, 0, IPV4, 0, 0, 0, 0, 0, 0);
  }
}
