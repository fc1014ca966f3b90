package lazaret.cli.desk;

import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.ProtocolException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.time.Duration;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import lazaret.vetting.Secret;
import lazaret.vetting.deskapi.Operation;
import lazaret.vetting.deskapi.Reply;
import lazaret.vetting.deskapi.client.DeskException;
import lazaret.vetting.deskapi.client.DeskTransport;
import lazaret.vetting.deskapi.client.ReplyReader;
import org.jspecify.annotations.Nullable;

/// A transport over TLS to `/desk/v1/` of a server, which its certificate authenticates. Redirects
/// are not followed, because the token would be sent to their target.
///
/// It uses the JDK's old client. With the new one, a command with one request takes a third more
/// processor time, for threads and HTTP/2 that it does not need.
public final class HttpTransport implements DeskTransport {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int MAX_ANSWER = 256 << 20;
  private static final Bytes NO_TOKEN =
      Bytes.utf8(
          """
          {"errors": [{"code": "unauthenticated", "detail": "the gate requires a valid token"}]}
          """);

  static {
    // Otherwise the JDK repeats a request after a broken connection, and a decision must not be
    // repeated.
    System.setProperty("sun.net.http.retryPost", "false");
  }

  private final ServerAddress gateway;
  private final @Nullable SSLContext trust;

  /// Creates a transport without connecting.
  ///
  /// @param trust the certificate authorities that are accepted for the server; null for those of
  ///   the JDK
  public HttpTransport(ServerAddress gateway, @Nullable SSLContext trust) {
    this.gateway = gateway;
    this.trust = trust;
  }

  @Override
  public String where() {
    return "the gate at " + gateway.server();
  }

  @Override
  public <Q extends Record, R extends Record> Reply<R> call(
      Operation<Q, R> operation, Q request, Duration timeout) {
    return new ReplyReader(where())
        .read(operation, exchange(DeskHttpRequest.of(operation, request, timeout)));
  }

  private ReplyReader.Response exchange(DeskHttpRequest request) {
    try {
      HttpURLConnection connection = connection(request);
      if (request.body().length() > 0) {
        connection.setDoOutput(true);
        // The body is not buffered for a second attempt, because no reply of a gate makes the JDK
        // repeat it.
        connection.setFixedLengthStreamingMode(request.body().length());
        try (var out = connection.getOutputStream()) {
          request.body().writeTo(out);
        }
      }
      return response(connection);
    } catch (SocketTimeoutException e) {
      throw unavailable("did not answer in time", e);
    } catch (IOException e) {
      throw unavailable(NetworkFault.reason(e), e);
    }
  }

  private HttpURLConnection connection(DeskHttpRequest request) throws IOException {
    URI target = URI.create(gateway.address().base() + request.target());
    if (!(target.toURL().openConnection() instanceof HttpsURLConnection connection)) {
      throw new ProtocolException("no TLS: " + target.getScheme());
    }
    if (trust != null) {
      connection.setSSLSocketFactory(trust.getSocketFactory());
    }
    connection.setRequestMethod(request.method());
    connection.setInstanceFollowRedirects(false);
    connection.setUseCaches(false);
    connection.setConnectTimeout(Math.toIntExact(CONNECT.toMillis()));
    connection.setReadTimeout(Math.toIntExact(request.timeout().toMillis()));
    connection.setRequestProperty("Accept", "application/json");
    connection.setRequestProperty("User-Agent", "lazaret-vetting-cli");
    if (request.body().length() > 0) {
      connection.setRequestProperty("Content-Type", request.contentType());
    }
    Secret token = gateway.token();
    if (token != null) {
      connection.setRequestProperty("Authorization", "Bearer " + token.text());
    }
    return connection;
  }

  private ReplyReader.Response response(HttpURLConnection connection) throws IOException {
    int status = connection.getResponseCode();
    if (status < 0) {
      throw new ProtocolException("no HTTP");
    }
    InputStream body = status < 400 ? connection.getInputStream() : connection.getErrorStream();
    if (body == null) {
      // If a body was sent, the JDK does not return the body of a reply with this status.
      Bytes content = status == HttpURLConnection.HTTP_UNAUTHORIZED ? NO_TOKEN : Bytes.EMPTY;
      return new ReplyReader.Response(
          status, content, retryAfter(connection.getHeaderField("Retry-After")));
    }
    try (body) {
      byte[] bytes = body.readNBytes(MAX_ANSWER + 1);
      if (bytes.length > MAX_ANSWER) {
        throw unavailable("sent more than " + MAX_ANSWER + " bytes", null);
      }
      return new ReplyReader.Response(
          status, Bytes.of(bytes), retryAfter(connection.getHeaderField("Retry-After")));
    }
  }

  private DeskException unavailable(String what, @Nullable Exception cause) {
    return new DeskException(
        ErrorCode.SERVER_UNAVAILABLE, where() + " " + what + "; " + gateway.advice(), cause);
  }

  static @Nullable Duration retryAfter(@Nullable String seconds) {
    return seconds != null && seconds.matches("\\d{1,6}")
        ? Duration.ofSeconds(Long.parseLong(seconds))
        : null;
  }

  @Override
  public void close() {
    // Connections that are kept alive end with the process.
  }
}
