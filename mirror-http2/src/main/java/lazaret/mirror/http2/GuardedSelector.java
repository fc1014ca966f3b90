package lazaret.mirror.http2;

import io.helidon.common.buffers.BufferData;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.spi.ServerConnection;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.net.SocketAddress;
import java.util.Set;
import java.util.function.BiConsumer;

/// A selector that detects HTTP/2 connections and puts a guard before each.
///
/// @param selector the library's selector
/// @param window the window for the client's data that is announced for each stream
/// @param buffers the buffers of the listener
/// @param closer closes the connection of a peer with the id of its socket
record GuardedSelector(
    ServerConnectionSelector selector,
    int window,
    OutboundBuffers buffers,
    BiConsumer<SocketAddress, String> closer)
    implements ServerConnectionSelector {
  @Override
  public int bytesToIdentifyConnection() {
    return selector.bytesToIdentifyConnection();
  }

  @Override
  public Support supports(BufferData data) {
    return selector.supports(data);
  }

  @Override
  public Set<String> supportedApplicationProtocols() {
    return selector.supportedApplicationProtocols();
  }

  @Override
  public ServerConnection connection(ConnectionContext context) {
    var behind = GuardedContext.of(context, window, buffers, GuardedContext.Upgrade.NONE);
    return new GuardedConnection(
        selector.connection(behind),
        behind.dataWriter(),
        () -> closer.accept(context.remotePeer().address(), context.childSocketId()));
  }
}
