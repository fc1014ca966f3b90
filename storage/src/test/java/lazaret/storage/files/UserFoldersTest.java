package lazaret.storage.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UserFoldersTest {
  @Test
  void variablesComeBeforeTheHomeFolder() {
    var folders =
        new UserFolders(
            Map.of("XDG_DATA_HOME", "/srv/data", "XDG_CACHE_HOME", "/c"), Path.of("/home/ann"));

    assertThat(folders.data()).contains(Path.of("/srv/data/lazaret"));
    assertThat(folders.cache()).contains(Path.of("/c/lazaret"));
    assertThat(folders.config()).contains(Path.of("/home/ann/.config/lazaret"));
  }

  @Test
  void relativeAndEmptyPathsCountAsAbsent() {
    var folders =
        UserFolders.of(
            Map.of(
                "HOME", "/home/ann",
                "XDG_DATA_HOME", "data",
                "XDG_CACHE_HOME", "",
                "RUNTIME_DIRECTORY", "run"));

    assertThat(folders.data()).contains(Path.of("/home/ann/.local/share/lazaret"));
    assertThat(folders.cache()).contains(Path.of("/home/ann/.cache/lazaret"));
    assertThat(folders.runtime()).isEmpty();
  }

  @Test
  void withoutAHomeFolderOnlyVariablesCount() {
    UserFolders folders = UserFolders.of(Map.of("HOME", "ann", "XDG_CONFIG_HOME", "/etc/ann"));

    assertThat(folders.data()).isEmpty();
    assertThat(folders.config()).contains(Path.of("/etc/ann/lazaret"));
  }

  @Test
  void theFirstRuntimeFolderCounts() {
    assertThat(UserFolders.of(Map.of("RUNTIME_DIRECTORY", "/run/a:/run/b")).runtime())
        .contains(Path.of("/run/a"));
  }
}
