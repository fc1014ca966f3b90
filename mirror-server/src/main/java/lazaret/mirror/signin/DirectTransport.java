package lazaret.mirror.signin;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import lazaret.mirror.outbound.DirectClient;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.signin.IssuerAddress;
import lazaret.signin.ProviderRequest;
import lazaret.signin.ProviderResponse;
import lazaret.signin.ProviderTransport;
import lazaret.vetting.Bytes;
import lazaret.vetting.Secret;

/// The requests to one issuer over the network of the server. The issuer may have a private
/// address, because a person configured it; other private hosts that it names must be listed.
/// Thread-safe; blocks.
public final class DirectTransport implements ProviderTransport, AutoCloseable {
  private final DirectClient client;

  /// Creates a transport.
  ///
  /// @param issuer the configured issuer
  /// @param options as for upstream; its private hosts are not used
  /// @param privateHosts the private hosts that endpoints of the issuer may have in addition to its
  ///   own: names, IP addresses or blocks
  /// @param key the key of the configuration with these hosts, for messages
  /// @throws lazaret.vetting.LazaretException if a file of authorities or the proxy cannot be used
  public DirectTransport(
      IssuerAddress issuer, UpstreamOptions options, List<String> privateHosts, String key) {
    this.client =
        new DirectClient(
            issuer.document(),
            options.withNetwork(options.network().withAllowedPrivate(privateHosts)),
            key);
  }

  @Override
  public ProviderResponse fetch(ProviderRequest request) {
    return switch (client.send(direct(request))) {
      case DirectClient.Reply.Received(int status, Bytes body) ->
          new ProviderResponse.Received(status, body);
      case DirectClient.Reply.Failed(String why) -> new ProviderResponse.Failed(why);
    };
  }

  private static DirectClient.Request direct(ProviderRequest request) {
    Map<String, String> headers = new HashMap<>();
    headers.put("Accept", "application/json");
    Secret authorization = request.authorization();
    if (authorization != null) {
      headers.put("Authorization", authorization.text());
    }
    return switch (request) {
      case ProviderRequest.Get get ->
          new DirectClient.Request(get.address(), headers, null, get.maxBytes());
      case ProviderRequest.Post post -> {
        headers.put("Content-Type", "application/x-www-form-urlencoded");
        yield new DirectClient.Request(
            post.address(), headers, Bytes.utf8(encoded(post.form())), post.maxBytes());
      }
    };
  }

  private static String encoded(Map<String, String> form) {
    return form.entrySet().stream()
        .map(
            one ->
                URLEncoder.encode(one.getKey(), StandardCharsets.UTF_8)
                    + "="
                    + URLEncoder.encode(one.getValue(), StandardCharsets.UTF_8))
        .collect(Collectors.joining("&"));
  }

  @Override
  public void close() {
    client.close();
  }
}
