package lazaret.cli.cargo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PrivateRegistryAddressesTest {
  private static final String INDEX = "sparse+https://crates.example/private/index/";

  @TempDir Path home;

  private Path project() throws IOException {
    Path project = home.resolve("project");
    Files.createDirectories(project.resolve(".cargo"));
    Files.createDirectories(home.resolve(".cargo"));
    return project;
  }

  private Map<String, String> found(Path project, Map<String, String> environment) {
    return PrivateRegistryAddresses.of(project, environment, home);
  }

  @Test
  void registriesOfTheProjectAndOfTheUserAreFound() throws IOException {
    Path project = project();
    Files.writeString(
        project.resolve(".cargo/config.toml"),
        "[registries.acme]\nindex = \"%s\"\n".formatted(INDEX));
    Files.writeString(
        home.resolve(".cargo/config.toml"),
        """
        [registries]
        other = { index = "sparse+https://crates.example/index/" }
        inner = { index = "sparse+http://127.0.0.1:7080/private/index/" }
        """);

    assertThat(found(project, Map.of()))
        .containsExactly(
            Map.entry("acme", INDEX),
            Map.entry("inner", "sparse+http://127.0.0.1:7080/private/index/"));
  }

  @Test
  void aVariableAddsARegistryOrReplacesItsAddress() throws IOException {
    Path project = project();
    Files.writeString(
        project.resolve(".cargo/config.toml"),
        "[registries.my_acme]\nindex = \"%s\"\n".formatted(INDEX));
    String other = "sparse+https://new.example/private/index/";

    assertThat(found(project, Map.of("CARGO_REGISTRIES_MY_ACME_INDEX", other)))
        .containsExactly(Map.entry("my_acme", other));
    assertThat(found(project, Map.of("CARGO_REGISTRIES_TEAM_TWO_INDEX", other)))
        .containsExactly(Map.entry("my_acme", INDEX), Map.entry("team-two", other));
    assertThat(found(project, Map.of("CARGO_REGISTRIES__INDEX", other))).hasSize(1);
  }

  /// Names and addresses become settings of another cargo.
  @Test
  void namesAndAddressesThatWouldBeOtherSettingsAreLeftOut() throws IOException {
    Path project = project();
    Files.writeString(
        project.resolve(".cargo/config.toml"),
        """
        [registries."a = 1"]
        index = "%s"
        [registries.b]
        index = "sparse+https://x/\\"private/index/"
        [registries.c]
        index = "sparse+https://x y/private/index/"
        """
            .formatted(INDEX));

    assertThat(found(project, Map.of())).isEmpty();
  }
}
