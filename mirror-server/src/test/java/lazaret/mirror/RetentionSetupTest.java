package lazaret.mirror;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import lazaret.mirror.config.ConfigException;
import lazaret.mirror.config.MirrorConfig;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.inventory.RetentionSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RetentionSetupTest {
  @TempDir Path folder;

  private RetentionSettings settings(Map<String, String> environment, String... options) {
    List<String> arguments = new ArrayList<>(List.of("--data-dir", folder.toString()));
    arguments.addAll(List.of(options));
    return RetentionSetup.settings(MirrorConfig.read(arguments, environment));
  }

  @Test
  void withoutAFileThereAreNoRules() {
    RetentionSettings settings = settings(Map.of());

    assertThat(settings.rules()).isNull();
    assertThat(settings.suspended()).isNull();
    assertThat(settings.scrubRate()).isEqualTo(4L << 20);
  }

  @Test
  void readsTheFileEachTime() throws IOException {
    Path file = folder.resolve("retention.toml");
    RetentionSettings.RulesFile rules =
        settings(Map.of("LAZARET_RETENTION_ARTIFACTS", file.toString())).rules();
    assertThat(rules).isNotNull();
    assertThatThrownBy(rules::read)
        .isInstanceOf(MalformedException.class)
        .hasMessage("cannot read the rules of retention in %s: there is none", file);

    Files.writeString(file, "per-run = 3\n");
    assertThat(rules.read()).isEqualTo(Bytes.utf8("per-run = 3\n"));
    Files.writeString(file, "per-run = 4\n");
    assertThat(rules.read()).isEqualTo(Bytes.utf8("per-run = 4\n"));
  }

  @Test
  void isSuspendedIfUpstreamCouldNotRestoreArtifacts() {
    assertThat(settings(Map.of(), "--offline").suspended()).startsWith("the server is offline");
    assertThat(settings(Map.of(), "--upstream", folder.toString()).suspended())
        .startsWith("upstream is a folder");
  }

  @Test
  void rateOfTheScrubIsPositive() {
    assertThat(settings(Map.of("LAZARET_RETENTION_SCRUB_RATE", "1MB")).scrubRate())
        .isEqualTo(1_000_000);
    assertThatThrownBy(() -> settings(Map.of("LAZARET_RETENTION_SCRUB_RATE", "0")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("'retention.scrub-rate' must be positive");
  }
}
