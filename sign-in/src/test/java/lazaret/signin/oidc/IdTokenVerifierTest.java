package lazaret.signin.oidc;

import static lazaret.signin.oidc.OidcFixture.ABSENT;
import static lazaret.signin.oidc.OidcFixture.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import lazaret.signin.SigningKey;
import org.junit.jupiter.api.Test;

class IdTokenVerifierTest {
  private static final String FAULT =
      "the claims of a token of 'https://id.example.org/tenant' for 'lazaret', found the fault '";

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
        Map.of("iss", "https://id.example.org/tenant2"), FAULT + "JWT iss claim value rejected'");
    refusesClaims(Map.of("iss", ABSENT), FAULT + "JWT missing required claims: [iss]'");
    refusesClaims(
        Map.of("iss", List.of("https://id.example.org/tenant")), FAULT + "Unexpected type");
  }

  @Test
  void refusesAnotherAudience() {
    refusesClaims(Map.of("aud", "other"), FAULT + "JWT aud claim rejected'");
    refusesClaims(Map.of("aud", ABSENT), FAULT + "JWT missing required aud claim'");
    refusesClaims(Map.of("aud", List.of(7)), FAULT);
    refusesClaims(Map.of("aud", List.of("lazaret", 7)), FAULT);
    refusesClaims(Map.of("aud", Map.of("lazaret", 1)), FAULT + "Illegal aud claim'");
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
    refusesClaims(Map.of("exp", now - 60), FAULT + "Expired JWT'");
    acceptsClaims(Map.of("iat", now + 60));
    refusesClaims(Map.of("iat", now + 61), "'iat' to be at most 60 s after");
    acceptsClaims(Map.of("nbf", now + 59));
    refusesClaims(Map.of("nbf", now + 60), FAULT + "JWT before use time'");
  }

  @Test
  void needsTimes() {
    for (String claim : List.of("exp", "iat")) {
      refusesClaims(Map.of(claim, ABSENT), "'" + claim + "' to be a time, found none");
      // The library alone accepts null as a time, and then checks none.
      refusesClaims(
          Collections.singletonMap(claim, null), "'" + claim + "' to be a time, found none");
    }
    for (Object time : List.of("1800000000", -1L, Long.MAX_VALUE, 1e300, true)) {
      for (String claim : List.of("exp", "iat", "nbf")) {
        refusesClaims(Map.of(claim, time), "'" + claim + "' to be a number of seconds since 1970");
      }
    }
  }

  @Test
  void refusesAnotherNonceWithoutShowingIt() {
    refusesClaims(
        Map.of("nonce", "of-another-sign-in"), FAULT + "JWT nonce claim value rejected'; compare");
    refusesClaims(Map.of("nonce", ABSENT), FAULT + "JWT missing required claims: [nonce]'");
    refusesClaims(
        Collections.singletonMap("nonce", null), FAULT + "JWT nonce claim value rejected'");
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
        "found the fault 'JWT nonce claim value rejected'");
  }

  @Test
  void checksTheHashOfTheAccessToken() {
    refusesClaims(
        Map.of("at_hash", "AAAAAAAAAAAAAAAAAAAAAA"),
        "'at_hash' to be the digest of the access token, found 'another'");
    acceptsClaims(Map.of("at_hash", hash("SHA-256")));
  }

  @Test
  void computesTheHashByTheAlgorithmOfTheToken() {
    fixture.provider.signer = SigningKey.ed25519("ed-1");
    fixture.provider.algorithm = "EdDSA";
    fixture.provider.keys.add(fixture.provider.signer.jwk());

    acceptsClaims(Map.of("at_hash", hash("SHA-512")));
    refusesClaims(Map.of("at_hash", hash("SHA-256")), "'at_hash' to be the digest of the access");
  }

  /// Returns the `at_hash` of the access token of the provider.
  private static String hash(String digest) {
    try {
      byte[] all =
          MessageDigest.getInstance(digest).digest("access".getBytes(StandardCharsets.US_ASCII));
      return Base64.getUrlEncoder()
          .withoutPadding()
          .encodeToString(Arrays.copyOf(all, all.length / 2));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  @Test
  void refusesSubjectsThatAreNoIds() {
    refusesClaims(Map.of("sub", ABSENT), FAULT + "JWT missing required claims: [sub]'");
    refusesClaims(
        Collections.singletonMap("sub", null), "'sub' to be the id of a person, found none");
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
