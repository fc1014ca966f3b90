package lazaret.mirror.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import lazaret.signin.oidc.OidcSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SignInConfigTest {
  private static final String GOOD =
      """
      public-url = "https://crates.example.org"
      [sign-in]
      issuer = "https://id.example.org/tenant"
      client-id = "lazaret"
      [[sign-in.role]]
      group = "Security, Europe"
      role = "admin"
      [[sign-in.role]]
      group = "compression"
      role = "reviewer"
      crates = ["zstd-*", "flate2"]
      """;

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>(Map.of("HOME", "/home/ann"));

  private MirrorConfig.SignIn read(String toml) throws IOException {
    Path file = Files.writeString(folder.resolve("mirror.toml"), toml);
    MirrorConfig.SignIn signIn =
        MirrorConfig.read(List.of("--config", file.toString()), environment)
            .server()
            .access()
            .signIn();
    assertThat(signIn).isNotNull();
    return signIn;
  }

  private void refuses(String toml, String... mistakes) throws IOException {
    try {
      read(toml);
    } catch (ConfigException e) {
      assertThat(
              e.mistakes().stream()
                  .map(mistake -> mistake.toString().replace(folder + "/mirror.toml:", "")))
          .containsExactlyInAnyOrder(mistakes);
      return;
    }
    throw new AssertionError("no mistake was found");
  }

  @Test
  void readsProviderAndRoles() throws IOException {
    MirrorConfig.SignIn signIn = read(GOOD);

    assertThat(signIn.issuer()).hasToString("https://id.example.org/tenant");
    assertThat(signIn.clientId()).isEqualTo("lazaret");
    assertThat(signIn.secretFile()).isNull();
    assertThat(signIn.claims()).isEqualTo(new OidcSettings.Claims("preferred_username", "groups"));
    assertThat(signIn.scopes()).containsExactly("openid", "profile", "email");
    assertThat(signIn.privateHosts()).isEmpty();
    assertThat(signIn.roles())
        .containsExactly(
            new SignInRole("Security, Europe", "admin", List.of()),
            new SignInRole("compression", "reviewer", List.of("zstd-*", "flate2")));
  }

  @Test
  void isAbsentByDefault() throws IOException {
    Path file = Files.writeString(folder.resolve("mirror.toml"), "");

    assertThat(
            MirrorConfig.read(List.of("--config", file.toString()), environment)
                .server()
                .access()
                .signIn())
        .isNull();
  }

  @Test
  void takesRolesFromTheEnvironment() throws IOException {
    environment.put("LAZARET_SIGN_IN_ROLE", "{\"role\":[{\"group\":\"root\",\"role\":\"admin\"}]}");

    assertThat(read(GOOD).roles()).containsExactly(new SignInRole("root", "admin", List.of()));
  }

  @Test
  void refusesAMappingWithoutAnAdmin() throws IOException {
    String text =
        "'sign-in.role' must give a group the role admin for all crates: else the gate has no"
            + " administrator who signs in";
    refuses(GOOD.replace("\"admin\"", "\"auditor\""), "5:1: " + text);
    refuses(
        GOOD.replace("role = \"admin\"", "role = \"admin\"\ncrates = [\"serde\"]"), "5:1: " + text);
    refuses(GOOD.substring(0, GOOD.indexOf("[[")), "3:1: " + text);
  }

  @Test
  void refusesMalformedRoles() throws IOException {
    String form =
        "'sign-in.role' must be tables under [[sign-in.role]], each with the strings group and"
            + " role, and if wanted the list crates";
    refuses(
        GOOD.replace("group = \"compression\"", "groups = \"compression\""),
        "5:1: " + form,
        "3:1: 'sign-in.role' must give a group the role admin for all crates: else the gate has no"
            + " administrator who signs in");
  }

  @Test
  void numbersTheTableWithAMistake() throws IOException {
    for (String role : List.of("Reviewer", "", "re viewer", "-")) {
      Path file =
          Files.writeString(
              folder.resolve("mirror.toml"), GOOD.replace("\"reviewer\"", "\"" + role + "\""));
      assertThat(mistake(file))
          .contains(
              "expected a role in small letters, like reviewer in table 2 of [[sign-in.role]]");
    }
    Path file =
        Files.writeString(
            folder.resolve("mirror.toml"), GOOD.replace("\"zstd-*\"", "\"" + " ".repeat(3) + "\""));
    assertThat(mistake(file)).contains("expected at most 100 patterns of crates", "in table 2");
  }

  private String mistake(Path file) {
    try {
      MirrorConfig.read(List.of("--config", file.toString()), environment);
    } catch (ConfigException e) {
      return String.valueOf(e.getMessage());
    }
    throw new AssertionError("no mistake was found");
  }

  @Test
  void needsTheOtherKeys() throws IOException {
    refuses(
        GOOD.replace("client-id", "#").replace("public-url", "#"),
        "3:1: 'sign-in.issuer' needs 'sign-in.client-id' as well",
        "3:1: 'sign-in.issuer' needs 'public-url' as well: the provider sends browsers back to it");
    refuses(
        "[sign-in]\nclient-id = \"lazaret\"\n",
        "2:1: 'sign-in.client-id' needs 'sign-in.issuer' as well");
  }

  @Test
  void needsTlsOrLoopback() throws IOException {
    refuses(
        GOOD.replace("https://crates", "http://crates"),
        "3:1: cannot sign in at 'public-url': expected https, or http on a loopback host, found"
            + " 'http://crates.example.org'; set 'public-url' to the https address of this server");
    refuses(
        GOOD.replace("https://id", "http://id"),
        "3:1: 'sign-in.issuer' is 'http://id.example.org/tenant': expected an https address without"
            + " query, or http on a loopback host",
        "4:1: 'sign-in.client-id' needs 'sign-in.issuer' as well",
        "5:1: 'sign-in.role' needs 'sign-in.issuer' as well");
  }

  @Test
  void needsTheScopeOpenid() throws IOException {
    refuses(
        GOOD.replace("client-id", "scopes = [\"email\"]\nclient-id"),
        "3:1: cannot use 'sign-in.scopes': expected at most 32 scopes without spaces, 'openid'"
            + " among them, found 'email'; correct the configuration");
  }
}
