package lazaret.mirror.http2;

import io.helidon.common.buffers.DataReader;
import io.helidon.common.socket.HelidonSocket;
import io.helidon.common.socket.PeerInfo;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.ListenerContext;
import io.helidon.webserver.ProxyProtocolData;
import io.helidon.webserver.Router;
import java.util.Optional;
import java.util.concurrent.ExecutorService;

/// A connection in the form that the library sees behind the guard.
///
/// @param context the connection itself
/// @param dataReader reads the frames that the guard passes
/// @param dataWriter writes through the guard
/// @param executor runs and counts requests
record GuardedContext(
    ConnectionContext context,
    DataReader dataReader,
    OutboundWatch dataWriter,
    ExecutorService executor)
    implements ConnectionContext {

  /// Puts a guard before a connection.
  ///
  /// @param window the window for the client's data that is announced for each stream
  /// @param buffers the buffers of the listener
  /// @param upgrade the settings that came with an upgrade from HTTP/1.1; see [Upgrade]
  static GuardedContext of(
      ConnectionContext context, int window, OutboundBuffers buffers, Upgrade upgrade) {
    var streams = new StreamTable(window);
    var budgets = new FloodBudgets();
    var running = new RunningRequests(context.executor());
    var queue = new OutboundQueue(context.dataWriter(), buffers);
    var watch = new OutboundWatch(queue, streams, budgets, upgrade.upgraded());
    var guard =
        new InboundGuard(
            context.dataReader(), new InboundGuard.Parts(streams, budgets, running, watch));
    guard.begin(upgrade);
    return new GuardedContext(context, new ReleasingReader(guard), watch, running);
  }

  /// The way in which a connection began.
  ///
  /// @param upgraded whether it was an HTTP/1.1 connection before; its request is stream 1
  /// @param window the initial window in the settings of the upgrade; -1 if there was none
  record Upgrade(boolean upgraded, long window) {
    /// A connection that uses HTTP/2 from its first byte.
    static final Upgrade NONE = new Upgrade(false, -1);
  }

  @Override
  public ListenerContext listenerContext() {
    return context.listenerContext();
  }

  @Override
  public Router router() {
    return context.router();
  }

  @Override
  public Optional<ProxyProtocolData> proxyProtocolData() {
    return context.proxyProtocolData();
  }

  @Override
  public HelidonSocket serverSocket() {
    return context.serverSocket();
  }

  @Override
  public PeerInfo remotePeer() {
    return context.remotePeer();
  }

  @Override
  public PeerInfo localPeer() {
    return context.localPeer();
  }

  @Override
  public boolean isSecure() {
    return context.isSecure();
  }

  @Override
  public String socketId() {
    return context.socketId();
  }

  @Override
  public String childSocketId() {
    return context.childSocketId();
  }
}
