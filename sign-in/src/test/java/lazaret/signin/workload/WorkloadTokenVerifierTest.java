package lazaret.signin.workload;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.util.JSONObjectUtils;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import lazaret.signin.FakeProvider;
import lazaret.signin.ProviderResponse;
import lazaret.signin.SigningKey;
import lazaret.signin.workload.WorkloadVerification.Refused;
import lazaret.signin.workload.WorkloadVerification.Unavailable;
import lazaret.signin.workload.WorkloadVerification.Verified;
import lazaret.testkit.ClaimsBuilder;
import lazaret.vetting.Bytes;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WorkloadTokenVerifierTest {
  private final WorkloadFixture ci = new WorkloadFixture();
  private final WorkloadTokenVerifier verifier = ci.github();

  private void accepts(ClaimsBuilder claims) {
    assertThat(verifier.verify(WorkloadFixture.signed(claims))).isInstanceOf(Verified.class);
  }

  private void refuses(ClaimsBuilder claims, WorkloadRefusalCode code, String detail) {
    refuses(WorkloadFixture.signed(claims), code, detail);
  }

  private void refuses(String token, WorkloadRefusalCode code, String detail) {
    assertThat(verifier.verify(token))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> {
              assertThat(refused.code()).isEqualTo(code);
              assertThat(refused.detail())
                  .startsWith("cannot accept the token of the CI job: " + detail);
            });
    assertThat(ci.used.until).isEmpty();
  }

  @Test
  void acceptsAJobAndNamesItsRun() {
    assertThat(verifier.verify(WorkloadFixture.signed(ci.claims())))
        .isInstanceOfSatisfying(
            Verified.class,
            verified -> {
              assertThat(verified.binding().name()).isEqualTo("binding-1");
              assertThat(verified.run().tokenId()).matches("[0-9a-f]{16}");
              assertThat(verified.run().text())
                  .isEqualTo(
                      "run 8120 of acme/widgets at refs/heads/main, commit"
                          + " 0123456789abcdef0123456789abcdef01234567, by ann");
            });
  }

  @Test
  void acceptsEachPermittedAlgorithm() {
    SigningKey ec = SigningKey.ec("ec");
    SigningKey ed = SigningKey.ed25519("ed");
    ci.provider.keys.add(ec.jwk());
    ci.provider.keys.add(ed.jwk());
    Map<String, SigningKey> keys =
        Map.of(
            "RS256", WorkloadFixture.RSA, "PS256", WorkloadFixture.RSA, "ES256", ec, "EdDSA", ed);

    keys.forEach(
        (algorithm, key) ->
            assertThat(
                    verifier.verify(
                        key.signed(algorithm, ci.claims().with("jti", algorithm).claims())))
                .as(algorithm)
                .isInstanceOf(Verified.class));
  }

  @Test
  void refusesATokenWithoutSignature() {
    refuses(
        SigningKey.unsigned(Map.of("alg", "none", "kid", "rsa"), ci.claims().claims()) + ".",
        WorkloadRefusalCode.SIGNATURE,
        "expected the algorithm RS256, PS256, ES256 or EdDSA, found 'none'");
  }

  @Test
  void refusesAnHmacWithThePublicKey() throws GeneralSecurityException {
    String input = SigningKey.unsigned(Map.of("alg", "HS256", "kid", "rsa"), ci.claims().claims());
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(WorkloadFixture.RSA.pair().getPublic().getEncoded(), "HmacSHA256"));
    byte[] signature = mac.doFinal(input.getBytes(StandardCharsets.US_ASCII));

    refuses(
        input + "." + Base64.getUrlEncoder().withoutPadding().encodeToString(signature),
        WorkloadRefusalCode.SIGNATURE,
        "expected the algorithm RS256, PS256, ES256 or EdDSA, found 'HS256'");
  }

  @Test
  void usesNoKeyThatTheTokenBrings() {
    SigningKey foreign = SigningKey.rsa("rsa");
    Map<String, Object> header =
        Map.of(
            "alg", "RS256", "kid", "rsa", "jwk", foreign.jwk(), "jku", "https://evil.invalid/keys");

    refuses(
        foreign.signed(header, "RS256", ci.claims().claims()),
        WorkloadRefusalCode.SIGNATURE,
        "expected a signature by a key of the issuer, found none of key 'rsa'");
    assertThat(ci.provider.requests)
        .containsOnly("GET /.well-known/openid-configuration", "GET /keys");
  }

  @Test
  void neverUsesAKeyIdAsAPath(@TempDir Path folder) throws IOException {
    SigningKey foreign = SigningKey.ed25519("../foreign.json");
    Files.writeString(folder.resolve("foreign.json"), keySet(foreign));
    Path inner = Files.createDirectories(folder.resolve("keys"));
    Path file = Files.writeString(inner.resolve("keys.json"), keySet(SigningKey.ed25519("own")));
    WorkloadIssuer issuer =
        new WorkloadIssuer(
            "forge",
            WorkloadFixture.ADDRESS,
            WorkloadKind.GITHUB,
            WorkloadFixture.AUDIENCE,
            file,
            WorkloadIssuer.DEFAULT_AGE,
            List.of(
                new WorkloadBinding("release", WorkloadFixture.release(), WorkloadFixture.READER)));
    WorkloadTokenVerifier local =
        WorkloadTokenVerifier.of(List.of(issuer), _ -> ci.provider, ci.used, ci.clock);

    assertThat(local.verify(foreign.signed("EdDSA", ci.claims().claims())))
        .isInstanceOfSatisfying(
            Refused.class,
            refused -> assertThat(refused.code()).isEqualTo(WorkloadRefusalCode.SIGNATURE));
    assertThat(ci.provider.requests).isEmpty();
  }

  private static String keySet(SigningKey key) {
    return "{\"keys\":[" + JSONObjectUtils.toJSONString(key.jwk()) + "]}";
  }

  @Test
  void followsARotationWhileTokensAreInFlight() {
    accepts(ci.claims());
    SigningKey next = SigningKey.ec("next");
    ci.provider.keys.clear();
    ci.provider.keys.add(next.jwk());
    ci.clock.advance(Duration.ofSeconds(31));

    assertThat(verifier.verify(next.signed("ES256", ci.claims().with("jti", "2").claims())))
        .isInstanceOf(Verified.class);
    assertThat(verifier.verify(WorkloadFixture.signed(ci.claims().with("jti", "3"))))
        .isInstanceOf(Refused.class);
  }

  @Test
  void isUnavailableWhileAKeySetRedirects() {
    ci.provider.replaced.put("/keys", new ProviderResponse.Received(302, Bytes.EMPTY));

    assertThat(verifier.verify(WorkloadFixture.signed(ci.claims())))
        .isEqualTo(new Unavailable(Duration.ofSeconds(30)));
    assertThat(ci.used.until).isEmpty();
  }

  @Test
  void isUnavailableWhileAKeySetIsHuge() {
    ci.provider.replaced.put(
        "/keys",
        new ProviderResponse.Received(
            200, Bytes.utf8("{\"keys\":[" + "{},".repeat(100_000) + "{}]}")));

    assertThat(verifier.verify(WorkloadFixture.signed(ci.claims())))
        .isEqualTo(new Unavailable(Duration.ofSeconds(30)));
  }

  @Test
  void refusesATokenOfAMegabyteBeforeItIsRead() {
    refuses(
        WorkloadFixture.signed(ci.claims().with("padding", "a".repeat(1 << 20))),
        WorkloadRefusalCode.TOO_LARGE,
        "expected at most 16384 bytes, found 1");
    assertThat(ci.provider.requests).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "a.b",
        "a.b.c.d",
        "a.b.c",
        "e30.W10.c",
        "e30.bnVsbA.c",
        "bnVsbA.e30.c",
        "e30. .c"
      })
  void refusesATextThatIsNoToken(String text) {
    refuses(text, WorkloadRefusalCode.MALFORMED, "expected a JSON Web Token, found another text");
  }

  @Test
  void refusesAnIssuerThatIsNotConfigured() {
    refuses(
        ci.claims().with("iss", FakeProvider.ISSUER + "/"),
        WorkloadRefusalCode.UNKNOWN_ISSUER,
        "expected the token of a configured issuer, found 'https://id.example.org/tenant/'");
  }

  @Test
  void refusesTheAudienceOfAnotherService() {
    refuses(
        ci.claims().with("aud", "crates.io"),
        WorkloadRefusalCode.AUDIENCE,
        "expected the audience 'https://crates.example.org' alone, found 'crates.io'");
    refuses(ci.claims().without("aud"), WorkloadRefusalCode.AUDIENCE, "expected the audience");
  }

  @Test
  void acceptsAListOfAudiencesWithThisGateAlone() {
    refuses(
        ci.claims().with("aud", List.of("crates.io", WorkloadFixture.AUDIENCE)),
        WorkloadRefusalCode.AUDIENCE,
        "expected the audience 'https://crates.example.org' alone, found 2 of them");

    accepts(ci.claims().with("aud", List.of(WorkloadFixture.AUDIENCE)));
  }

  @Test
  void toleratesAMinuteBetweenTheClocks() {
    long now = ci.now().getEpochSecond();
    accepts(ci.claims().with("jti", "late").with("exp", now - 59));
    accepts(ci.claims().with("jti", "early").with("iat", now + 60).with("nbf", now + 60));
  }

  @Test
  void refusesAnExpiredToken() {
    refuses(
        ci.claims().with("exp", ci.now().getEpochSecond() - 60),
        WorkloadRefusalCode.EXPIRED,
        "expected a token that has not expired, found one that expired at 2026-11-28T11:59:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"iat", "nbf"})
  void refusesATokenOfTheFuture(String claim) {
    refuses(
        ci.claims().with(claim, ci.now().getEpochSecond() + 61),
        WorkloadRefusalCode.NOT_YET_VALID,
        "expected a token that is valid at 2026-11-28T12:00:00Z, found one that is valid from"
            + " 2026-11-28T12:01:01Z");
  }

  @Test
  void refusesATokenBeyondTheMaximumAge() {
    long issued = ci.now().minus(Duration.ofMinutes(61)).getEpochSecond();
    refuses(
        ci.claims().with("iat", issued).with("nbf", issued),
        WorkloadRefusalCode.EXPIRED,
        "expected a token of at most 1h, found one that was issued at 2026-11-28T10:59:00Z");
  }

  @ParameterizedTest
  @ValueSource(strings = {"jti", "exp", "iat"})
  void refusesATokenWithoutARequiredClaim(String claim) {
    refuses(
        ci.claims().without(claim),
        WorkloadRefusalCode.CLAIM_MISSING,
        "expected the claims jti (1 to 256 characters), exp and iat, found no usable " + claim);
  }

  @Test
  void refusesAnIdThatIsTooLong() {
    refuses(
        ci.claims().with("jti", "a".repeat(257)),
        WorkloadRefusalCode.CLAIM_MISSING,
        "expected the claims jti");
  }

  @Test
  void refusesAClaimOfAnotherType() {
    refuses(
        ci.claims().with("exp", "tomorrow"),
        WorkloadRefusalCode.MALFORMED,
        "expected 'exp' to be a number of seconds since 1970");
  }

  @Test
  void refusesATokenOfAnotherType() {
    Map<String, Object> header = Map.of("alg", "RS256", "kid", "rsa", "typ", "logout+jwt");
    refuses(
        WorkloadFixture.RSA.signed(header, "RS256", ci.claims().claims()),
        WorkloadRefusalCode.MALFORMED,
        "expected a token of the type JWT, found 'logout+jwt'");
  }

  @Test
  void acceptsATokenOnce() {
    String token = WorkloadFixture.signed(ci.claims());
    assertThat(verifier.verify(token)).isInstanceOf(Verified.class);

    assertThat(verifier.verify(token))
        .isEqualTo(
            new Refused(
                WorkloadRefusalCode.USED,
                "cannot accept the token of the CI job: expected a token that was not exchanged"
                    + " before, found a used one; request a new token"));
  }

  @Test
  void keepsAnIdUntilNoClockAcceptsTheToken() {
    long far = ci.now().plus(Duration.ofDays(30)).getEpochSecond();
    accepts(ci.claims().with("jti", "short"));
    accepts(ci.claims().with("jti", "long").with("exp", far));

    assertThat(ci.used.until)
        .containsEntry(FakeProvider.ISSUER + " short", Instant.parse("2026-11-28T12:06:00Z"))
        .containsEntry(FakeProvider.ISSUER + " long", Instant.parse("2026-11-28T13:01:00Z"));
  }

  @Test
  void acceptsOneOfManySimultaneousUses() throws InterruptedException, ExecutionException {
    String token = WorkloadFixture.signed(ci.claims());
    accepts(ci.claims().with("jti", "the keys are known now"));
    Callable<WorkloadVerification> use = () -> verifier.verify(token);

    int accepted = 0;
    try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<WorkloadVerification> each : threads.invokeAll(Collections.nCopies(16, use))) {
        accepted += each.get() instanceof Verified ? 1 : 0;
      }
    }

    assertThat(accepted).isEqualTo(1);
  }
}
