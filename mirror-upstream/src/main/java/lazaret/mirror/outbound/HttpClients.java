package lazaret.mirror.outbound;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// The construction of the JDK's HTTP client, including the settings that it reads only from system
/// properties.
public final class HttpClients {
  /// The system properties that the client's classes read when they load, so that they must be set
  /// before the first client is made. Values from the command line are kept.
  private static final Map<String, String> PROPERTIES =
      Map.of(
          // With the default windows, a body of 1 MB waits for a round trip after every 64 KB; with
          // larger ones, one connection transfers half as much again.
          "jdk.httpclient.connectionWindowSize", "67108864",
          "jdk.httpclient.windowsize", "16777216",
          "jdk.httpclient.bufsize", "65536",
          // The client repeats a request if a connection closes before the response. It may do so
          // once, for a connection that had been idle for too long; more would multiply with the
          // gate's own retries.
          "jdk.httpclient.redirects.retrylimit", "2",
          // A person configured the credentials for the proxy. By default the JDK omits Basic
          // credentials from the CONNECT request.
          "jdk.http.auth.tunneling.disabledSchemes", "");

  private HttpClients() {}

  /// Sets the system properties that the first client of this process fixes for all clients. A
  /// caller that makes a client of another kind calls this before.
  public static void settle() {
    PROPERTIES.forEach(
        (key, value) -> {
          if (System.getProperty(key) == null) {
            System.setProperty(key, value);
          }
        });
  }

  /// Creates a client that uses HTTP/2 if upstream supports it, connects within a time limit and
  /// follows no redirects.
  ///
  /// @param tls null for the JDK's own trust
  public static HttpClient create(
      UpstreamOptions options, ProxySelector proxies, @Nullable SSLContext tls, Executor executor) {
    settle();
    HttpClient.Builder client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_2)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(options.timeouts().connect())
            .proxy(proxies)
            .executor(executor);
    if (tls != null) {
      client.sslContext(tls);
    }
    return client.build();
  }
}
