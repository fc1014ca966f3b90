package lazaret.mirror.outbound;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/// A proxy on loopback that forwards plain requests and tunnels CONNECT. It always connects to
/// loopback, whichever host is named, and records the heads of the requests.
public final class SmallProxy implements AutoCloseable {
  private final ServerSocket listener;
  private final List<String> heads = new CopyOnWriteArrayList<>();

  public SmallProxy() {
    try {
      listener = new ServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Thread.ofVirtual().start(this::accept);
  }

  /// Returns its address.
  ///
  /// @param userInfo `user:password@` or empty
  public URI address(String userInfo) {
    return URI.create("http://" + userInfo + "127.0.0.1:" + listener.getLocalPort());
  }

  /// Returns the request lines and headers that arrived, except those inside tunnels.
  public List<String> heads() {
    return heads;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().start(() -> serve(client));
      } catch (IOException _) {
        // Closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      String head = head(client.getInputStream());
      heads.add(head);
      String[] line = head.lines().findFirst().orElse("").split(" ", -1);
      if (line[0].equals("CONNECT")) {
        int port = Integer.parseInt(line[1].substring(line[1].lastIndexOf(':') + 1));
        try (Socket server = toLoopback(port)) {
          client.getOutputStream().write(ascii("HTTP/1.1 200 Tunnel\r\n\r\n"));
          pump(client, server);
        }
      } else {
        try (Socket server = toLoopback(URI.create(line[1]).getPort())) {
          String originForm = head.replaceFirst(" http://[^/]+", " ");
          String forwarded = originForm.replaceFirst("\r\n", "\r\nVia: small\r\n");
          server.getOutputStream().write(ascii(forwarded));
          pump(client, server);
        }
      }
    } catch (IOException _) {
      // One side went away.
    }
  }

  private static Socket toLoopback(int port) throws IOException {
    return new Socket(InetAddress.ofLiteral("127.0.0.1"), port);
  }

  private static void pump(Socket client, Socket server) throws IOException {
    Thread up = Thread.ofVirtual().start(() -> copy(client, server));
    copy(server, client);
    server.close();
    up.interrupt();
  }

  private static void copy(Socket from, Socket to) {
    try {
      OutputStream out = to.getOutputStream();
      from.getInputStream().transferTo(out);
      to.shutdownOutput();
    } catch (IOException _) {
      // One side went away.
    }
  }

  private static String head(InputStream in) throws IOException {
    var head = new StringBuilder();
    while (head.indexOf("\r\n\r\n") < 0) {
      int c = in.read();
      if (c < 0) {
        throw new IOException("closed");
      }
      head.append((char) c);
    }
    return head.toString();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
