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
        "expected the name in the claim 'preferred_username' of the ID token, found none");
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
        "expected the name in the claim 'email' of the ID token, found an unverified address");
  }
}
