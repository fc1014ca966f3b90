package lazaret.mirror.clients;

import io.helidon.common.buffers.BufferData;
import io.helidon.common.buffers.DataReader;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Connections in clear text that begin with a PROXY header. A trusted proxy names its client with
/// it; to any other peer the answer is 400.
final class ProxyProtocolSelector implements ServerConnectionSelector {
  private static final byte[] HTTP_2 = "PRI * HTTP/2.0\r\n".getBytes(StandardCharsets.US_ASCII);

  private static final byte[] REFUSAL =
      """
      HTTP/1.1 400 Bad Request
      connection: close
      content-type: text/plain
      content-length: 25

      the request is malformed
      """
          .replace("\n", "\r\n")
          .replace("malformed\r", "malformed")
          .getBytes(StandardCharsets.US_ASCII);

  private final ClientConnections connections;
  private final List<ServerConnectionSelector> protocols;

  /// Creates the selector.
  ///
  /// @param protocols the protocols that may follow the header
  ProxyProtocolSelector(ClientConnections connections, List<ServerConnectionSelector> protocols) {
    this.connections = connections;
    this.protocols = protocols;
  }

  @Override
  public int bytesToIdentifyConnection() {
    return 0;
  }

  @Override
  public Support supports(BufferData data) {
    return data.available() > 0 && data.get(0) == ProxyProtocolHeader.FIRST
        ? Support.SUPPORTED
        : Support.UNSUPPORTED;
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return Set.of();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    ClientConnection connection =
        connections.find(context.remotePeer().address(), context.childSocketId());
    DataReader reader = context.dataReader();
    try {
      Optional<ProxyProtocolHeader> header =
          connection == null || context.isSecure() || !connections.trusts(connection.peer())
              ? Optional.empty()
              : ProxyProtocolHeader.read(() -> reader.read() & 0xff);
      if (header.isEmpty() || connection == null) {
        context.dataWriter().writeNow(BufferData.create(REFUSAL));
        throw new CloseConnectionException("a PROXY header is malformed or its peer not trusted");
      }
      header.get().source().ifPresent(source -> connections.identify(connection, source));
      String protocol = reader.startsWith(HTTP_2) ? "h2" : "http/1.1";
      return protocols.stream()
          .filter(p -> p.supportedApplicationProtocols().contains(protocol))
          .findFirst()
          .orElseThrow(() -> new CloseConnectionException("HTTP/2 is not offered"))
          .connection(context);
    } catch (IOException | DataReader.InsufficientDataAvailableException e) {
      throw new CloseConnectionException("the connection ended after its PROXY header", e);
    }
  }
}
