package lazaret.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import lazaret.cli.desk.CliException;
import lazaret.mirror.config.MirrorConfig;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunSettingsTest {
  @TempDir Path folder;

  private static RunSettings of(@Nullable Path policy, String feeds) {
    return new RunSettings(policy, feeds, RunUpstream.PUBLIC);
  }

  @Test
  void theUsualSettingsHaveNoKey() {
    assertThat(of(null, RunSettings.DEFAULT).key()).isEmpty();
    assertThat(of(null, RunSettings.NONE).key()).isPresent();
    assertThat(of(Path.of("/a/policy.toml"), RunSettings.DEFAULT).key())
        .isPresent()
        .isNotEqualTo(of(Path.of("/b/policy.toml"), RunSettings.DEFAULT).key());
  }

  /// The store has the crates of its source, however they arrived.
  @Test
  void aTokenAndAuthoritiesNeedNoOtherStore() {
    Path file = folder.resolve("file");
    RunUpstream plain = RunUpstream.at("sparse+https://m.example/");
    RunUpstream guarded = new RunUpstream(plain.place(), file, file);

    assertThat(new RunSettings(null, RunSettings.DEFAULT, guarded).key())
        .isEqualTo(new RunSettings(null, RunSettings.DEFAULT, plain).key());
  }

  /// A new ban must count at the next run.
  @Test
  void aChangedListChangesTheContent() throws IOException {
    Path list = Files.writeString(folder.resolve("ban.toml"), "");
    RunSettings settings = of(null, list.toString());
    String before = settings.content();

    Files.writeString(list, "# another");

    assertThat(settings.content()).isNotEqualTo(before);
  }

  /// Files of configuration are often links.
  @Test
  void aPolicyMayBeALink() throws IOException {
    Path file = Files.writeString(folder.resolve("policy.toml"), "");
    Path link = Files.createSymbolicLink(folder.resolve("link.toml"), file);
    RunSettings settings = of(link, RunSettings.DEFAULT);
    settings.check();
    String before = settings.content();

    Files.writeString(file, "# another");

    assertThat(settings.content()).isNotEqualTo(before);
  }

  /// A path with a quote must not end the text of a setting.
  @Test
  void theConfigurationHasEachSettingOfTheUser() throws IOException {
    Path policy = Files.writeString(folder.resolve("a\"b.toml"), "");
    Path ca = Files.writeString(folder.resolve("ca.pem"), "");
    Path token = Files.writeString(folder.resolve("token"), "secret\n");
    RunUpstream upstream = new RunUpstream("sparse+https://m.example/", ca, token);
    RunSettings settings = new RunSettings(policy, RunSettings.NONE, upstream);
    settings.check();
    Path file = Files.writeString(folder.resolve("config.toml"), settings.configuration());

    MirrorConfig read =
        MirrorConfig.read(
            List.of("--data-dir", folder.toString(), "--config", file.toString()), Map.of());

    assertThat(read.policyFile()).isEqualTo(policy);
    assertThat(read.fetch().location()).hasToString("https://m.example/");
    assertThat(read.fetch().network().ca()).isEqualTo(ca);
    assertThat(read.fetch().network().tokenFile()).isEqualTo(token);
    assertThat(read.feeds().locations()).isEmpty();
    assertThat(read.server().authRequired()).isTrue();
    assertThat(read.server().listen().port()).isZero();
    assertThat(settings.configuration()).doesNotContain("secret");
  }

  @Test
  void aFileThatIsMissingIsNamedWithItsOption() {
    RunUpstream upstream =
        new RunUpstream("sparse+https://m.example/", folder.resolve("gone.pem"), null);

    assertThatThrownBy(() -> new RunSettings(null, RunSettings.DEFAULT, upstream).check())
        .isInstanceOf(CliException.class)
        .hasMessageStartingWith("cannot use --upstream-ca or SSL_CERT_FILE: expected a file")
        .hasMessageContaining("gone.pem");
  }

  /// Build scripts see the whole project.
  @Test
  void aTokenInTheProjectIsRefused() throws IOException {
    Path project = Files.createDirectory(folder.resolve("project")).toRealPath();
    Path token = Files.writeString(project.resolve("token"), "secret\n");
    Path link = Files.createSymbolicLink(folder.resolve("link"), token);
    RunUpstream upstream = new RunUpstream("sparse+https://m.example/", null, link);
    RunSettings settings = new RunSettings(null, RunSettings.DEFAULT, upstream);

    assertThatThrownBy(() -> settings.requireHidden(project))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("expected a file outside of the project");
    assertThatCode(() -> settings.requireHidden(folder.resolve("other")))
        .doesNotThrowAnyException();
  }

  /// The token of a company's mirror must not arrive at the public registry.
  @Test
  void aTokenNeedsAnAddress() throws IOException {
    Path token = Files.writeString(folder.resolve("token"), "secret\n");
    RunUpstream upstream = new RunUpstream(null, null, token);

    assertThatThrownBy(() -> new RunSettings(null, RunSettings.DEFAULT, upstream).check())
        .isInstanceOf(CliException.class)
        .hasMessageContaining("name it with --upstream");
  }
}
