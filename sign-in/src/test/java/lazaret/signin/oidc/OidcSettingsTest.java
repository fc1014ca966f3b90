package lazaret.signin.oidc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.List;
import lazaret.signin.IssuerAddress;
import lazaret.vetting.MalformedException;
import lazaret.vetting.Secret;
import org.junit.jupiter.api.Test;

class OidcSettingsTest {
  private static final IssuerAddress ISSUER = IssuerAddress.parse("https://id.example.org");
  private static final OidcSettings.Claims CLAIMS = new OidcSettings.Claims("email", null);
  private static final URI PUBLIC = URI.create("https://crates.example.org");

  private static void refuses(Runnable settings, String message) {
    assertThatThrownBy(settings::run)
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(message);
  }

  @Test
  void derivesAddresses() {
    OidcSettings settings =
        new OidcSettings(ISSUER, "lazaret", null, CLAIMS, List.of("openid"), PUBLIC);

    assertThat(settings.redirectAddress())
        .hasToString("https://crates.example.org/desk/sign-in/return");
    assertThat(settings.signedOutAddress()).hasToString("https://crates.example.org/desk/sign-in");
  }

  @Test
  void refusesClientsThatAreNoIds() {
    for (String id : List.of("", "x".repeat(256), "la\nzaret", "lazarét")) {
      refuses(
          () -> new OidcSettings(ISSUER, id, null, CLAIMS, List.of("openid"), PUBLIC),
          "cannot use 'sign-in.client-id': expected 1 to 255 printable ASCII characters");
    }
  }

  @Test
  void refusesSecretsWithoutShowingThem() {
    for (String secret : List.of("", "s3cret\n", "s3 cret", "s3cret".repeat(1_000))) {
      assertThatThrownBy(
              () ->
                  new OidcSettings(
                      ISSUER, "a", new Secret(secret), CLAIMS, List.of("openid"), PUBLIC))
          .isInstanceOf(MalformedException.class)
          .hasMessageContaining("cannot use the secret of 'sign-in.client-secret-file'")
          .hasMessageNotContaining("s3");
    }
  }

  @Test
  void refusesScopesWithoutOpenid() {
    for (List<String> scopes :
        List.of(
            List.<String>of(), List.of("email"), List.of("openid", "a b"), List.of("openid", ""))) {
      refuses(
          () -> new OidcSettings(ISSUER, "a", null, CLAIMS, scopes, PUBLIC),
          "cannot use 'sign-in.scopes': expected at most 32 scopes without spaces, 'openid'");
    }
  }

  @Test
  void refusesClaimsWithoutAName() {
    refuses(
        () -> new OidcSettings.Claims("", "groups"),
        "cannot use 'sign-in.name-claim': expected the name of a claim of 1 to 255");
    refuses(
        () -> new OidcSettings.Claims("email", ""),
        "cannot use 'sign-in.groups-claim': expected the name of a claim of 1 to 255");
  }

  @Test
  void needsTlsOrLoopback() {
    for (String url :
        List.of("http://crates.example.org", "https://crates.example.org/path", "crates")) {
      refuses(
          () -> new OidcSettings(ISSUER, "a", null, CLAIMS, List.of("openid"), URI.create(url)),
          "cannot sign in at 'public-url': expected https, or http on a loopback host, found '"
              + url);
    }
    URI local = URI.create("http://127.0.0.1:7080");
    assertThat(
            new OidcSettings(ISSUER, "a", null, CLAIMS, List.of("openid"), local).redirectAddress())
        .hasToString("http://127.0.0.1:7080/desk/sign-in/return");
  }
}
