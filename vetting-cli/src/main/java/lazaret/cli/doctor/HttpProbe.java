package lazaret.cli.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import lazaret.vetting.index.RegistryConfig;
import org.jspecify.annotations.Nullable;

/// Asks over the network.
public final class HttpProbe implements GateProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final @Nullable SSLContext trust;

  /// Creates a probe.
  ///
  /// @param trust which authorities vouch for the gate; null where the JDK's do
  public HttpProbe(@Nullable SSLContext trust) {
    this.trust = trust;
  }

  @Override
  public Reply get(URI address, @Nullable String token) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE);
    try (HttpClient client = (trust == null ? builder : builder.sslContext(trust)).build()) {
      HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE);
      if (token != null) {
        request.header("Authorization", token);
      }
      HttpResponse<InputStream> response =
          client.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        byte[] bytes = body.readNBytes(RegistryConfig.MAX_BYTES + 1);
        return new Reply(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (IOException | IllegalArgumentException e) {
      String message = e.getMessage();
      return new Reply(0, message == null ? e.getClass().getSimpleName() : message);
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Reply(0, "interrupted");
    }
  }
}
