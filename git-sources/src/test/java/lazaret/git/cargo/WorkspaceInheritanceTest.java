package lazaret.git.cargo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.toml.TomlDocument;
import lazaret.vetting.toml.TomlNode;
import org.junit.jupiter.api.Test;

class WorkspaceInheritanceTest {
  private static final String ROOT =
      """
      [workspace]
      members = ["tool"]

      [workspace.package]
      version = "1.2.3"
      edition = "2021"
      readme = "README.md"
      authors = ["Ada", "Bob"]

      [workspace.dependencies]
      serde = "1.0"
      log = { version = "0.4", default-features = false, features = ["std"] }
      core = { path = "core", version = "1.2.3" }

      [workspace.lints.rust]
      unsafe_code = "forbid"
      """;

  private static TomlNode.Table read(String text) {
    return TomlDocument.read(Bytes.utf8(text), 10_000)
        .orElseThrow(fault -> new IllegalStateException(fault.detail()))
        .root();
  }

  private static String resolved(String manifest) {
    return TomlTreeWriter.write(new WorkspaceInheritance(read(ROOT)).resolve(read(manifest)));
  }

  @Test
  void valuesOfTheWorkspaceAreWrittenOut() {
    assertThat(
            resolved(
                """
                [package]
                name = "tool"
                version.workspace = true
                edition.workspace = true
                authors = { workspace = true }
                readme.workspace = true
                license-file = "../LICENSE"
                workspace = ".."

                [lints]
                workspace = true
                """))
        .isEqualTo(
            """
            [package]
            name = "tool"
            version = "1.2.3"
            edition = "2021"
            authors = ["Ada", "Bob"]

            [lints.rust]
            unsafe_code = "forbid"
            """);
  }

  @Test
  void dependenciesAreJoinedWithWhatTheMemberAdds() {
    assertThat(
            resolved(
                """
                [dependencies]
                serde = { workspace = true, features = ["derive"], optional = true }
                core.workspace = true
                other = { path = "../other" }

                [dev-dependencies]
                log = { workspace = true, default-features = true, features = ["std", "kv"] }

                [target.'cfg(unix)'.dependencies]
                log.workspace = true
                """))
        .isEqualTo(
            """
            [dependencies.serde]
            version = "1.0"
            features = ["derive"]
            optional = true

            [dependencies.core]
            path = "."
            version = "1.2.3"

            [dependencies.other]
            path = "../other"

            [dev-dependencies.log]
            version = "0.4"
            features = ["std", "kv"]
            default-features = true

            [target."cfg(unix)".dependencies.log]
            version = "0.4"
            default-features = false
            features = ["std"]
            """);
  }

  @Test
  void tablesOfRootsAreLeftOut() {
    assertThat(
            resolved(
                """
                [package]
                name = "tool"

                [workspace]
                members = []

                [patch.crates-io]
                log = { path = "log" }

                [profile.release]
                lto = true

                [[bin]]
                name = "tool"
                path = "src/main.rs"
                """))
        .isEqualTo(
            """
            bin = [{ name = "tool", path = "src/main.rs" }]

            [package]
            name = "tool"
            """);
  }

  @Test
  void valueThatTheWorkspaceLacksIsNamed() {
    assertThatThrownBy(() -> resolved("[package]\nname = \"a\"\nlicense.workspace = true\n"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("inherits 'license'");
    assertThatThrownBy(() -> resolved("[dependencies]\nrand.workspace = true\n"))
        .isInstanceOf(MalformedException.class)
        .hasMessageContaining("inherits 'rand'");
  }

  @Test
  void writtenDocumentsAreReadAsTheSameTree() {
    String text =
        """
        a = "quote \\" and \\\\"
        b = [1, 2.5, true, 2026-01-01]
        "dotted.key" = "x"
        empty = {}

        [t."x y".z]
        list = [{ a = [[]], b = "line\\nbreak" }]
        """;
    String written = TomlTreeWriter.write(read(text));

    assertThat(TomlTreeWriter.write(read(written))).isEqualTo(written);
    assertThat(written).contains("[t.\"x y\".z]", "2026-01-01", "[empty]");
  }
}
