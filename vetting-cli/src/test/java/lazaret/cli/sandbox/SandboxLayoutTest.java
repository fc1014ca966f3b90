package lazaret.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import lazaret.sandbox.SandboxException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SandboxLayoutTest {
  @TempDir Path folder;
  private Path home = Path.of("");
  private Path configuration = Path.of("");

  @BeforeEach
  void makeAToolchain() throws IOException {
    home = Files.createDirectories(folder.resolve("home"));
    configuration = Files.createDirectories(folder.resolve("configuration/lazaret"));
    Files.createFile(configuration.resolve("credentials.toml"));
    for (String part : new String[] {"bin/cargo", "bin/rustc", "lib/rustlib/x"}) {
      Path file = folder.resolve("toolchain").resolve(part);
      Files.createDirectories(file.getParent());
      Files.createFile(file).toFile().setExecutable(true);
    }
  }

  private void layoutOf(Path project) throws IOException {
    Files.createDirectories(project.resolve("src"));
    Files.writeString(
        project.resolve("Cargo.toml"), "[package]\nname = \"a\"\nversion = \"1.0.0\"\n");
    SandboxLayout.of(
        new SandboxLayout.NamedFolder(null, null, null, null),
        project,
        Map.of(
            "PATH",
            folder.resolve("toolchain/bin").toString(),
            "XDG_CONFIG_HOME",
            folder.resolve("configuration").toString()),
        home);
  }

  @Test
  void refusesAProjectWithTheTokensOfLogins() {
    assertThatThrownBy(() -> layoutOf(configuration))
        .isInstanceOf(SandboxException.class)
        .hasMessageStartingWith("the project " + configuration + " must not be used, because it")
        .hasMessageContaining("overlaps " + configuration.resolve("credentials.toml"));
    assertThatThrownBy(() -> layoutOf(home.resolve(".config/lazaret/a")))
        .isInstanceOf(SandboxException.class)
        .hasMessageContaining("overlaps " + home.resolve(".config/lazaret"));
  }
}
