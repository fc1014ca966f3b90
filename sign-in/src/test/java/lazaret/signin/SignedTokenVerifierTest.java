package lazaret.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lazaret.testkit.ManualClock;
import org.junit.jupiter.api.Test;

class SignedTokenVerifierTest {
  private static final SigningKey RSA = SigningKey.rsa("rsa");
  private static final SigningKey EC = SigningKey.ec("ec");
  private static final SigningKey ED = SigningKey.ed25519("ed");
  private static final Map<String, Object> CLAIMS = Map.of("sub", "1234", "exp", 1_800_000_000L);

  private final ManualClock clock = ManualClock.at("2026-11-28T12:00:00Z");
  private final FakeProvider provider = new FakeProvider(clock);
  private final SignedTokenVerifier verifier =
      new SignedTokenVerifier(
          new DiscoveredKeys(IssuerAddress.parse(FakeProvider.ISSUER), provider, clock));

  SignedTokenVerifierTest() {
    provider.keys.clear();
    provider.keys.add(RSA.jwk());
    provider.keys.add(EC.jwk());
    provider.keys.add(ED.jwk());
  }

  private void refuses(String token, String expectedAndFound) {
    assertThatThrownBy(() -> verifier.verify(token, "ID token"))
        .isInstanceOf(TokenRefusedException.class)
        .hasMessageStartingWith("cannot accept the ID token: expected " + expectedAndFound);
  }

  private static Map<String, Object> header(Object alg, Object kid) {
    Map<String, Object> header = new HashMap<>();
    header.put("alg", alg);
    header.put("kid", kid);
    return header;
  }

  @Test
  void acceptsEachAlgorithm() {
    for (String algorithm : new String[] {"RS256", "PS256", "ES256", "EdDSA"}) {
      SigningKey key =
          switch (algorithm) {
            case "ES256" -> EC;
            case "EdDSA" -> ED;
            default -> RSA;
          };
      SignedToken token = verifier.verify(key.signed(algorithm, CLAIMS), "ID token");
      assertThat(token.algorithm()).isEqualTo(algorithm);
      assertThat(token.claims()).isEqualTo(CLAIMS);
    }
  }

  @Test
  void refusesATokenWithoutSignature() {
    for (Object none : new Object[] {"none", "None", "NONE", "nOnE"}) {
      String found = "the algorithm RS256, PS256, ES256 or EdDSA, found '" + none + "'";
      refuses(SigningKey.unsigned(header(none, "rsa"), CLAIMS) + ".", found);
      refuses(RSA.signed(header(none, "rsa"), "RS256", CLAIMS), found);
    }
    refuses(SigningKey.unsigned(header("RS256", "rsa"), CLAIMS) + ".", "a signature, found none");
    refuses(
        SigningKey.unsigned(Map.of("kid", "rsa"), CLAIMS) + ".AAAA",
        "the algorithm RS256, PS256, ES256 or EdDSA, found 'null'");
  }

  @Test
  void refusesTheTextNullInPlaceOfAnObject() {
    String input = SigningKey.unsigned(header("RS256", "rsa"), CLAIMS);
    String nothing = SigningKey.base64("null".getBytes(StandardCharsets.UTF_8));

    refuses(
        nothing + input.substring(input.indexOf('.')) + ".AAAA",
        "a header and claims as JSON objects, found another form");
    refuses(
        input.substring(0, input.indexOf('.') + 1) + nothing + ".AAAA",
        "a header and claims as JSON objects, found another form");
  }

  @Test
  void refusesAListOfPairsInPlaceOfAnObject() {
    String input = SigningKey.unsigned(header("RS256", "rsa"), CLAIMS);
    String header = SigningKey.base64("[[\"alg\",\"RS256\"]]".getBytes(StandardCharsets.UTF_8));
    String claims = SigningKey.base64("[[\"sub\",\"1\"]]".getBytes(StandardCharsets.UTF_8));

    refuses(
        header + input.substring(input.indexOf('.')) + ".AAAA",
        "a header and claims as JSON objects, found another form");
    refuses(
        input.substring(0, input.indexOf('.') + 1) + claims + ".AAAA",
        "a header and claims as JSON objects, found another form");
  }

  @Test
  void refusesAnHmacWithThePublicKey() throws Exception {
    String input = SigningKey.unsigned(header("HS256", "rsa"), CLAIMS);
    for (byte[] secret :
        new byte[][] {
          RSA.pair().getPublic().getEncoded(), RSA.jwk().toString().getBytes(StandardCharsets.UTF_8)
        }) {
      Mac mac = Mac.getInstance("HmacSHA256");
      mac.init(new SecretKeySpec(secret, "HmacSHA256"));
      byte[] tag = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));

