package lazaret.testkit.http2;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A server that is addressed over HTTP/2.
///
/// @param host host, also used as authority
/// @param port port
/// @param tls trust for TLS with ALPN `h2`; null for clear text with prior knowledge
/// @param path path of honest requests
/// @param from local address of connections, such as `127.0.0.9`; null for the system's choice
/// @param token token of each GET request; null for none
public record Http2Target(
    String host,
    int port,
    @Nullable SSLContext tls,
    String path,
    @Nullable String from,
    @Nullable String token) {
  private static final int TIMEOUT = 10_000;

  /// Creates a target whose connections have the local address that the system chooses.
  public Http2Target(String host, int port, @Nullable SSLContext tls, String path) {
    this(host, port, tls, path, null, null);
  }

  /// Returns the same server with another path.
  public Http2Target at(String other) {
    return new Http2Target(host, port, tls, other, from, token);
  }

  /// Returns the same server with a token.
  public Http2Target withToken(String secret) {
    return new Http2Target(host, port, tls, path, from, secret);
  }

  /// Returns the same server with a local address.
  public Http2Target from(String address) {
    return new Http2Target(host, port, tls, path, address, token);
  }

  /// Connects a socket without TLS.
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

  /// Returns a header block that requests the path of this target.
  public HeaderBlockBuilder get() {
    HeaderBlockBuilder block = HeaderBlockBuilder.get(scheme(), authority(), path);
    return token == null
        ? block
        : block.literal(
            HeaderBlockBuilder.Indexing.NOT_INDEXED, "authorization", "Bearer " + token);
  }

  /// Returns the head of an HTTP/1.1 request without the empty line.
  public String getHead() {
    String head = "GET " + path + " HTTP/1.1\r\nHost: " + authority() + "\r\n";
    return token == null ? head : head + "Authorization: Bearer " + token + "\r\n";
  }

  /// Opens a connection and sends preface and settings.
  public Http2Client open() {
    Http2Client client = connect();
    client.preface();
    return client;
  }

  /// Opens a connection without sending data.
  public Http2Client connect() {
    return new Http2Client(this);
  }
}
