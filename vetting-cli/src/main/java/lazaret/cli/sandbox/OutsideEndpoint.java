package lazaret.cli.sandbox;

import java.util.Optional;
import javax.net.ssl.SSLContext;
import lazaret.cli.command.CliSession;
import lazaret.cli.desk.ClearConnector;
import lazaret.cli.desk.ServerAddress;
import lazaret.sandbox.relay.GateEndpoint;
import lazaret.vetting.Secret;

/// The gate as the relay outside of the sandbox reaches it.
final class OutsideEndpoint {
  private OutsideEndpoint() {}

  /// Returns the endpoint with its token.
  static GateEndpoint of(CliSession session) {
    ServerAddress gateway = session.gateway();
    Optional<String> token = Optional.ofNullable(gateway.token()).map(Secret::text);
    String base = gateway.address().base();
    if (gateway.isSecure()) {
      return new GateEndpoint(
          base, token, Optional.ofNullable(session.trust()).map(SSLContext::getSocketFactory));
    }
    return new GateEndpoint(base, token, new ClearConnector(gateway));
  }
}
