package lazaret.mirror.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ConfigManualTest {
  @Test
  void manualIsTheTable() {
    ConfigGoldenFiles.holdPart("docs/configuration.md", "keys", ConfigKeyTable.markdown());
  }

  @Test
  void manualListsFormerNames() {
    ConfigGoldenFiles.holdPart(
        "docs/configuration.md", "former names", ConfigKeyTable.formerNames());
  }

  @Test
  void helpIsAsItWasRead() {
    ConfigGoldenFiles.hold(
        "mirror-config/src/test/resources/lazaret/mirror/config/help.txt", ConfigKeyTable.help());
  }

  @Test
  void everyDefaultCanBeRead() {
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      String initial = key.initial();
      if (initial != null) {
        assertThat(key.read(initial, Path.of("/"))).as(key.name()).isNotNull();
      }
    }
  }

  @Test
  void variablesAreDistinct() {
    assertThat(ConfigKeys.ALL.stream().map(ConfigKey::variable)).doesNotHaveDuplicates();
    assertThat(ConfigKeys.ALL.stream().map(ConfigKey::name))
        .doesNotHaveDuplicates()
        .doesNotContainAnyElementsOf(ConfigKeys.FORMER.keySet());
  }
}
