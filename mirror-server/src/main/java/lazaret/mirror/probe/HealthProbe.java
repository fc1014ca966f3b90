package lazaret.mirror.probe;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintStream;
import java.net.HttpURLConnection;
import java.net.Proxy;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.Map;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManager;

/// A question to a server on this machine whether it is ready. Uses classes of the JDK only, since
/// the start of the program is most of its time.
final class HealthProbe {
  private static final int TIMEOUT_MILLIS = 3_000;
  private static final int MAX_ANSWER = 4_096;

  private HealthProbe() {}

  /// Returns the URL of the readiness of a server with these variables. It has the port of
  /// `LAZARET_LISTEN` on the loopback interface, and https if `LAZARET_TLS_CERTIFICATE` is set.
  static String url(Map<String, String> environment) {
    String listen = environment.getOrDefault("LAZARET_LISTEN", "127.0.0.1:7080");
    String scheme = environment.containsKey("LAZARET_TLS_CERTIFICATE") ? "https" : "http";
    return "%s://127.0.0.1:%s/health/ready"
        .formatted(scheme, listen.substring(listen.lastIndexOf(':') + 1));
  }

  /// Asks once, and prints one line: the answer, or the reason why there is none.
  ///
  /// @return whether the server is ready
  static boolean ask(String url, PrintStream out) {
    try {
      URL address = URI.create(url).toURL();
      if (!(address.openConnection(Proxy.NO_PROXY) instanceof HttpURLConnection connection)) {
        throw new IOException("expected an http or https address, found " + url);
      }
      if (connection instanceof HttpsURLConnection secure) {
        trust(secure);
      }
      connection.setConnectTimeout(TIMEOUT_MILLIS);
      connection.setReadTimeout(TIMEOUT_MILLIS);
      connection.setInstanceFollowRedirects(false);
      int status = connection.getResponseCode();
      out.println(status + " " + body(connection));
      return status == HttpURLConnection.HTTP_OK;
    } catch (IOException | IllegalArgumentException | GeneralSecurityException e) {
      out.println(
          "cannot ask %s: expected an answer, found %s; read the log of the server"
              .formatted(url, e.getMessage() == null ? e.toString() : e.getMessage()));
      return false;
    }
  }

  private static String body(HttpURLConnection connection) throws IOException {
    try (InputStream in =
        connection.getResponseCode() < HttpURLConnection.HTTP_BAD_REQUEST
            ? connection.getInputStream()
            : connection.getErrorStream()) {
      return in == null
          ? ""
          : new String(in.readNBytes(MAX_ANSWER), StandardCharsets.UTF_8).strip();
    }
  }

  /// Accepts every certificate: the name in it is the public one, and the answer contains no
  /// secret.
  private static void trust(HttpsURLConnection connection) throws GeneralSecurityException {
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(null, new TrustManager[] {new AnyCertificate()}, null);
    connection.setSSLSocketFactory(context.getSocketFactory());
    connection.setHostnameVerifier((_, _) -> true);
  }
}
