package lazaret.mirror.http2;

import io.helidon.webserver.ProtocolConfigs;
import io.helidon.webserver.http1.Http1Config;
import io.helidon.webserver.http1.Http1ConnectionSelector;
import io.helidon.webserver.http2.Http2Config;
import io.helidon.webserver.http2.Http2ConnectionProvider;
import io.helidon.webserver.http2.Http2Upgrader;
import io.helidon.webserver.spi.ServerConnectionSelector;
import java.net.SocketAddress;
import java.util.List;
import java.util.function.BiConsumer;

/// The protocols of a listener: HTTP/1.1, and HTTP/2 behind a guard. HTTP/2 is offered by ALPN over
/// TLS. In clear text it is offered by prior knowledge and by an upgrade from HTTP/1.1, which cargo
/// requests.
public final class Http2Protocol {
  /// The window of a stream and of a connection: the maximum number of bytes from a client that
  /// wait in memory.
  private static final int WINDOW = 256 << 10;

  private Http2Protocol() {}

  /// Returns the selectors of a listener.
  ///
  /// @param http1 the settings of HTTP/1.1
  /// @param http2 whether HTTP/2 is offered
  /// @param closer closes the connection of a peer with the id of its socket
  public static List<ServerConnectionSelector> selectors(
      Http1Config http1, boolean http2, BiConsumer<SocketAddress, String> closer) {
    var first = Http1ConnectionSelector.builder().config(http1);
    if (!http2) {
      return List.of(first.build());
    }
    Http2Config config = config();
    var buffers = OutboundBuffers.ofHeap(Runtime.getRuntime().maxMemory());
    ServerConnectionSelector second =
        new Http2ConnectionProvider().create("http_2", config, ProtocolConfigs.create(List.of()));
    return List.of(
        new GuardedSelector(second, WINDOW, buffers, closer),
        first
            .putUpgrader(
                "h2c", new GuardedUpgrader(Http2Upgrader.create(config), WINDOW, buffers, closer))
            .build());
  }

  private static Http2Config config() {
    return Http2Config.builder()
        // The guard announces StreamTable.LIMIT, and refuses single streams beyond it.
        .maxConcurrentStreams(2L * RunningRequests.LIMIT)
        .maxHeaderListSize(HeaderDecoder.MAX_LIST)
        .initialWindowSize(WINDOW)
        // FloodBudgets limits resets.
        .maxRapidResets(-1)
        .build();
  }
}
