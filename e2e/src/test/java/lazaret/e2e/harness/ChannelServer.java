package lazaret.e2e.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.Executors;
import lazaret.vetting.Bytes;

/// A host of toolchains on loopback, which serves parts of files as the public one.
public final class ChannelServer implements AutoCloseable {
  private final Map<String, Bytes> files;
  private final HttpServer server;

  /// Starts the server.
  ///
  /// @param files the files by path
  public ChannelServer(Map<String, Bytes> files) {
    this.files = Map.copyOf(files);
    try {
      this.server =
          HttpServer.create(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot serve a channel", e);
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
      Bytes file = files.get(exchange.getRequestURI().getPath().substring(1));
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
      String[] ends = range.substring("bytes=".length()).split("-", -1);
      int from = Integer.parseInt(ends[0]);
      int to = Math.min(Integer.parseInt(ends[1]), file.length() - 1);
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
