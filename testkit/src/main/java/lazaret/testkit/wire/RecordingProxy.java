package lazaret.testkit.wire;

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
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// An HTTP proxy on loopback that records what clients send. It forwards plain requests without a
/// body to loopback, whichever host they name, with the field `Via`.
///
/// A tunnel ends after the first record of TLS, which has the name of the server in clear text
/// (SNI, RFC 6066 section 3). Thread-safe.
public final class RecordingProxy implements AutoCloseable {
  /// The fields about the connection itself, which are not forwarded (RFC 9110 section 7.6.1).
  private static final Pattern OF_CONNECTION =
      Pattern.compile(
          "\r\n(connection|proxy-[a-z]+|upgrade|http2-settings|keep-alive):[^\r]*",
          Pattern.CASE_INSENSITIVE);

  private static final String END = "\r\n\r\n";
  private static final int MOST_CHARACTERS = 64 << 10;

  private final ServerSocket listener;
  private final List<String> heads = new CopyOnWriteArrayList<>();
  private final List<String> handshakes = new CopyOnWriteArrayList<>();

  private RecordingProxy(ServerSocket listener) {
    this.listener = listener;
  }

  /// Starts a proxy on a free port.
  public static RecordingProxy start() {
    try {
      ServerSocket listener = new ServerSocket();
      listener.bind(new InetSocketAddress(InetAddress.ofLiteral("127.0.0.1"), 0));
      RecordingProxy proxy = new RecordingProxy(listener);
      Thread.ofVirtual().name("recording-proxy-accept").start(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException("cannot listen on 127.0.0.1", e);
    }
  }

  /// Returns its address: `http://127.0.0.1:PORT`.
  public String url() {
    return "http://127.0.0.1:" + listener.getLocalPort();
  }

  /// Returns the request lines with their header fields, those of tunnels included.
  public List<String> heads() {
    return List.copyOf(heads);
  }

  /// Returns the first records of TLS, each byte as one character.
  public List<String> handshakes() {
    return List.copyOf(handshakes);
  }

  /// Returns all that clients sent.
  public Stream<String> sent() {
    return Stream.concat(heads.stream(), handshakes.stream());
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Thread.ofVirtual().name("recording-proxy").start(() -> serve(client));
      } catch (IOException _) {
        // Closed.
      }
    }
  }

  private void serve(Socket client) {
    try (client) {
      InputStream in = client.getInputStream();
      String head = head(in);
      heads.add(head);
      String[] line = head.substring(0, head.indexOf("\r\n")).split(" ", -1);
      if (line[0].equals("CONNECT")) {
        client.getOutputStream().write(bytes("HTTP/1.1 200 Tunnel" + END));
        handshakes.add(handshake(in));
      } else {
        forward(head, URI.create(line[1]).getPort(), client.getOutputStream());
      }
    } catch (IOException _) {
      // One side closed the connection.
    }
  }

  /// Sends a request on a connection of its own, and passes its response on.
  private static void forward(String head, int port, OutputStream out) throws IOException {
    String plain = OF_CONNECTION.matcher(head.replaceFirst(" http://[^/]+", " ")).replaceAll("");
    String sent = plain.replaceFirst("\r\n", "\r\nVia: 1.1 recorder\r\nConnection: close\r\n");
    try (Socket server = new Socket(InetAddress.ofLiteral("127.0.0.1"), port)) {
      server.getOutputStream().write(bytes(sent));
      server.shutdownOutput();
      InputStream response = server.getInputStream();
      String answer = OF_CONNECTION.matcher(head(response)).replaceAll("");
      out.write(bytes(answer.replaceFirst("\r\n", "\r\nConnection: close\r\n")));
      response.transferTo(out);
      out.flush();
    }
  }

  private static String head(InputStream in) throws IOException {
    StringBuilder head = new StringBuilder();
    while (head.indexOf(END, Math.max(0, head.length() - END.length())) < 0) {
      int c = in.read();
      if (c < 0 || head.length() > MOST_CHARACTERS) {
        throw new IOException("expected a head, found its beginning");
      }
      head.append((char) c);
    }
    return head.toString();
  }

  /// Reads a record of TLS: a type, a version, a length and its bytes (RFC 8446 section 5.1).
  private static String handshake(InputStream in) throws IOException {
    byte[] start = in.readNBytes(5);
    if (start.length < 5) {
      throw new IOException("expected a record of TLS, found its beginning");
    }
    int length = ((start[3] & 0xff) << 8) | (start[4] & 0xff);
    return new String(in.readNBytes(length), StandardCharsets.ISO_8859_1);
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() {
    try {
      listener.close();
    } catch (IOException e) {
      throw new UncheckedIOException("cannot close the proxy", e);
    }
  }
}
