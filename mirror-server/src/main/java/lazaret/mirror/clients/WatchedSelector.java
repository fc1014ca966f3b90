package lazaret.mirror.clients;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.util.Set;

/// A protocol of the HTTP library whose connections report the beginnings of request heads.
final class WatchedSelector implements ServerConnectionSelector {
  private final ServerConnectionSelector inner;
  private final ClientConnections connections;

  WatchedSelector(ServerConnectionSelector inner, ClientConnections connections) {
    this.inner = inner;
    this.connections = connections;
  }

  @Override
  public int bytesToIdentifyConnection() {
    return inner.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return inner.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return inner.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    ClientConnection connection =
        connections.find(context.remotePeer().address(), context.childSocketId());
    return inner.connection(
        connection == null
            ? context
            : new WatchedContext(
                context, new RequestHeadWatch(connection), connections::isCrowded));
  }
}
