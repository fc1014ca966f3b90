package lazaret.mirror.signin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lazaret.mirror.config.ConfigException;
import lazaret.mirror.config.MirrorConfig;
import lazaret.mirror.outbound.UpstreamOptions;
import lazaret.signin.IssuerAddress;
import lazaret.signin.oidc.BeginResult;
import lazaret.signin.oidc.OidcSettings;
import lazaret.signin.oidc.ReturnPath;
import lazaret.testkit.ManualClock;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProviderConnectionTest {
  @TempDir Path folder;

  private static ProviderConnection open(@Nullable Path secret, @Nullable Path ca) {
    return ProviderConnection.open(
        new MirrorConfig.SignIn(
            IssuerAddress.parse("http://127.0.0.1:1/tenant"),
            "lazaret",
            secret,
            new OidcSettings.Claims("preferred_username", "groups"),
            List.of("openid"),
            List.of(),
            ca,
            List.of()),
        URI.create("https://crates.example.org"),
        new ProviderConnection.Surroundings(
            UpstreamOptions.DEFAULTS, ManualClock.at("2026-11-28T12:00:00Z"), null));
  }

  @Test
  void opensWithoutARequest() throws IOException {
    Path secret = Files.writeString(folder.resolve("secret"), "s3cret\n");

    try (ProviderConnection connection = open(secret, null)) {
      assertThat(connection.client().begin(ReturnPath.parse("/desk/")))
          .isInstanceOfSatisfying(
              BeginResult.Unavailable.class,
              start ->
                  assertThat(start.detail())
                      .startsWith(
                          "cannot fetch the discovery document of http://127.0.0.1:1/tenant:"
                              + " expected status 200, found 127.0.0.1:1 cannot be reached"));
    }
  }

  @Test
  void refusesAFileWithoutASecret() throws IOException {
    Path file = folder.resolve("secret");
    for (String text : List.of("", "\n", "one\ntwo", "x".repeat(4_097), "s\u00e9cret")) {
      Files.writeString(file, text);
      assertThatThrownBy(() -> open(file, null))
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              file
                  + ":1:1: 'sign-in.client-secret-file' must hold one line with the secret of the"
                  + " client: 1 to 4096 printable ASCII characters");
    }
    assertThatThrownBy(() -> open(folder.resolve("missing"), null))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'sign-in.client-secret-file' must hold one line");
  }

  @Test
  void refusesAFileWithoutAuthorities() throws IOException {
    Path ca = Files.writeString(folder.resolve("ca.pem"), "no certificate");

    assertThatThrownBy(() -> open(null, ca))
        .hasMessageContaining("cannot read certificates from " + ca);
  }
}
