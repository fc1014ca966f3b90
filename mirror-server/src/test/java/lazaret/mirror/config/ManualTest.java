package lazaret.mirror.config;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ManualTest {
  @Test
  void manualIsTheTable() {
    Golden.holdPart("docs/configuration.md", "keys", KeyTable.markdown());
  }

  @Test
  void helpIsAsItWasRead() {
    Golden.hold("mirror-server/src/test/resources/lazaret/mirror/config/help.txt", KeyTable.help());
  }

  @Test
  void everyDefaultCanBeRead() {
    for (Key<?> key : Keys.ALL) {
      String initial = key.initial();
      if (initial != null) {
        assertThat(key.read(initial, Path.of("/"))).as(key.name()).isNotNull();
      }
    }
  }

  @Test
  void variablesAreDistinct() {
    assertThat(Keys.ALL.stream().map(Key::variable)).doesNotHaveDuplicates();
    assertThat(Keys.ALL.stream().map(Key::name)).doesNotHaveDuplicates();
  }
}
