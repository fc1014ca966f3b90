package lazaret.cli.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import lazaret.vetting.MalformedException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CargoCommandCheckTest {
  private static final String PACKAGE = "[package]\nname = \"p\"\nversion = \"0.1.0\"\n";

  @TempDir Path temporary;
  private Path project = Path.of("");

  @BeforeEach
  void writeTwoWorkspaces() throws IOException {
    project = temporary.toRealPath();
    write("Cargo.toml", "[workspace]\nmembers = [\"a\"]\n");
    write("a/Cargo.toml", PACKAGE);
    write("other/Cargo.toml", PACKAGE + "[workspace]\n");
    write("settings.toml", "[resolver]\nlockfile-path = \"other/Cargo.lock\"\n");
    Files.createSymbolicLink(project.resolve("link"), Path.of("a"));
  }

  private void write(String file, String text) throws IOException {
    Path path = project.resolve(file);
    Files.createDirectories(path.resolveSibling(""));
    Files.writeString(path, text);
  }

  private void check(String within, List<String> command, boolean ownConfiguration) {
    new CargoCommandCheck(project, project, Path.of(within))
        .check(command, List.of("RUSTFLAGS"), ownConfiguration);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cargo build",
        "cargo build --manifest-path a/Cargo.toml",
        "cargo build --manifest-path=./other/../a/Cargo.toml",
        "cargo run -- --manifest-path other/Cargo.toml -C other --lockfile-path x",
        "cargo rustc -- -C opt-level=3",
        "cargo build --config build.jobs=1 --config resolver.incompatible-rust-versions=\"allow\"",
        "cargo run serve -C other",
        "make -C other",
      })
  void commandsInTheSameWorkspacePass(String command) {
    List<String> words = List.of(command.split(" ", -1));

    assertThatCode(() -> check("", words, false)).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "cargo build --manifest-path other/Cargo.toml | start the command in",
        "cargo build --manifest-path=other/Cargo.toml | start the command in",
        "cargo +nightly build --manifest-path=other/Cargo.toml | start the command in",
        "cargo build --manifest-path a/Cargo.toml --manifest-path other/Cargo.toml | without --m",
        "cargo build --manifest-path /project/other/Cargo.toml | with a relative path",
        "cargo build --manifest-path link/Cargo.toml | without symbolic links",
        "cargo build --manifest-path other | with a relative path of a Cargo.toml",
        "cargo build --manifest-path none/Cargo.toml | expected --manifest-path with a file",
        "cargo build --manifest-path | with a relative path of a Cargo.toml",
        "cargo build --lockfile-path other/Cargo.lock | expected no option --lockfile-path",
        "cargo build --lockfile-path=other/Cargo.lock | expected no option --lockfile-path",
        "cargo build --config resolver.lockfile-path=\"other/Cargo.lock\" | without a file, an alias",
        "cargo build --config=resolver.\"lockfile\\u002dpath\"=\"x\" | without a file, an alias",
        "cargo build --config resolver={lockfile-path=\"x\"} | without a file, an alias",
        "cargo build --config include=[\"settings.toml\"] | without a file, an alias",
        "cargo b --config alias.b=\"build\" | without a file, an alias",
        "cargo build --config settings.toml | expected --config KEY=VALUE",
      })
  void commandsThatChooseAnotherLockfileAreRefused(String command, String message) {
    refuses("", command, message);
  }

  /// Cargo passes all words after the first argument of the program on to it.
  @ParameterizedTest
  @ValueSource(strings = {"--config settings.toml", "--manifest-path none", "--lockfile-path=x"})
  void theAdviceNamesThePlaceOfTheProgramsArguments(String arguments) {
    String advice = "or write arguments of the program after a further --";
    List<String> test = List.of(("cargo test a " + arguments).split(" ", -1));

    refuses("", "cargo run serve " + arguments, advice);
    refuses("", "cargo r serve " + arguments, advice);
    assertThatThrownBy(() -> check("", test, false))
        .isInstanceOf(MalformedException.class)
        .hasMessageNotContaining("arguments of the program");
  }

  @Test
  void pathsAreRelativeToTheWorkingFolder() {
    assertThatCode(
            () -> check("a", List.of("cargo", "b", "--manifest-path", "../Cargo.toml"), false))
        .doesNotThrowAnyException();
    refuses("a", "cargo b --manifest-path ../other/Cargo.toml", "one of");
  }

  /// Cargo reads a file if there is one of that name.
  @Test
  void aFileWithTheNameOfASettingIsRefused() throws IOException {
    write("build.jobs=1", "[resolver]\nlockfile-path = \"x\"\n");

    refuses("", "cargo build --config build.jobs=1", "expected --config KEY=VALUE");
  }

  @ParameterizedTest
  @ValueSource(strings = {"CARGO_RESOLVER_LOCKFILE_PATH", "CARGO_ALIAS_B"})
  void variablesOfCargoAreRefused(String variable) {
    assertThatThrownBy(
            () ->
                new CargoCommandCheck(project, project, Path.of(""))
                    .check(List.of("make"), List.of(variable), false))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining(variable);
  }

  /// Cargo prefers an alias to its own short forms.
  @Test
  void anAliasOfTheProjectIsRefusedIfCargoSeesIt() throws IOException {
    write(".cargo/config.toml", "[alias]\nb = [\"build\", \"--manifest-path=other/Cargo.toml\"]\n");

    assertThatCode(() -> check("", List.of("cargo", "b"), false)).doesNotThrowAnyException();
    assertThatCode(() -> check("", List.of("cargo", "build"), true)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check("", List.of("cargo", "b"), true))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("the alias 'b'");
  }

  @Test
  void theProjectsConfigurationIsRefusedIfCargoSeesIt() throws IOException {
    write("a/.cargo/config.toml", "[resolver]\nlockfile-path = \"x\"\n");
    List<String> build = List.of("cargo", "build");

    assertThatCode(() -> check("a", build, false)).doesNotThrowAnyException();
    assertThatCode(() -> check("", build, true)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check("a", build, true))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("no setting resolver.lockfile-path")
        .hasMessageContaining("a/.cargo/config.toml");
  }

  /// The sandbox does not show it.
  @Test
  void aRootThatAManifestAboveTheProjectNamesIsRefused() throws IOException {
    write("n/Cargo.toml", PACKAGE + "workspace = \"p/ws\"\n");
    write("n/p/ws/Cargo.toml", "[workspace]\nmembers = [\"../a\", \"../..\"]\n");
    write("n/p/a/Cargo.toml", PACKAGE);
    Path within = project.resolve("n/p");
    Path root = CargoProject.exactly(within.resolve("a")).orElseThrow().root();

    assertThat(root).isEqualTo(within.resolve("ws"));
    CargoCommandCheck whole = new CargoCommandCheck(root, project, Path.of("n/p/a"));
    CargoCommandCheck part = new CargoCommandCheck(root, within, Path.of("a"));
    List<String> make = List.of("make");
    assertThatCode(() -> whole.check(make, List.of(), false)).doesNotThrowAnyException();
    assertThatThrownBy(() -> part.check(make, List.of(), false))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("expected the workspace " + root + " without the manifests above")
        .hasMessageContaining("found " + within.resolve("a") + "; name a folder");
  }

  /// The sandbox does not show the configuration of the user.
  @Test
  void theConfigurationAboveTheProjectIsIgnored() throws IOException {
    write(".cargo/config.toml", "[alias]\nb = \"build\"\n[resolver]\nlockfile-path = \"x\"\n");
    Path below = project.resolve("other");

    assertThatCode(
            () ->
                new CargoCommandCheck(below, below, Path.of(""))
                    .check(List.of("cargo", "b"), List.of(), true))
        .doesNotThrowAnyException();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include = [\"/project/x.toml\"]",
        "include = [{ path = \"/project/x.toml\", optional = true }]",
        "include = [\"../dangling.toml\"]",
        "include = [\"../link/x.toml\"]",
        "include = [\"../none/x.toml\"]",
        "include = [\"../../x.toml\"]",
        "include = [\"../deep0.toml\"]",
      })
  void filesThatMayDifferInTheSandboxAreRefused(String include) throws IOException {
    Files.createSymbolicLink(project.resolve("dangling.toml"), Path.of("/project/x.toml"));
    write("a/x.toml", "");
    for (int i = 0; i < 9; i++) {
      write("deep" + i + ".toml", "include = [\"deep" + (i + 1) + ".toml\"]\n");
    }
    write("deep9.toml", "");
    write(".cargo/config.toml", include + "\n");

    refusesConfiguration();
  }

  @ParameterizedTest
  @ValueSource(strings = {".cargo", ".cargo/config.toml", ".cargo/config"})
  void aLinkInPlaceOfTheConfigurationIsRefused(String link) throws IOException {
    Path place = project.resolve(link);
    Files.createDirectories(place.resolveSibling(""));
    Files.createSymbolicLink(place, Path.of("/project/x.toml"));

    refusesConfiguration();
  }

  private void refusesConfiguration() {
    assertThatThrownBy(() -> check("", List.of("cargo", "build"), true))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("which may be another file there; use few regular files");
  }

  @Test
  void includedFilesOfTheProjectAreRead() throws IOException {
    write("more.toml", "[alias]\nt = \"test\"\n");
    write(
        ".cargo/config.toml",
        "include = [\"../more.toml\", { path = \"local.toml\", optional = true }]\n");

    assertThatCode(() -> check("", List.of("cargo", "build"), true)).doesNotThrowAnyException();
    assertThatThrownBy(() -> check("", List.of("cargo", "t"), true))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("the alias 't'");
  }

  /// Its target may be another file in the sandbox.
  @Test
  void aLockfileThatIsALinkIsRefused() throws IOException {
    Files.createSymbolicLink(project.resolve("Cargo.lock"), Path.of("a/Cargo.toml"));

    refuses("", "make", "found a symbolic link");
  }

  private void refuses(String within, String command, String message) {
    List<String> words = List.of(command.split(" ", -1));
    assertThatThrownBy(() -> check(within, words, false))
        .isInstanceOf(MalformedException.class)
        .hasMessageStartingWith("cannot build by the checked lockfile: expected ")
        .hasMessageContaining(message);
  }
}
