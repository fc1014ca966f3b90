package lazaret.signin.oidc;

import static lazaret.signin.oidc.OidcFixture.ABSENT;
import static lazaret.signin.oidc.OidcFixture.refuses;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class IdentityReaderTest {
  private final OidcFixture fixture = new OidcFixture();

  @Test
  void readsTheIdentityForDisplay() {
    fixture.claims(Map.of("name", "Ada\u202e\n", "email_verified", false));
    SignedInIdentity identity = fixture.signedIn();
    assertThat(identity.displayName()).isEqualTo("Ada?");
    assertThat(identity.email()).isNull();

    fixture.claims(Map.of("name", " ", "preferred_username", "ada", "sid", ABSENT));
    identity = fixture.signedIn();
    assertThat(identity.displayName()).isEqualTo("ada");
    assertThat(identity.sid()).isNull();

    fixture.claims(Map.of("name", "x".repeat(10_000), "email", "a\0"));
    identity = fixture.signedIn();
    assertThat(identity.displayName()).hasSize(122);
    assertThat(identity.email()).isNull();
    assertThat(Arrays.asList(identity.issuer(), identity.subject()))
        .containsExactly("https://id.example.org/tenant", "1234");
  }

  @Test
  void refusesAPersonWithoutAName() {
    fixture.claims(Map.of("preferred_username", ABSENT));
    refuses(
        fixture.signIn(),
        SignInRefusalCode.NAME_REFUSED,
        "expected the name in the claim 'preferred_username' of the ID token or userinfo, found"
            + " none");
    fixture.claims(Map.of("preferred_username", "ada\u202e"));
    refuses(
        fixture.signIn(),
        SignInRefusalCode.TOKEN_REFUSED,
        "expected 'preferred_username' to be 1 to 255 printable characters");
  }

  @Test
  void refusesAnUnverifiedAddressAsTheName() {
    OidcSettings all = OidcFixture.settings();
    fixture.client =
        fixture.client(
            new OidcSettings(
                all.issuer(),
                all.clientId(),
                null,
                new OidcSettings.Claims("email", null),
                all.scopes(),
                all.publicUrl()));
    assertThat(fixture.signedIn().name()).isEqualTo("ada@example.org");

    fixture.claims(Map.of("email_verified", false));
    refuses(
        fixture.signIn(),
        SignInRefusalCode.NAME_REFUSED,
        "expected the name in the claim 'email' of the ID token or userinfo, found an unverified"
            + " address");
  }

  @Test
  void readsTheNameFromUserinfoIfTheTokenLacksIt() {
    fixture.claims(
        Map.of("preferred_username", ABSENT, "name", ABSENT, "email", ABSENT, "groups", "sec"));
    fixture.provider.userInfo.putAll(
        Map.of(
            "preferred_username", "ada",
            "name", "Ada Userinfo",
            "email", "ada@userinfo.example",
            "groups", "admin",
            "sid", "other",
            "iss", "https://evil.example"));

    SignedInIdentity identity = fixture.signedIn();
    assertThat(identity.name()).isEqualTo("ada");
    assertThat(identity.displayName()).isEqualTo("Ada Userinfo");
    assertThat(identity.email()).isEqualTo("ada@userinfo.example");
    // Claims of the signed token have precedence.
    assertThat(identity.groups()).containsExactly("sec");
    assertThat(identity.sid()).isEqualTo("session-1");
    assertThat(identity.issuer()).isEqualTo("https://id.example.org/tenant");
  }

  @Test
  void takesTheVerificationFromTheSourceOfTheAddress() {
    fixture.claims(Map.of("email", ABSENT, "email_verified", true));
    fixture.provider.userInfo.putAll(
        Map.of("email", "root@example.org", "email_verified", false, "groups", "sec"));
    assertThat(fixture.signedIn().email()).isNull();

    fixture.claims(Map.of("email", "ada@example.org", "email_verified", false));
    fixture.provider.userInfo.put("email_verified", true);
    assertThat(fixture.signedIn().email()).isNull();
  }
}
