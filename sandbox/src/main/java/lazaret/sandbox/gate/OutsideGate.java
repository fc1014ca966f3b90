package lazaret.sandbox.gate;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLSocketFactory;

/// The gate as the relay reaches it from outside the sandbox.
///
/// The JDK's old client is asked, because it has a timeout for every read, which the newer one
/// lacks for bodies, and no threads of its own. Redirects are never followed: the token would go
/// with them.
///
/// @param server scheme, host and port without a slash at the end: `https://crates.example.org`
/// @param token goes with every request; empty where the gate wants none
/// @param trust which authorities vouch for the gate; empty where the JDK's do
public record OutsideGate(String server, Optional<String> token, Optional<SSLSocketFactory> trust) {
  private static final Duration CONNECT = Duration.ofSeconds(10);

  /// Opens a request; it is sent when the answer is asked for.
  ///
  /// @param head whose method and target are asked for; nothing else of it goes out
  /// @param gzip whether the answer may be compressed
  /// @param patience how long to wait for each part of the answer
  HttpURLConnection open(RequestHead head, boolean gzip, Duration patience) throws IOException {
    URI address = URI.create(server + head.target());
    if (!(address.toURL().openConnection() instanceof HttpURLConnection connection)) {
      throw new ProtocolException("not HTTP: " + address.getScheme());
    }
    if (connection instanceof HttpsURLConnection secure) {
      trust.ifPresent(secure::setSSLSocketFactory);
    }
    connection.setRequestMethod(head.method());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout(Math.toIntExact(CONNECT.toMillis()));
    connection.setReadTimeout(Math.toIntExact(patience.toMillis()));
    connection.setRequestProperty("Accept", "*/*");
    connection.setRequestProperty("Accept-Encoding", gzip ? "gzip" : "identity");
    connection.setRequestProperty("User-Agent", "lazaret-sandbox");
    token.ifPresent(secret -> connection.setRequestProperty("Authorization", "Bearer " + secret));
    return connection;
  }

  /// Hides the secret.
  @Override
  public String toString() {
    return server;
  }
}
