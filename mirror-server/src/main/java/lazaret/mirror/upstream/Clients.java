package lazaret.mirror.upstream;

import java.net.ProxySelector;
import java.net.http.HttpClient;
import java.util.Map;
import java.util.concurrent.Executor;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Makes the JDK's client with the settings that it takes from nowhere but system properties.
public final class Clients {
  /// Read by the client's classes when they load, so set before the first client is made; what the
  /// command line says is left alone.
  private static final Map<String, String> PROPERTIES =
      Map.of(
          // The default windows hold a body of 1 MB up by a round trip after every 64 KB; raised,
          // one connection moves half as much again.
          "jdk.httpclient.connectionWindowSize", "67108864",
          "jdk.httpclient.windowsize", "16777216",
          "jdk.httpclient.bufsize", "65536",
          // The client asks again by itself when a connection closes before an answer: once, for a
          // connection that had been idle for too long. More would multiply with our own retries.
          "jdk.httpclient.redirects.retrylimit", "2",
          // Credentials for the proxy were configured by a person: the JDK withholds Basic ones
          // from
          // the CONNECT request unless told otherwise.
          "jdk.http.auth.tunneling.disabledSchemes", "");

  private Clients() {}

  /// Sets what the first client of this process settles for all of them; whoever makes a client of
  /// another kind calls this before.
  public static void settle() {
    PROPERTIES.forEach(
        (key, value) -> {
          if (System.getProperty(key) == null) {
            System.setProperty(key, value);
          }
        });
  }

  /// Makes a client that speaks HTTP/2 where upstream does, connects within a time and follows
  /// nothing by itself.
  ///
  /// @param tls null for the JDK's own trust
  static HttpClient create(
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
