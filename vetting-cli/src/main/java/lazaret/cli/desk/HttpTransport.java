package lazaret.cli.desk;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import lazaret.vetting.Bytes;
import lazaret.vetting.ErrorCode;
import org.jspecify.annotations.Nullable;

/// A desk behind a socket: `/desk/v1/` of a running server. Follows no redirect, because the token
/// would go with it.
public final class HttpTransport implements DeskTransport {
  private static final Duration CONNECT = Duration.ofSeconds(10);
  private static final int MAX_ANSWER = 256 << 20;

  private final HttpClient client;
  private final Gateway gateway;

  /// Creates a transport; nothing is asked yet.
  ///
  /// @param trust which authorities vouch for the server; null where the JDK's do
  public HttpTransport(Gateway gateway, @Nullable SSLContext trust) {
    this.gateway = gateway;
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(CONNECT);
    this.client = (trust == null ? builder : builder.sslContext(trust)).build();
  }

  @Override
  public String where() {
    return "the gate at " + gateway.server();
  }

  @Override
  public DeskAnswer ask(DeskQuestion question) {
    HttpRequest.Builder request =
        HttpRequest.newBuilder(URI.create(gateway.server() + "/desk/v1" + question.target()))
            .timeout(question.patience())
            .header("Accept", "application/json")
            .header("User-Agent", "lazaret-vetting-cli")
            .method(question.method(), BodyPublishers.ofByteArray(question.body().array()));
    if (question.body().length() > 0) {
      request.header(
          "Content-Type", question.json() ? "application/json" : "application/octet-stream");
    }
    String token = gateway.token();
    if (token != null) {
      request.header("Authorization", "Bearer " + token);
    }
    return answered(request.build());
  }

  private DeskAnswer answered(HttpRequest request) {
    try {
      HttpResponse<InputStream> response = client.send(request, BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        byte[] bytes = body.readNBytes(MAX_ANSWER + 1);
        if (bytes.length > MAX_ANSWER) {
          throw unavailable("answers with over " + MAX_ANSWER + " bytes", null);
        }
        return new DeskAnswer(response.statusCode(), Bytes.of(bytes), retryAfter(response));
      }
    } catch (HttpTimeoutException e) {
      throw unavailable("has not answered in time", e);
    } catch (IOException e) {
      throw unavailable(reason(e), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable("was not waited for: interrupted", e);
    }
  }

  private static String reason(IOException e) {
    String message = e.getMessage();
    return "does not answer (" + (message == null ? e.getClass().getSimpleName() : message) + ")";
  }

  private CliException unavailable(String what, @Nullable Exception cause) {
    return new CliException(
        ErrorCode.SERVER_UNAVAILABLE, where() + " " + what + "; " + gateway.advice(), cause);
  }

  private static @Nullable Duration retryAfter(HttpResponse<?> response) {
    Optional<String> header = response.headers().firstValue("Retry-After");
    return header
        .filter(seconds -> seconds.matches("\\d{1,6}"))
        .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)))
        .orElse(null);
  }

  @Override
  public void close() {
    client.shutdownNow();
    client.close();
  }
}
