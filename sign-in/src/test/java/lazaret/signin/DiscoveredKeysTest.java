package lazaret.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.jwk.JWK;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.testkit.ManualClock;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;

class DiscoveredKeysTest {
  private static final String DISCOVERY = "/.well-known/openid-configuration";

  private final ManualClock clock = ManualClock.at("2026-11-28T12:00:00Z");
  private final FakeProvider provider = new FakeProvider(clock);
  private final DiscoveredKeys keys =
      new DiscoveredKeys(IssuerAddress.parse(FakeProvider.ISSUER), provider, clock);

  private List<String> ids() {
    return keys.keys().getKeys().stream().map(JWK::getKeyID).toList();
  }

  private void refuses(String message) {
    assertThatThrownBy(keys::keys)
        .isInstanceOf(IssuerUnavailableException.class)
        .hasMessageContaining(message);
  }

  @Test
  void fetchesTheDocumentsOnceInAnHour() {
    assertThat(ids()).containsExactly("rsa-1");
    clock.advance(Duration.ofMinutes(59));
    assertThat(ids()).containsExactly("rsa-1");
    assertThat(provider.requests).containsExactly("GET " + DISCOVERY, "GET /keys");

    clock.advance(Duration.ofMinutes(1));
    assertThat(ids()).containsExactly("rsa-1");
    assertThat(provider.requests).hasSize(4);
  }

  @Test
  void keepsTheLastKeysForADayOfOutage() {
    assertThat(ids()).containsExactly("rsa-1");
    provider.replaced.put("/keys", new ProviderResponse.Failed("no connection"));

    clock.advance(Duration.ofHours(23));
    assertThat(ids()).containsExactly("rsa-1");

    clock.advance(Duration.ofHours(1));
    refuses(
        "cannot fetch the keys of "
            + FakeProvider.ISSUER
            + ": expected status 200, found no connection");
  }

  @Test
  void asksAnIssuerThatFailsOnceInThirtySeconds() {
    provider.replaced.put(DISCOVERY, new ProviderResponse.Failed("no connection"));

    refuses("found no connection");
    refuses("found no connection");
    assertThat(provider.requests).hasSize(1);

    provider.replaced.clear();
    clock.advance(Duration.ofSeconds(30));
    assertThat(ids()).containsExactly("rsa-1");
  }

  @Test
  void findsAKeyThatWasAddedAfterTheLastFetch() {
    assertThat(ids()).containsExactly("rsa-1");
    provider.keys.add(SigningKey.ec("ec-2").jwk());
    clock.advance(Duration.ofSeconds(30));

    assertThat(keys.refreshed("ec-2").getKeyByKeyId("ec-2")).isNotNull();
  }

  @Test
  void asksForUnknownKeysOnceInThirtySeconds() {
    assertThat(ids()).containsExactly("rsa-1");
    assertThat(keys.refreshed("invented-0").getKeyByKeyId("invented-0")).isNull();
    assertThat(provider.requests).hasSize(2);

    clock.advance(Duration.ofSeconds(30));
    for (int i = 1; i < 50; i++) {
      assertThat(keys.refreshed("../../etc/passwd-" + i).size()).isEqualTo(1);
    }
    assertThat(provider.requests).hasSize(3).endsWith("GET /keys");
  }

  @Test
  void acceptsNoKeyThatIsPrivateSymmetricOrWeak() {
    Map<String, Object> other = new HashMap<>(SigningKey.rsa("private").jwk());
    other.put("d", "AQAB");
    provider.keys.clear();
    provider.keys.add(Map.of("kty", "oct", "kid", "symmetric", "k", "AAAA"));
    provider.keys.add(SigningKey.rsa("weak", 1_024).jwk());
    provider.keys.add(Map.of("kty", "RSA", "kid", "broken"));
    provider.keys.add(Map.of("kty", "unknown", "kid", "new"));
    Map<String, Object> encryption = SigningKey.rsa("encryption").jwk();
    encryption.put("use", "enc");
    provider.keys.add(encryption);
    refuses("expected a key for RS256, PS256, ES256 or EdDSA, found none among 5");

    provider.keys.add(other);
    clock.advance(Duration.ofSeconds(30));
    assertThat(ids()).containsExactly("private");
    assertThat(keys.keys().getKeys().getFirst().isPrivate()).isFalse();
  }

  @Test
  void refusesSlowRsaKeys() {
    Map<String, Object> slow = SigningKey.rsa("slow").jwk();
    slow.put("e", slow.get("n"));
    provider.keys.set(0, slow);

    refuses("found none among 1");
  }

  @Test
  void refusesTooManyKeys() {
    for (int i = 0; i < KeySetReader.MAX_KEYS; i++) {
      provider.keys.add(provider.keys.getFirst());
    }

    refuses("expected at most 100, found 101; remove old keys at the provider");
  }

  @Test
  void refusesAHugeKeySet() {
    provider.replaced.put(
        "/keys",
        new ProviderResponse.Received(200, Bytes.of(new byte[KeySetReader.MAX_BYTES + 1])));

    refuses("expected status 200, found more than 262144 bytes");
  }

  @Test
  void refusesTheTextNullInPlaceOfAKeySet() {
    provider.replaced.put("/keys", new ProviderResponse.Received(200, Bytes.utf8("null")));

    refuses("expected a JSON object with the list 'keys'");
  }

  @Test
  void refusesADeeplyNestedKeySet() {
    provider.replaced.put(
        "/keys",
        new ProviderResponse.Received(200, Bytes.utf8("{\"keys\":" + "[".repeat(100_000))));

    refuses("expected a JSON object with the list 'keys'");
  }

  @Test
  void followsNoRedirectOfDiscovery() {
    provider.replaced.put(DISCOVERY, new ProviderResponse.Received(302, Bytes.EMPTY));

    refuses("expected status 200, found a redirect (302), which is not followed");
    assertThat(provider.requests).containsExactly("GET " + DISCOVERY);
  }

  @Test
  void refusesTheDocumentOfAnotherIssuer() {
    provider.metadata.put("issuer", FakeProvider.ISSUER + "/");

    refuses("expected the same issuer in it, found '" + FakeProvider.ISSUER + "/'");
  }

  @Test
  void refusesAddressesOfKeysWithoutTls() {
    for (String address :
        List.of(
            "http://id.example.org/keys",
            "http://127.0.0.1:9000/keys",
            "file:///etc/passwd",
            "https://user:password@id.example.org/keys",
            "https:///keys",
            "")) {
      provider.metadata.put("jwks_uri", address);
      refuses("cannot use 'jwks_uri' of " + FakeProvider.ISSUER + ": expected an https address");
      clock.advance(Duration.ofHours(1));
    }
    assertThat(provider.requests).doesNotContain("GET /keys");
  }

  @Test
  void acceptsAnIssuerOnLoopbackWithoutTls() {
    IssuerAddress issuer = IssuerAddress.parse("http://127.0.0.1:9000/tenant");
    provider.metadata.put("issuer", issuer.text());
    provider.metadata.put("jwks_uri", "http://localhost:9001/tenant/keys");

    assertThat(new DiscoveredKeys(issuer, provider, clock).keys().size()).isEqualTo(1);
  }
}