      refuses(
          input + "." + SigningKey.base64(tag),
          "the algorithm RS256, PS256, ES256 or EdDSA, found 'HS256'");
    }
  }

  @Test
  void refusesOtherAlgorithmsOfAKnownKey() {
    refuses(
        RSA.signed("RS512", CLAIMS), "the algorithm RS256, PS256, ES256 or EdDSA, found 'RS512'");
    refuses(
        RSA.signed(header("PS256", "rsa"), "RS256", CLAIMS),
        "a signature by a key of the issuer, found none of key 'rsa'");
    refuses(
        EC.signed(header("RS256", "ec"), "ES256", CLAIMS),
        "a signature by a key of the issuer, found none of key 'ec'");
  }

  @Test
  void usesAKeyForItsOwnAlgorithmOnly() {
    Map<String, Object> bound = RSA.jwk();
    bound.put("alg", "PS256");
    provider.keys.set(0, bound);

    assertThat(verifier.verify(RSA.signed("PS256", CLAIMS), "ID token").claims()).isEqualTo(CLAIMS);
    refuses(RSA.signed("RS256", CLAIMS), "a signature by a key of the issuer");
  }

  @Test
  void usesAKeyIdForComparisonOnly() {
    for (String kid :
        new String[] {
          "../../../../dev/null", "/etc/passwd", "' OR 1=1 --", "http://evil.example/", "rsa\0"
        }) {
      refuses(
          RSA.signed(header("RS256", kid), "RS256", CLAIMS),
          "a signature by a key of the issuer, found none of key '" + kid.replace('\0', '?') + "'");
    }
    refuses(
        RSA.signed(header("RS256", "x".repeat(257)), "RS256", CLAIMS),
        "a key id of at most 256 characters, found another value");
    refuses(
        RSA.signed(header("RS256", 7), "RS256", CLAIMS),
        "a key id of at most 256 characters, found another value");
    assertThat(provider.requests).hasSize(2);
  }

  @Test
  void ignoresKeysInTheHeader() {
    SigningKey own = SigningKey.rsa("own");
    Map<String, Object> header = header("RS256", "own");
    header.put("jwk", own.jwk());
    header.put("jku", "https://evil.example/keys");

    refuses(
        own.signed(header, "RS256", CLAIMS),
        "a signature by a key of the issuer, found none of key 'own'");
    assertThat(provider.requests)
        .containsOnly("GET /.well-known/openid-configuration", "GET /keys");
  }

  @Test
  void refusesCriticalHeaders() {
    Map<String, Object> header = header("RS256", "rsa");
    header.put("crit", new String[] {"b64"});
    header.put("b64", false);

    refuses(RSA.signed(header, "RS256", CLAIMS), "no critical header, found one");
  }

  @Test
  void refusesChangedClaims() {
    String token = RSA.signed("RS256", CLAIMS);
    String other = SigningKey.unsigned(header("RS256", "rsa"), Map.of("sub", "1"));

    refuses(
        other + token.substring(token.lastIndexOf('.')),
        "a signature by a key of the issuer, found none of key 'rsa'");
  }

  @Test
  void refusesTextsThatAreNoTokens() {
    refuses("x".repeat(65_537), "at most 65536 characters, found 65537");
    for (String text : new String[] {"", "a.b", "aa.bb.cc.dd.ee", "aa.b b.cc", "aa.bb.cc\n"}) {
      refuses(text, "a signed token in compact form, found another text");
    }
    refuses("AAAA.AAAA.AAAA", "a header and claims as JSON objects, found another form");
  }

  @Test
  void needsAKeyIdIfTheIssuerHasSeveralKeysOfAType() {
    String token = RSA.signed(Map.of("alg", "RS256"), "RS256", CLAIMS);
    assertThat(verifier.verify(token, "ID token").claims()).isEqualTo(CLAIMS);

    provider.keys.add(SigningKey.rsa("rsa-2").jwk());
    clock.advance(Duration.ofHours(1));
    refuses(token, "a signature by a key of the issuer, found another");
  }

  @Test
  void acceptsAKeyThatWasRotatedInFlight() {
    SigningKey next = SigningKey.rsa("rsa-2");
    String token = next.signed("RS256", CLAIMS);
    refuses(token, "a signature by a key of the issuer, found none of key 'rsa-2'");

    provider.keys.set(0, next.jwk());
    clock.advance(Duration.ofSeconds(30));
    assertThat(verifier.verify(token, "ID token").claims()).isEqualTo(CLAIMS);
    refuses(
        RSA.signed("RS256", CLAIMS), "a signature by a key of the issuer, found none of key 'rsa'");
  }
}
