package lazaret.signin;

import com.nimbusds.jose.jwk.JWKSet;
import java.time.Clock;

/// The keys of an issuer, found by its discovery document (`jwks_uri`). They are fetched again
/// after an hour, and kept for a day while the issuer does not answer. One thread fetches at a
/// time. Thread-safe; blocks.
public final class DiscoveredKeys implements IssuerKeys {
  private final IssuerMetadataCache discovery;
  private final KeptValue<JWKSet> kept;

  /// Creates the keys of an issuer, without a request.
  public DiscoveredKeys(IssuerAddress issuer, ProviderTransport transport, Clock clock) {
    this(new IssuerMetadataCache(issuer, transport, clock), clock);
  }

  /// Creates the keys of an issuer whose discovery document others use as well.
  public DiscoveredKeys(IssuerMetadataCache discovery, Clock clock) {
    this.discovery = discovery;
    this.kept = new KeptValue<>(this::fetched, clock);
  }

  @Override
  public JWKSet keys() {
    return kept.get();
  }

  @Override
  public JWKSet refreshed(String kid) {
    return kept.refreshedUnless(keys -> keys.getKeyByKeyId(kid) != null);
  }

  private JWKSet fetched() {
    return KeySetReader.parse(
        discovery.document(
            discovery.metadata().required("jwks_uri"), "keys", KeySetReader.MAX_BYTES),
        discovery.issuer().text());
  }
}
