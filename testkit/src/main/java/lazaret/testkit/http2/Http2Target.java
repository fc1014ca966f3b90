package lazaret.testkit.http2;

import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// A server that is asked over HTTP/2.
///
/// @param host the host, also used as authority
/// @param port the port
/// @param tls the trust for TLS with ALPN `h2`; null for clear text with prior knowledge
/// @param path the path that honest requests ask for
public record Http2Target(String host, int port, @Nullable SSLContext tls, String path) {
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
