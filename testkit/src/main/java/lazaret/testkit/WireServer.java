package lazaret.testkit;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A minimal HTTP/1.1 server on loopback with access to the socket's stream. A proper server
/// library cannot produce the relevant faults, such as a chunked body without its end or a wrong
/// length. One virtual thread per connection. Thread-safe.
final class WireServer implements AutoCloseable {
  /// A handler of one request.
  interface Handler {
    /// Writes the whole response.
    ///
    /// @return whether the connection can carry another request
    boolean respond(RecordedRequest request, OutputStream out) throws IOException;
  }

  private static final int BACKLOG = 1024;
  private static final int MAX_LINE = 64 * 1024;

  private final Handler handler;
  private final @Nullable SSLContext tls;
  private final Set<Socket> open = ConcurrentHashMap.newKeySet();
  private final int port;
  private @Nullable ServerSocket listener;

  WireServer(Handler handler, @Nullable SSLContext tls) {
    this.handler = handler;
    this.tls = tls;
    this.port = listen(0);
  }

  int port() {
    return port;
  }

  /// Listens again on the first port, if it does not listen already.
  synchronized void switchOn() {
    if (listener == null) {
      listen(port);
    }
  }

  /// Closes the port and every connection.
  synchronized void switchOff() {
    if (listener != null) {
      closeQuietly(listener);
      listener = null;
    }
    open.forEach(WireServer::closeQuietly);
    open.clear();
  }

  @Override
  public void close() {
    switchOff();
  }

  private synchronized int listen(int wanted) {
    try {
      ServerSocket socket =
          tls == null ? new ServerSocket() : tls.getServerSocketFactory().createServerSocket();
      socket.setReuseAddress(true);
      socket.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), wanted), BACKLOG);
      listener = socket;
      Thread.ofVirtual().name("scripted-upstream-accept").start(() -> accept(socket));
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on 127.0.0.1:" + wanted, e);
    }
  }

  private void accept(ServerSocket socket) {
    while (!socket.isClosed()) {
      try {
        Socket connection = socket.accept();
        open.add(connection);
        if (socket.isClosed()) {
          // Switched off between accept and add: the connection must be closed here.
          closeQuietly(connection);
        }
        Thread.ofVirtual().name("scripted-upstream").start(() -> serve(connection));
      } catch (IOException _) {
        // Switched off, or the client closed the connection before it was accepted.
      }
    }
  }

  private void serve(Socket connection) {
    try (connection) {
      connection.setTcpNoDelay(true);
      InputStream in = new BufferedInputStream(connection.getInputStream());
      boolean more = true;
      while (more) {
        RecordedRequest request = read(in);
        more = request != null && handler.respond(request, connection.getOutputStream());
      }
    } catch (IOException _) {
      // The client closed the connection, or the upstream was switched off; tests do both.
    } finally {
      open.remove(connection);
    }
  }

  private static @Nullable RecordedRequest read(InputStream in) throws IOException {
    String requestLine = line(in);
    if (requestLine == null) {
      return null;
    }
    String[] words = requestLine.split(" ", -1);
    if (words.length != 3) {
      throw new IOException("not a request line: " + requestLine);
    }
    Map<String, String> headers = new HashMap<>();
    String header = line(in);
    while (header != null && !header.isEmpty()) {
      int colon = header.indexOf(':');
      if (colon > 0) {
        headers.put(
            header.substring(0, colon).toLowerCase(Locale.ROOT),
            header.substring(colon + 1).strip());
      }
      header = line(in);
    }
    in.skipNBytes(Long.parseLong(headers.getOrDefault("content-length", "0")));
    return new RecordedRequest(words[0], words[1], headers);
  }

  private static @Nullable String line(InputStream in) throws IOException {
    var text = new StringBuilder();
    int c = in.read();
    while (c >= 0 && c != '\n') {
      if (text.length() >= MAX_LINE) {
        throw new IOException("a line is too long");
      }
      text.append((char) c);
      c = in.read();
    }
    return c < 0 && text.isEmpty() ? null : text.toString().stripTrailing();
  }

  static byte[] head(int status, Map<String, String> headers) {
    var head = new StringBuilder("HTTP/1.1 ").append(status).append(" Scripted\r\n");
    headers.forEach((name, value) -> head.append(name).append(": ").append(value).append("\r\n"));
    return head.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1);
  }

  private static void closeQuietly(AutoCloseable closeable) {
    try {
      closeable.close();
    } catch (Exception _) {
      // A test server does not need a clean close.
    }
  }
}
