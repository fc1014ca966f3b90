package lazaret.mirror.http2;

import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HttpPrologue;
import io.helidon.http.WritableHeaders;
import io.helidon.http.http2.Http2Exception;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.spi.Http1Upgrader;
import io.helidon.webserver.spi.ServerConnection;
import java.net.SocketAddress;
import java.util.Base64;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/// An upgrader of HTTP/1.1 connections to HTTP/2 behind a guard. A request with settings that are
/// missing, repeated or wrong is answered over HTTP/1.1.
///
/// @param upgrader the library's upgrader
/// @param window the window for the client's data that is announced for each stream
/// @param buffers the buffers of the listener
/// @param closer closes the connection of a peer with the id of its socket
record GuardedUpgrader(
    Http1Upgrader upgrader,
    int window,
    OutboundBuffers buffers,
    BiConsumer<SocketAddress, String> closer)
    implements Http1Upgrader {
  private static final HeaderName SETTINGS = HeaderNames.create("http2-settings");

  @Override
  public String supportedProtocol() {
    return upgrader.supportedProtocol();
  }

  @Override
  // The library's contract: null if the connection is not upgraded.
  @SuppressWarnings("NullAway")
  public @Nullable ServerConnection upgrade(
      ConnectionContext context, HttpPrologue prologue, WritableHeaders<?> headers) {
    if (!headers.contains(SETTINGS)
        || headers.get(SETTINGS).valueCount() != 1
        || context.isSecure()) {
      return null;
    }
    try {
      byte[] settings = Base64.getUrlDecoder().decode(headers.get(SETTINGS).get());
      long initial = ClientSettings.initialWindow(settings, 0, settings.length);
      var behind =
          GuardedContext.of(context, window, buffers, new GuardedContext.Upgrade(true, initial));
      return new GuardedConnection(
          upgrader.upgrade(behind, prologue, headers),
          behind.dataWriter(),
          () -> closer.accept(context.remotePeer().address(), context.childSocketId()));
    } catch (IllegalArgumentException | Http2Exception _) {
      return null;
    }
  }
}
