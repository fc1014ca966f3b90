package lazaret.mirror.webhook;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import lazaret.mirror.outbound.GuardedResolver;
import lazaret.vetting.Bytes;
import lazaret.vetting.Excerpt;

/// A client for one webhook address. It ignores redirects and the bodies of responses.
final class WebhookReceiver {
  private static final Duration PATIENCE = Duration.ofSeconds(15);

  private final URI url;
  private final List<String> privateHosts;
  private final HttpClient client;
  private final WebhookSignature signature;

  WebhookReceiver(
      URI url, List<String> privateHosts, HttpClient client, WebhookSignature signature) {
    this.url = url;
    this.privateHosts = privateHosts.stream().map(host -> host.toLowerCase(Locale.ROOT)).toList();
    this.client = client;
    this.signature = signature;
  }

  /// Returns the address without query and credentials, which may be secret.
  String shown() {
    String port = url.getPort() < 0 ? "" : ":" + url.getPort();
    return Excerpt.of(url.getScheme() + "://" + url.getHost() + port + url.getRawPath());
  }

  /// Returns the whole address.
  URI url() {
    return url;
  }

  /// Sends one message. Blocks until the receiver answers or the timeout ends.
  ///
  /// @param kind the kind of the event, sent in `x-lazaret-event`
  /// @param number the sequence of the ledger entry; a receiver detects a repeated delivery by it
  /// @return empty if the receiver accepted it (2xx); else the reason of the failure
  Optional<String> send(String kind, long number, Bytes body, Instant now)
      throws InterruptedException {
    try {
      // Checked for each message: the owner of the name may point it to an internal host at any
      // time.
      GuardedResolver.requirePublic(bare(url.getHost()), privateHosts);
      HttpRequest request =
          HttpRequest.newBuilder(url)
              .timeout(PATIENCE)
              .header("content-type", "application/json")
              .header("user-agent", "lazaret-webhook")
              .header("x-lazaret-event", kind)
              .header("x-lazaret-delivery", Long.toString(number))
              .header("x-lazaret-timestamp", Long.toString(now.getEpochSecond()))
              .header("x-lazaret-signature", signature.of(now, body))
              .POST(HttpRequest.BodyPublishers.ofByteArray(body.array()))
              .build();
      HttpResponse<InputStream> answer =
          client.send(request, HttpResponse.BodyHandlers.ofInputStream());
      answer.body().close();
      int status = answer.statusCode();
      if (status >= 200 && status < 300) {
        return Optional.empty();
      }
      return Optional.of(
          status / 100 == 3
              ? "it redirects (status "
                  + status
                  + "), which is not followed: configure where it leads"
              : "expected a status of 2xx, found " + status);
    } catch (UnknownHostException e) {
      return Optional.of("no address to send to: " + Excerpt.of(String.valueOf(e.getMessage())));
    } catch (IOException e) {
      return Optional.of(
          e.getClass().getSimpleName() + ": " + Excerpt.of(String.valueOf(e.getMessage())));
    }
  }

  private static String bare(String host) {
    return host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
  }
}
