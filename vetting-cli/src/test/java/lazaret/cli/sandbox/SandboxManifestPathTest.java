package lazaret.cli.sandbox;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import lazaret.cli.fixture.CliFixture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The lockfile that is checked is the one that cargo builds.
class SandboxManifestPathTest {
  private static final String PACKAGE = "[package]\nname = \"a\"\nversion = \"1.0.0\"\n";

  @TempDir Path temporary;
  private CliFixture cli = new CliFixture(Path.of(""), Clock.systemUTC());

  @BeforeEach
  void makeAProject() throws IOException {
    cli = new CliFixture(temporary.toRealPath(), Clock.systemUTC());
    Files.createDirectories(cli.home);
    for (String part : new String[] {"bin/cargo", "bin/rustc", "lib/rustlib/x"}) {
      Path file = temporary.resolve("toolchain").resolve(part);
      Files.createDirectories(file.resolveSibling(""));
      Files.createFile(file).toFile().setExecutable(true);
    }
    cli.environment.put("PATH", temporary.resolve("toolchain/bin").toString());
    cli.write("app/Cargo.toml", PACKAGE + "[workspace]\n");
    cli.write("app/Cargo.lock", "version = 4\n");
    cli.write("app/other/Cargo.toml", PACKAGE + "[workspace]\n");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "--manifest-path other/Cargo.toml",
        "--manifest-path=other/Cargo.toml",
        "--lockfile-path other/Cargo.lock",
        "--config resolver.lockfile-path=\"other/Cargo.lock\"",
      })
  void optionsThatChooseAnotherLockfileAreRefused(String options) {
    String[] words = ("sandbox --project app -- cargo build " + options).split(" ", -1);

    CliFixture.Ran ran = cli.run(words);

    assertThat(ran.exit()).isEqualTo(125);
    assertThat(ran.err())
        .contains("cannot build by the checked lockfile")
        .contains("sandbox: the command was not run: malformed-input");
  }

  @Test
  void theManifestOfTheWorkspacePasses() {
    CliFixture.Ran ran =
        cli.run(
            "sandbox", "--project", "app", "--", "cargo", "build", "--manifest-path=Cargo.toml");

    assertThat(ran.err()).isNotEmpty().doesNotContain("the checked lockfile");
  }

  @Test
  void aRootOutsideOfTheProjectIsRefused() throws IOException {
    Path a = Files.createDirectories(temporary.toRealPath().resolve("beside/a"));
    Files.writeString(a.resolve("Cargo.toml"), PACKAGE + "workspace = \"../ws\"\n");
    Path workspace = Files.createDirectories(a.resolveSibling("ws"));
    Files.writeString(workspace.resolve("Cargo.toml"), "[workspace]\nmembers = [\"../a\"]\n");
    CliFixture there = new CliFixture(a, Clock.systemUTC());
    there.environment.putAll(cli.environment);

    CliFixture.Ran ran = there.run("sandbox", "--", "cargo", "build");

    assertThat(ran.exit()).isEqualTo(125);
    assertThat(ran.err()).contains(workspace + " requires " + a, "--project");
  }
}
