package lazaret.signin.oidc;

import static lazaret.signin.oidc.OidcFixture.ABSENT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import lazaret.signin.FakeProvider;
import lazaret.signin.ProviderResponse;
import lazaret.signin.SigningKey;
import org.junit.jupiter.api.Test;

class LogoutTokenVerifierTest {
  private static final String EVENT = "http://schemas.openid.net/event/backchannel-logout";
  private static final String FAULT =
      "the claims of a token of 'https://id.example.org/tenant' for 'lazaret', found the fault '";

  private final OidcFixture fixture = new OidcFixture();
  private final long now = fixture.clock.instant().getEpochSecond();
  private final Set<String> used = new HashSet<>();
  private final List<LogoutResult.Ending> ended = new ArrayList<>();
  private final LogoutTokenVerifier verifier =
      fixture.client.logoutTokens(
          new LogoutTokenIds() {
            @Override
            public boolean isUsed(String issuer, String jti) {
              assertThat(issuer).isEqualTo(FakeProvider.ISSUER);
              return used.contains(jti);
            }

            @Override
            public boolean use(String issuer, String jti, Instant until) {
              assertThat(issuer).isEqualTo(FakeProvider.ISSUER);
              assertThat(until).isEqualTo(Instant.ofEpochSecond(now + 180));
              return used.add(jti);
            }
          });

  private LogoutResult verify(String token) {
    return verifier.verify(token, ended::add);
  }

  private String token(String type, Map<String, ?> changed) {
    Map<String, Object> claims = new HashMap<>();
    claims.put("iss", FakeProvider.ISSUER);
    claims.put("aud", "lazaret");
    claims.put("iat", now);
    claims.put("exp", now + 120);
    claims.put("jti", "id-1");
    claims.put("sub", "1234");
    claims.put("sid", "session-1");
    claims.put("events", Map.of(EVENT, Map.of()));
    claims.putAll(changed);
    claims.values().removeIf(ABSENT::equals);
    return fixture.provider.signer.signed(
        Map.of("alg", "RS256", "kid", "rsa-1", "typ", type), "RS256", claims);
  }

  private void refuses(String token, String detail) {
    assertThat(verify(token))
        .isInstanceOfSatisfying(
            LogoutResult.Refused.class,
            refused ->
                assertThat(refused.detail())
                    .startsWith("cannot accept the logout token: expected " + detail));
    assertThat(used).isEmpty();
    assertThat(ended).isEmpty();
  }

  private void refusesClaims(Map<String, ?> changed, String detail) {
    refuses(token("logout+jwt", changed), detail);
  }

  @Test
  void namesTheSessionsToEnd() {
    assertThat(verify(token("logout+jwt", Map.of())))
        .isEqualTo(new LogoutResult.Ending(FakeProvider.ISSUER, "1234", "session-1"));
    assertThat(verify(token("JWT", Map.of("jti", "id-2", "sid", ABSENT))))
        .isEqualTo(new LogoutResult.Ending(FakeProvider.ISSUER, "1234", null));
    assertThat(verify(token("logout+jwt", Map.of("jti", "id-3", "sub", ABSENT))))
        .isEqualTo(new LogoutResult.Ending(FakeProvider.ISSUER, null, "session-1"));
  }

  @Test
  void refusesAReplay() {
    String token = token("logout+jwt", Map.of());
    assertThat(verify(token)).isInstanceOf(LogoutResult.Ending.class);

    assertThat(verify(token))
        .isInstanceOfSatisfying(
            LogoutResult.Refused.class,
            refused ->
                assertThat(refused.detail())
                    .contains("expected 'jti' to be an id that was not used before, found 'id-1'"));
    assertThat(ended).hasSize(1);
  }

  @Test
  void tokenIsNotUsedUpIfTheSessionsCannotEnd() {
    String token = token("logout+jwt", Map.of());
    assertThatThrownBy(
            () ->
                verifier.verify(
                    token,
                    _ -> {
                      throw new IllegalStateException("disk full");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(used).isEmpty();

    assertThat(verify(token)).isInstanceOf(LogoutResult.Ending.class);
    assertThat(used).containsExactly("id-1");
  }

  @Test
  void refusesAnIdToken() {
    refusesClaims(Map.of("nonce", "n"), FAULT + "JWT has prohibited claims: [nonce]'");
    refusesClaims(
        Collections.singletonMap("nonce", null), FAULT + "JWT has prohibited claims: [nonce]'");
    refusesClaims(Map.of("events", ABSENT), FAULT + "JWT missing required claims: [events]'");
    refuses(token("at+jwt", Map.of()), "'typ' to be one of ");
  }

  @Test
  void refusesOtherEvents() {
    for (Map<String, ?> events :
        List.of(
            Map.<String, Object>of(), Map.of("http://schemas.openid.net/event/other", Map.of()))) {
      refusesClaims(Map.of("events", events), FAULT + "Missing event type, required " + EVENT);
    }
    for (Object events :
        List.of(Map.of(EVENT, true), Map.of(EVENT, ""), List.of(EVENT), EVENT, true)) {
      refusesClaims(Map.of("events", events), FAULT + "Invalid JWT events (events) claim'");
    }
    refusesClaims(Collections.singletonMap("events", null), FAULT);
  }

  @Test
  void refusesOtherPartiesAndTimes() {
    refusesClaims(Map.of("iss", "https://evil.example"), FAULT + "JWT iss claim value rejected'");
    refusesClaims(Map.of("aud", "other"), FAULT + "JWT aud claim rejected'");
    refusesClaims(Map.of("aud", List.of("lazaret", "other")), "'azp' to be 'lazaret', found none");
    refusesClaims(Map.of("exp", now - 60), FAULT + "Expired JWT'");
    refusesClaims(Map.of("exp", ABSENT), "'exp' to be a time, found none");
    refusesClaims(Map.of("iat", now + 61), "'iat' to be at most 60 s after");
    refusesClaims(Map.of("exp", now + 86_401), "'exp' to be at most 24 h after 'iat'");
  }

  @Test
  void needsASessionOrAPersonAndAnId() {
    refusesClaims(
        Map.of("sub", ABSENT, "sid", ABSENT),
        FAULT + "Missing subject (sub) and / or session ID (sid) claim(s)'");
    refusesClaims(Map.of("jti", ABSENT), FAULT + "JWT missing required claims: [jti]'");
    refusesClaims(
        Collections.singletonMap("jti", null), "'jti' to be the id of the token, found none");
    refusesClaims(Map.of("jti", "x".repeat(256)), "'jti' to be 1 to 255 printable characters");
  }

  @Test
  void refusesForeignSignatures() {
    fixture.provider.signer = SigningKey.rsa("rsa-1");
    refuses(token("logout+jwt", Map.of()), "a signature by a key of the issuer");
    refuses("x".repeat(100_000), "at most 65536 characters, found 100000");
  }

  @Test
  void reportsAProviderThatDoesNotAnswer() {
    fixture.provider.replaced.put("/keys", new ProviderResponse.Failed("no connection"));

    assertThat(verify(token("logout+jwt", Map.of())))
        .isInstanceOfSatisfying(
            LogoutResult.Unavailable.class,
            result -> assertThat(result.detail()).contains("found no connection"));
  }
}
