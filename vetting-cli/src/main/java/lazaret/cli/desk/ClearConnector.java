package lazaret.cli.desk;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import lazaret.sandbox.relay.GateConnector;
import lazaret.vetting.LazaretException;
import lazaret.vetting.Secret;
import lazaret.vetting.deskapi.client.ReplyReader;

/// The connections of the sandbox's relay to a gate without TLS. The owner of the socket or the
/// proof of the server is checked before the relay gets a connection. Thread-safe.
///
/// @param gateway the gate and the token that the relay will send
public record ClearConnector(ServerAddress gateway) implements GateConnector {
  @Override
  public Line open(Duration patience) throws IOException {
    ClearConnection connection = null;
    boolean done = false;
    try {
      connection = ClearConnection.open(gateway.address());
      Secret token = gateway.token();
      Optional<ReplyReader.Response> refusal =
          token == null ? Optional.empty() : connection.prove(token);
      if (refusal.isPresent()) {
        throw new IOException("the gate does not know the token");
      }
      done = true;
      return connection.line(patience);
    } catch (LazaretException e) {
      throw new IOException(e.getMessage(), e);
    } finally {
      if (connection != null && !done) {
        connection.close();
      }
    }
  }
}
