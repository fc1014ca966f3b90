package lazaret.testkit.http2;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A server that is asked over HTTP/2.
///
/// @param host the host, also used as authority
/// @param port the port
/// @param tls the trust for TLS with ALPN `h2`; null for clear text with prior knowledge
/// @param path the path that honest requests ask for
/// @param from the local address of connections, such as `127.0.0.9`; null for the system's choice
public record Http2Target(
    String host, int port, @Nullable SSLContext tls, String path, @Nullable String from) {
  private static final int TIMEOUT = 10_000;

  /// Makes a target that is asked from the address that the system chooses.
  public Http2Target(String host, int port, @Nullable SSLContext tls, String path) {
    this(host, port, tls, path, null);
  }

  /// Returns the same server, asked from a local address.
  public Http2Target from(String address) {
    return new Http2Target(host, port, tls, path, address);
  }

  /// Connects a socket, without TLS.
  public Socket connect(Socket plain) throws IOException {
    if (from != null) {
      plain.bind(new InetSocketAddress(from, 0));
    }
    plain.connect(new InetSocketAddress(host, port), TIMEOUT);
    return plain;
  }

  /// Returns the authority of requests.
  public String authority() {
    return host + ":" + port;
  }

  /// Returns the scheme of requests.
  public String scheme() {
    return tls == null ? "http" : "https";
  }

  /// Starts a header block that asks for the path of this target.
  public HeaderBlock get() {
    return HeaderBlock.get(scheme(), authority(), path);
  }

  /// Opens a connection and sends preface and settings.
  public Http2Client open() {
    Http2Client client = connect();
    client.preface();
    return client;
  }

  /// Opens a connection on which nothing is sent yet.
  public Http2Client connect() {
    return new Http2Client(this);
  }
}
