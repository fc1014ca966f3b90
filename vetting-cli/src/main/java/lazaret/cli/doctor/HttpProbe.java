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
import java.util.Optional;
import javax.net.ssl.SSLContext;
import lazaret.cli.desk.ClearConnection;
import lazaret.cli.desk.GateAddress;
import lazaret.cli.desk.NetworkFault;
import lazaret.cli.desk.ServerAddress;
import lazaret.vetting.Bytes;
import lazaret.vetting.LazaretException;
import lazaret.vetting.Secret;
import lazaret.vetting.deskapi.client.ReplyReader;
import lazaret.vetting.index.RegistryConfig;
import org.jspecify.annotations.Nullable;

/// A client that sends requests over the network or over the gate's Unix socket. Without TLS, a
/// token is only sent to a server that has proved that it knows the token.
public final class HttpProbe implements GateProbe {
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  /// The number of bytes that are read of a reply over the network.
  private static final int MOST = RegistryConfig.MAX_BYTES + 1;

  private static final int MOST_OF_A_SOCKET = 1 << 20;

  private final @Nullable SSLContext trust;
  private final GateAddress.@Nullable Socket socket;

  private HttpProbe(@Nullable SSLContext trust, GateAddress.@Nullable Socket socket) {
    this.trust = trust;
    this.socket = socket;
  }

  /// Creates a probe over the network.
  ///
  /// @param trust the certificate authorities that are accepted for the gate; null for those of the
  ///   JDK
  public HttpProbe(@Nullable SSLContext trust) {
    this(trust, null);
  }

  /// Returns a probe for one gate, over its socket if it has one.
  ///
  /// @param trust the certificate authorities that are accepted for the gate; null for those of the
  ///   JDK
  public static HttpProbe of(ServerAddress gateway, @Nullable SSLContext trust) {
    return new HttpProbe(
        trust, gateway.address() instanceof GateAddress.Socket socket ? socket : null);
  }

  @Override
  public Reply get(URI address, @Nullable Secret token) {
    boolean clear = token != null && !"https".equalsIgnoreCase(address.getScheme());
    return socket != null || clear ? clear(address, token) : web(address, token);
  }

  private Reply clear(URI address, @Nullable Secret token) {
    GateAddress gate =
        socket != null
            ? socket
            : new GateAddress.Web(address.getScheme() + "://" + address.getRawAuthority());
    try (ClearConnection connection = ClearConnection.open(gate)) {
      String headers = "";
      if (token != null) {
        Optional<ReplyReader.Response> refusal = connection.prove(bare(token));
        if (refusal.isPresent()) {
          return new Reply(refusal.get().status(), refusal.get().body().text());
        }
        headers = "Authorization: " + token.text() + "\r\n";
      }
      ClearConnection.Reply reply =
          connection.send(
              new ClearConnection.Request(
                  "GET", address.getRawPath(), headers, Bytes.EMPTY, PATIENCE),
              MOST_OF_A_SOCKET);
      return new Reply(reply.head().status(), reply.body().text());
    } catch (IOException | IllegalArgumentException | LazaretException e) {
      return new Reply(0, message(e));
    }
  }

  /// Returns the token without a scheme. Cargo sends a token as it is written, possibly with the
  /// scheme.
  private static Secret bare(Secret token) {
    String text = token.text();
    return text.regionMatches(true, 0, "Bearer ", 0, 7)
        ? new Secret(text.substring(7).strip())
        : token;
  }

  private Reply web(URI address, @Nullable Secret token) {
    HttpClient.Builder builder =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .followRedirects(HttpClient.Redirect.NEVER)
            .connectTimeout(PATIENCE);
    try (HttpClient client = (trust == null ? builder : builder.sslContext(trust)).build()) {
      HttpRequest.Builder request = HttpRequest.newBuilder(address).timeout(PATIENCE);
      if (token != null) {
        request.header("Authorization", token.text());
      }
      HttpResponse<InputStream> response =
          client.send(request.build(), BodyHandlers.ofInputStream());
      try (InputStream body = response.body()) {
        byte[] bytes = body.readNBytes(MOST);
        return new Reply(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
      }
    } catch (IOException | IllegalArgumentException e) {
      return new Reply(0, message(e));
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
      return new Reply(0, "interrupted");
    }
  }

  /// Returns a message without secrets: the JDK quotes the value of an invalid header in its
  /// exception.
  private static String message(Exception e) {
    return switch (e) {
      case IllegalArgumentException _ -> "the token or the address cannot be sent";
      case LazaretException refused -> String.valueOf(refused.getMessage());
      default -> NetworkFault.words(e);
    };
  }
}
