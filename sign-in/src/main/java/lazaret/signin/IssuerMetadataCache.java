package lazaret.signin;

import java.net.URI;
import java.time.Clock;
import lazaret.vetting.Bytes;

/// The discovery document of one issuer, fetched when it is needed and again after an hour. During
/// an outage the last good document is used for a day. Thread-safe; blocks.
public final class IssuerMetadataCache {
  private final IssuerAddress issuer;
  private final ProviderTransport transport;
  private final KeptValue<IssuerMetadata> kept;

  /// Creates a cache, without a request.
  public IssuerMetadataCache(IssuerAddress issuer, ProviderTransport transport, Clock clock) {
    this.issuer = issuer;
    this.transport = transport;
    this.kept = new KeptValue<>(this::fetched, clock);
  }

  /// Returns the issuer.
  public IssuerAddress issuer() {
    return issuer;
  }

  /// Returns the document.
  ///
  /// @throws IssuerUnavailableException if there is none yet, or the last one is too old
  public IssuerMetadata metadata() {
    return kept.get();
  }

  private IssuerMetadata fetched() {
    return IssuerMetadata.parse(
        document(issuer.document(), "discovery document", IssuerMetadata.MAX_BYTES), issuer);
  }

  /// Fetches a JSON document of the issuer.
  ///
  /// @param what the name of the document in messages
  /// @throws IssuerUnavailableException if the status is not 200, or there is no response
  Bytes document(URI address, String what, int maxBytes) {
    ProviderResponse response = transport.fetch(new ProviderRequest.Get(address, null, maxBytes));
    if (response instanceof ProviderResponse.Received(int status, Bytes body)
        && status == 200
        && body.length() <= maxBytes) {
      return body;
    }
    String found =
        switch (response) {
          case ProviderResponse.Received(int status, Bytes _) when status == 200 ->
              "more than " + maxBytes + " bytes";
          case ProviderResponse.Received(int status, Bytes _) when status / 100 == 3 ->
              "a redirect (" + status + "), which is not followed";
          case ProviderResponse.Received(int status, Bytes _) -> "status " + status;
          case ProviderResponse.Failed(String why) -> why;
        };
    throw new IssuerUnavailableException(
        "cannot fetch the %s of %s: expected status 200, found %s; check the provider and the connection to it"
            .formatted(what, issuer, found));
  }
}
