package lazaret.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lazaret.cli.fixture.CliFixture;
import lazaret.cli.fixture.ServerFixture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The configuration of cargo, written to a file.
class CargoConfigVerbTest {
  @TempDir Path folder;

  private final ServerFixture gate = new ServerFixture();
  private CliFixture cli = CliFixture.at(Path.of(""), gate);

  @BeforeEach
  void start() {
    cli = CliFixture.at(folder, gate);
  }

  @AfterEach
  void close() {
    gate.close();
  }

  @Test
  void cargoInstallGoesThroughTheGateToo() throws IOException {
    CliFixture.Ran ran = cli.run("cargo-config", "--home");

    Path file = cli.home.resolve(".cargo/config.toml");
    assertThat(ran.exit()).as(ran.err()).isZero();
    assertThat(ran.out()).isEqualTo("added to " + file + "\n");
    assertThat(Files.readString(file)).isEqualTo(cli.run("cargo-config").out());
    assertThat(cli.run("cargo-config", "--home").out()).contains("already in");
    cli.environment.put("CARGO_HOME", folder.resolve("elsewhere").toString());
    assertThat(cli.run("cargo-config", "--home").exit()).isZero();
    assertThat(folder.resolve("elsewhere/config.toml")).exists();
  }

  @Test
  void whatIsInTheFileStays() throws IOException {
    cli.write(".cargo/config.toml", "[build]\njobs = 2");

    assertThat(cli.run("cargo-config", "--into", ".cargo/config.toml").exit()).isZero();

    assertThat(Files.readString(folder.resolve(".cargo/config.toml")))
        .isEqualTo("[build]\njobs = 2\n\n" + cli.run("cargo-config").out());
  }

  /// Cargo could not read a file that defines a table twice.
  @Test
  void anotherSourceIsNotBrokenAndNotHidden() throws IOException {
    for (String other :
        List.of(
            "[source.crates-io]\nreplace-with = 'x'\n",
            "[ source . \"crates-io\" ]\nreplace-with = 'x'\n",
            "[registries.lazaret]\nindex = 'sparse+http://old/index/'\n")) {
      cli.write(".cargo/config.toml", other);
      CliFixture.Ran ran = cli.run("cargo-config", "--into", ".cargo/config.toml");
      assertThat(ran.exit()).isEqualTo(2);
      assertThat(ran.err()).contains("merge it by hand");
      assertThat(Files.readString(folder.resolve(".cargo/config.toml"))).isEqualTo(other);
    }
  }

  /// With `>>` of a shell an empty file would remain, and the next build would bypass the gate.
  @Test
  void withoutAGateNoFileIsMade() {
    gate.stopServer();

    assertThat(cli.run("cargo-config", "--into", ".cargo/config.toml").exit()).isEqualTo(3);

    assertThat(folder.resolve(".cargo")).doesNotExist();
  }
}
