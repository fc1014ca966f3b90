package lazaret.signin.oidc;

import static lazaret.signin.oidc.OidcFixture.ABSENT;
import static lazaret.signin.oidc.OidcFixture.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import lazaret.signin.SigningKey;
import org.junit.jupiter.api.Test;

class IdTokenVerifierTest {
  private final OidcFixture fixture = new OidcFixture();
  private final long now = fixture.clock.instant().getEpochSecond();

  private void refusesClaims(Map<String, ?> claims, String detail) {
    fixture.claims(claims);
    refuses(
        fixture.signIn(),
        SignInRefusalCode.TOKEN_REFUSED,
        "cannot accept the ID token: expected " + detail);
  }

  private void acceptsClaims(Map<String, ?> claims) {
    fixture.claims(claims);
    assertThat(fixture.signedIn().subject()).isEqualTo("1234");
  }

  @Test
  void refusesAnotherIssuer() {
    refusesClaims(
        Map.of("iss", "https://id.example.org/tenant2"),
        "'iss' to be 'https://id.example.org/tenant', found 'https://id.example.org/tenant2'");
    refusesClaims(Map.of("iss", ABSENT), "'iss' to be 'https://id.example.org/tenant', found none");
    refusesClaims(Map.of("iss", List.of("https://id.example.org/tenant")), "'iss' to be a string");
  }

  @Test
  void refusesAnotherAudience() {
    refusesClaims(Map.of("aud", "other"), "'aud' to be 'lazaret', found '[other]'");
    refusesClaims(Map.of("aud", ABSENT), "'aud' to be 'lazaret', found '[]'");
    refusesClaims(Map.of("aud", List.of(7)), "'aud' to be a list of strings, found '7'");
    refusesClaims(Map.of("aud", Map.of("lazaret", 1)), "'aud' to be a string or a list of strings");
  }

  @Test
  void needsAnAuthorizedPartyForSeveralAudiences() {
    List<String> two = List.of("lazaret", "other");
    refusesClaims(Map.of("aud", two), "'azp' to be 'lazaret', found none");
    refusesClaims(Map.of("aud", two, "azp", "other"), "'azp' to be 'lazaret', found 'other'");
    refusesClaims(Map.of("azp", "other"), "'azp' to be 'lazaret', found 'other'");
    acceptsClaims(Map.of("aud", two, "azp", "lazaret"));
    acceptsClaims(Map.of("aud", List.of("lazaret")));
  }

  @Test
  void toleratesClocksThatDifferByAMinute() {
    acceptsClaims(Map.of("exp", now - 59));
    refusesClaims(Map.of("exp", now - 60), "'exp' to be after 2026-11-28T12:00:00Z");
    acceptsClaims(Map.of("iat", now + 60));
    refusesClaims(Map.of("iat", now + 61), "'iat' to be at most 60 s after");
    acceptsClaims(Map.of("nbf", now + 60));
    refusesClaims(Map.of("nbf", now + 61), "'nbf' to be at most 60 s after");
  }

  @Test
  void needsTimes() {
    refusesClaims(Map.of("exp", ABSENT), "'exp' to be a time in the future, found none");
    refusesClaims(Map.of("iat", ABSENT), "'iat' to be a time in the past, found none");
    for (Object time : List.of("1800000000", -1L, Long.MAX_VALUE, 1e300, true)) {
      refusesClaims(Map.of("exp", time), "'exp' to be a number of seconds since 1970");
    }
  }

  @Test
  void refusesAnotherNonceWithoutShowingIt() {
    refusesClaims(
        Map.of("nonce", "of-another-sign-in"),
        "'nonce' to be the one of this sign-in, found 'another'");
    refusesClaims(Map.of("nonce", ABSENT), "'nonce' to be the one of this sign-in, found none");
  }

  @Test
  void refusesATokenOfAnotherBrowser() {
    String[] stolen = new String[1];
    fixture.tokens(token -> stolen[0] = token);
    fixture.signedIn();
    fixture.tokens(_ -> stolen[0]);

    refuses(
        fixture.signIn(),
        SignInRefusalCode.TOKEN_REFUSED,
        "expected 'nonce' to be the one of this sign-in, found 'another'");
  }

  @Test
  void checksTheHashOfTheAccessToken() {
    refusesClaims(
        Map.of("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
        "'at_hash' to be the digest of the access token, found 'another'");
    acceptsClaims(Map.of("at_hash", AccessTokenHash.of("access", "RS256")));
  }

  @Test
  void computesTheHashOfTheSpecification() {
    // OpenID Connect Core 1.0 appendix A.3: the access token and the at_hash of its ID token.
    assertThat(AccessTokenHash.of("jHkWEdUXMU1BwAsC4vtUsZwnNvTIxEl0z9K3vx5KF0Y", "RS256"))
        .isEqualTo("77QmUPtjPfzWtF2AnpK9RQ");
    assertThat(AccessTokenHash.of("access", "EdDSA")).hasSize(43);
  }

  @Test
  void refusesSubjectsThatAreNoIds() {
    refusesClaims(Map.of("sub", ABSENT), "'sub' to be the id of a person, found none");
    for (Object subject : List.of("", "x".repeat(256), "ada\nadmin", "ada\u202e")) {
      refusesClaims(Map.of("sub", subject), "'sub' to be 1 to 255 printable characters");
    }
    refusesClaims(Map.of("sub", 1234), "'sub' to be a string, found '1234'");
    refusesClaims(Map.of("sid", "x\0"), "'sid' to be 1 to 255 printable characters");
  }

  @Test
  void refusesTokensOfOtherTypes() {
    for (String type : List.of("logout+jwt", "at+jwt", "JOSE")) {
      fixture.tokens(
          token ->
              fixture.provider.signer.signed(
                  Map.of("alg", "RS256", "kid", "rsa-1", "typ", type), "RS256", Map.of()));
      refuses(
          fixture.signIn(),
          SignInRefusalCode.TOKEN_REFUSED,
          "expected 'typ' to be one of [jwt], found '" + type + "'");
    }
  }

  @Test
  void refusesATokenWithoutOrWithAForeignSignature() {
    fixture.tokens(token -> token.substring(0, token.lastIndexOf('.') + 1));
    refuses(fixture.signIn(), SignInRefusalCode.TOKEN_REFUSED, "expected a signature, found none");

    fixture.provider.signer = SigningKey.rsa("rsa-1");
    fixture.tokens(token -> token);
    refuses(
        fixture.signIn(),
        SignInRefusalCode.TOKEN_REFUSED,
        "expected a signature by a key of the issuer, found none of key 'rsa-1'");
  }

  @Test
  void refusesAnOversizedToken() {
    refusesClaims(Map.of("groups", "x".repeat(70_000)), "at most 65536 characters, found 9");
  }
}
