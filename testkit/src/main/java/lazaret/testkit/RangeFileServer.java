package lazaret.testkit;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import lazaret.vetting.Bytes;

/// A server of files on loopback that answers requests for parts of them, as public hosts of
/// toolchains do. Thread-safe.
public final class RangeFileServer implements AutoCloseable {
  /// The files by their paths without a slash at the beginning.
  public final Map<String, Bytes> files;

  /// The paths of all requests.
  public final List<String> asked = new CopyOnWriteArrayList<>();

  /// The requested parts.
  public final List<String> ranges = new CopyOnWriteArrayList<>();

  private final HttpServer server;

  /// Starts a server.
  ///
  /// @param files the files by their paths, which are copied
  public RangeFileServer(Map<String, Bytes> files) {
    this.files = new ConcurrentHashMap<>(files);
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext("/", this::handle);
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /// Returns the address with a slash at its end.
  public String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort() + "/";
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = exchange.getRequestURI().getPath().substring(1);
      asked.add(path);
      Bytes file = files.get(path);
      if (file == null) {
        exchange.sendResponseHeaders(404, -1);
        return;
      }
      String range = exchange.getRequestHeaders().getFirst("Range");
      if (range == null) {
        exchange.sendResponseHeaders(200, file.length());
        exchange.getResponseBody().write(file.array());
        return;
      }
      ranges.add(range);
      String[] ends = range.substring("bytes=".length()).split("-", -1);
      int from = Integer.parseInt(ends[0]);
      int last = file.length() - 1;
      int to = ends[1].isEmpty() ? last : Math.min(Integer.parseInt(ends[1]), last);
      exchange
          .getResponseHeaders()
          .add("Content-Range", "bytes %d-%d/%d".formatted(from, to, file.length()));
      exchange.sendResponseHeaders(206, to + 1L - from);
      exchange.getResponseBody().write(Arrays.copyOfRange(file.array(), from, to + 1));
    }
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
