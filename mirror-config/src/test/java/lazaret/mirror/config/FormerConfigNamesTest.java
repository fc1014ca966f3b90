package lazaret.mirror.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FormerConfigNamesTest {
  private static final String FORMER =
      """
      [fetch]
      artefacts = "{crate}.crate"
      [cache]
      artefact-memory = "7MiB"
      [bundles]
      scan-patience = "3m"
      [webhooks]
      give-up = "4h"
      """;

  @TempDir Path folder;

  private final Map<String, String> environment = new HashMap<>();

  private ConfigSettings read(String toml) throws IOException {
    Path file = Files.writeString(folder.resolve("mirror.toml"), toml);
    return ConfigSettings.read(
        new ConfigSettings.Sources(
            ServerCommandLine.parse(List.of("--config", file.toString(), "--data-dir", "data")),
            environment,
            folder));
  }

  private String text(String line) {
    return line.replace(folder.toString(), "FOLDER");
  }

  @Test
  void setsKeysInTheFileAndNamesTheNewOnes() throws IOException {
    ConfigSettings settings = read(FORMER);

    assertThat(settings.value(ConfigKeys.FETCH_ARTIFACTS)).isEqualTo("{crate}.crate");
    assertThat(settings.value(ConfigKeys.ARTIFACT_MEMORY)).isEqualTo(7L << 20);
    assertThat(settings.value(BundleConfigKeys.SCAN_TIMEOUT)).isEqualTo(Duration.ofMinutes(3));
    assertThat(settings.value(WebhookConfigKeys.RETRY_FOR)).isEqualTo(Duration.ofHours(4));
    assertThat(settings.warnings().stream().map(this::text))
        .containsExactly(
            "FOLDER/mirror.toml:2:1: 'fetch.artefacts' is now 'fetch.artifacts'; the former name works until the next release",
            "FOLDER/mirror.toml:4:1: 'cache.artefact-memory' is now 'cache.artifact-memory'; the former name works until the next release",
            "FOLDER/mirror.toml:6:1: 'bundles.scan-patience' is now 'bundles.scan-timeout'; the former name works until the next release",
            "FOLDER/mirror.toml:8:1: 'webhooks.give-up' is now 'webhooks.retry-for'; the former name works until the next release");
  }

  @Test
  void printsNewNames() throws IOException {
    assertThat(read(FORMER).print())
        .containsPattern("(?m)^fetch.artifacts +\\{crate}.crate +# .*mirror.toml:2:1$")
        .containsPattern("(?m)^webhooks.retry-for +4h ")
        .doesNotContain("artefact", "give-up", "patience");
  }

  @Test
  void setsKeysByVariables() throws IOException {
    environment.put("LAZARET_FETCH_ARTEFACTS", "a.crate");
    environment.put("LAZARET_CACHE_ARTEFACT_MEMORY", "5MiB");
    environment.put("LAZARET_BUNDLES_SCAN_PATIENCE", "5m");
    environment.put("LAZARET_WEBHOOKS_GIVE_UP", "5h");

    ConfigSettings settings = read("");

    assertThat(settings.value(ConfigKeys.FETCH_ARTIFACTS)).isEqualTo("a.crate");
    assertThat(settings.value(ConfigKeys.ARTIFACT_MEMORY)).isEqualTo(5L << 20);
    assertThat(settings.value(BundleConfigKeys.SCAN_TIMEOUT)).isEqualTo(Duration.ofMinutes(5));
    assertThat(settings.value(WebhookConfigKeys.RETRY_FOR)).isEqualTo(Duration.ofHours(5));
    assertThat(settings.warnings())
        .hasSize(4)
        .contains(
            "environment variable LAZARET_WEBHOOKS_GIVE_UP: 'LAZARET_WEBHOOKS_GIVE_UP' is now 'LAZARET_WEBHOOKS_RETRY_FOR'; the former name works until the next release");
  }

  @Test
  void refusesBothNamesInOneSource() {
    environment.put("LAZARET_FETCH_ARTEFACTS", "a.crate");
    environment.put("LAZARET_FETCH_ARTIFACTS", "b.crate");

    assertThatThrownBy(() -> read("[webhooks]\nretry-for = \"1h\"\ngive-up = \"1h\"\n"))
        .isInstanceOf(ConfigException.class)
        .extracting(e -> text(String.valueOf(e.getMessage())))
        .asString()
        .isEqualTo(
            """
            FOLDER/mirror.toml:3:1: 'webhooks.give-up' is the former name of 'webhooks.retry-for', and both are set: remove 'webhooks.give-up'
            environment variable LAZARET_FETCH_ARTEFACTS: 'LAZARET_FETCH_ARTEFACTS' is the former name of 'LAZARET_FETCH_ARTIFACTS', and both are set: remove 'LAZARET_FETCH_ARTEFACTS'\
            """);
  }

  @Test
  void variablesOfEitherNameOverrideTheFile() throws IOException {
    environment.put("LAZARET_FETCH_ARTIFACTS", "b.crate");
    environment.put("LAZARET_WEBHOOKS_GIVE_UP", "5h");

    ConfigSettings settings = read(FORMER.replace("give-up", "retry-for"));

    assertThat(settings.value(ConfigKeys.FETCH_ARTIFACTS)).isEqualTo("b.crate");
    assertThat(settings.value(WebhookConfigKeys.RETRY_FOR)).isEqualTo(Duration.ofHours(5));
  }

  @Test
  void mistakesHaveTheNameThatIsWritten() {
    assertThatThrownBy(() -> read("[webhooks]\ngive-up = 3\n"))
        .hasMessageEndingWith(":2:1: 'webhooks.give-up' must be a string (duration in quotes)");
  }

  @Test
  void newNamesGiveNoWarning() throws IOException {
    assertThat(
            read(FORMER
                    .replace("artefact", "artifact")
                    .replace("give-up", "retry-for")
                    .replace("patience", "timeout"))
                .warnings())
        .isEmpty();
  }
}
