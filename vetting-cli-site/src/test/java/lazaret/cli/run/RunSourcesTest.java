package lazaret.cli.run;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import lazaret.cli.desk.CliException;
import lazaret.vetting.Bytes;
import lazaret.vetting.lockfile.Lockfile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RunSourcesTest {
  private static final String PUBLIC = "registry+https://github.com/rust-lang/crates.io-index";

  @TempDir Path project;

  private static Lockfile lockfile(String source) {
    return Lockfile.parse(
        Bytes.utf8(
            """
            version = 4

            [[package]]
            name = "app"
            version = "0.1.0"

            [[package]]
            name = "tool"
            version = "1.2.3"
            source = "%s"
            """
                .formatted(source)));
  }

  private void manifest(String lines) throws IOException {
    Files.writeString(
        project.resolve("Cargo.toml"),
        "[package]\nname = \"app\"\nversion = \"0.1.0\"\n" + lines + "\n");
  }

  @Test
  void theWorkspaceAndThePublicRegistryPass() {
    assertThatCode(() -> RunSources.check(lockfile(PUBLIC))).doesNotThrowAnyException();
  }

  @ParameterizedTest
  @CsvSource({
    "git+https://git.example/tool#0123456789abcdef0123456789abcdef01234567, a Git repository",
    "sparse+https://gate.example/private/index/, another registry",
    "registry+https://registry.example/index, another registry",
  })
  void lockedPackagesOfOtherSourcesAreRefused(String source, String from) {
    assertThatThrownBy(() -> RunSources.check(lockfile(source)))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("found tool 1.2.3 from " + from)
        .hasMessageContaining("'vetting-cli sandbox'");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[dependencies]\ntool = { git = \"https://git.example/tool\" }",
        "[target.'cfg(unix)'.build-dependencies.tool]\ngit = \"https://git.example/tool\"",
        "[patch.crates-io]\ntool = { git = \"https://git.example/tool\" }",
        "[dev_dependencies]\ntool = { git = \"https://git.example/tool\" }",
        "[build_dependencies.tool]\ngit = \"https://git.example/tool\"",
        "[workspace.dependencies]\ntool = { version = \"1\", registry = \"acme\" }",
        "[dev-dependencies]\ntool = { version = \"1\", registry-index = \"sparse+https://x.example/\" }",
      })
  void dependenciesOnOtherSourcesAreRefused(String lines) throws IOException {
    manifest(lines);

    assertThatThrownBy(() -> RunSources.check(project))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("tool in " + project.resolve("Cargo.toml"));
  }

  /// Path dependencies are members for cargo, also if the workspace does not name them.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[dependencies]\nmine = { path = \"mine\" }",
        "[target.'cfg(unix)'.dev-dependencies]\nmine = { path = \"mine\" }",
        "[build_dependencies.mine]\npath = \"mine\"",
        "[workspace.dependencies]\nmine = { path = \"./mine\" }",
        "[patch.crates-io]\nmine = { path = \"mine\" }",
      })
  void gitDependenciesOfPathDependenciesAreRefused(String lines) throws IOException {
    manifest(lines);
    Path mine = Files.createDirectories(project.resolve("mine"));
    Path inner = Files.createDirectories(mine.resolve("inner"));
    String head = "[package]\nname = \"x\"\nversion = \"0.1.0\"\n[dependencies]\n";
    Files.writeString(
        mine.resolve("Cargo.toml"), head + "inner.path = \"inner\"\nback.path = \"..\"\n");
    Files.writeString(
        inner.resolve("Cargo.toml"), head + "tool = { git = \"https://git.example/tool\" }\n");

    assertThatThrownBy(() -> RunSources.check(project))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("tool in " + inner.resolve("Cargo.toml"));
  }

  /// Old packages of the registry have dependencies of tests that are not public.
  @Test
  void testsOfPathDependenciesCountForMembersAlone() throws IOException {
    String lines = "[dependencies]\nmine = { path = \"mine\" }\n";
    Path mine = Files.createDirectories(project.resolve("mine"));
    Files.writeString(
        mine.resolve("Cargo.toml"),
        """
        [package]
        name = "mine"
        version = "0.1.0"
        [target.'cfg(unix)'.dev-dependencies]
        tool = { git = "https://git.example/tool" }
        """);

    manifest(lines);
    assertThatCode(() -> RunSources.check(project)).doesNotThrowAnyException();

    manifest(lines + "[workspace]");
    assertThatThrownBy(() -> RunSources.check(project))
        .isInstanceOf(CliException.class)
        .hasMessageContaining("tool in " + mine.resolve("Cargo.toml"));
  }

  /// A submodule may be a workspace of its own.
  @ParameterizedTest
  @CsvSource({
    "true, dev-dependencies",
    "true, patch.crates-io",
    "false, workspace.dependencies",
    "false, patch.crates-io",
    "false, dev-dependencies",
  })
  void tablesThatCargoDoesNotReadPass(boolean excluded, String table) throws IOException {
    manifest(
        "[dependencies]\nmine = { path = \"mine\" }\n[workspace]\n"
            + (excluded ? "exclude = [\"mine\"]" : ""));
    Path mine = Files.createDirectories(project.resolve("mine"));
    String own = excluded ? "" : "[workspace]\n";
    Files.writeString(
        mine.resolve("Cargo.toml"),
        "[package]\nname = \"mine\"\nversion = \"0.1.0\"\n"
            + own
            + "["
            + table
            + "]\ntool = { git = \"https://git.example/tool\" }\n");

    assertThatCode(() -> RunSources.check(project)).doesNotThrowAnyException();
  }

  /// A dependency may have the name of a key.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "[dependencies]\ngit = \"1\"\nregistry = \"1\"",
        "[dependencies.git]\nversion = \"1\"",
        "[workspace.dependencies]\ngit = \"1\"",
        "[dependencies]\ntool = { version = \"1\", registry = \"crates-io\" }",
        "[package.metadata.release]\ngit = \"yes\"",
      })
  void dependenciesOnThePublicRegistryPass(String lines) throws IOException {
    manifest(lines);

    assertThatCode(() -> RunSources.check(project)).doesNotThrowAnyException();
  }
}
