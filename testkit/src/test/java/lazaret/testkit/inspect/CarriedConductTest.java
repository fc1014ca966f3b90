package lazaret.testkit.inspect;

import static lazaret.testkit.inspect.Inspecting.demo;
import static lazaret.testkit.inspect.Inspecting.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.inspect.SignalWeight;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// What lies beside the code of a crate and runs all the same: hidden lines of examples,
/// configuration, data that is compiled in. Nothing here is ever run.
final class CarriedConductTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/// ```\n/// # std::process::Command::new(\"id\").status();\n/// f();\n/// ```\npub fn f() {}",
        "//! Text.\n//! ```rust\n//! # use std::process::Command as C;\n//! # C::new(x).spawn();\n//! ```",
        "/// ```\n/// # let v = std::env::var(\"K\"); std::net::TcpStream::connect(v);\n/// ```\nfn f() {}",
        "    /// ~\n    /// ```no_run\n    /// # for v in std::env::vars() {}\n    /// ```\n    fn f() {}",
        "/// ```\n/// # std::fs::read(format!(\"{}/{}\", h, \".ssh/id_rsa\"));\n/// ```\nfn f() {}",
        "/**\n * ```\n * # std::process::Command::new(\"id\").status();\n * ```\n */\npub fn f() {}",
        "/*!\n```\n# std::process::Command::new(\"id\").status();\n```\n*/",
        "/// ~~~\n/// # std::process::Command::new(\"id\").status();\n/// ~~~\nfn f() {}",
        "/// Use:\n///\n///     # std::process::Command::new(\"id\").status();\nfn f() {}",
      })
  void seesHiddenLinesOfExamples(String source) {
    assertThat(shown(demo().file("src/lib.rs", source), SignalWeight.REVIEW)).contains("doc-test");
  }

  @Test
  void seesHiddenLinesOfPages() {
    String page = "# Title\n```rust\n# std::process::Command::new(\"id\").status();\nf();\n```\n";

    assertThat(shown(demo().file("README.md", page), SignalWeight.REVIEW)).contains("doc-test");
    assertThat(
            shown(
                demo().file("README.md", "# std::process::Command::new\n\n```sh\n# run it\n```\n"),
                SignalWeight.REVIEW))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/// ```\n/// std::process::Command::new(\"id\").status();\n/// ```\npub fn f() {}",
        "/// ```\n/// # use std::net::TcpListener;\n/// # fn main() -> std::io::Result<()> {\n/// # Ok(()) }\n/// ```\npub fn f() {}",
        "/// ```\n/// # use std::process::Command;\n/// let s = Command::new(\"true\").status();\n/// # drop(s);\n/// ```\npub fn f() {}",
        "/// # Panics\n/// # std::process::Command::new(x) is a head line\npub fn f() {}",
        "/// ```\n/// #[derive(Debug)]\n/// # struct A;\n/// # std::fs::write(\"a.txt\", \"x\");\n/// ```\nfn f() {}",
      })
  void leavesOrdinaryExamplesAlone(String source) {
    assertThat(shown(demo().file("src/lib.rs", source), SignalWeight.REVIEW))
        .doesNotContain("doc-test");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ".cargo/config.toml|`[build]\nrustc-wrapper = \"./tools/w\"`",
        ".cargo/config.toml|`build.rustc = \"tools/rustc\"`",
        ".cargo/config|`[target.x86_64-unknown-linux-gnu]\nlinker = \"tools/ld\"`",
        ".cargo/config.toml|`[target.'cfg(unix)']\nrunner = [\"sh\", \"run.txt\"]`",
        ".cargo/config.toml|`[registry]\nglobal-credential-providers = [\"./p\"]`",
        ".cargo/config.toml|`[env]\nLD_PRELOAD = \"./x.so\"`",
        ".cargo/config.toml|`[build]\nrustflags = [\"-C\", \"linker=tools/ld\"]`",
        ".cargo/config.toml|`[source.crates-io]\nreplace-with = \"m\"`",
        "sub/.cargo/config.toml|`build = { rustc-workspace-wrapper = \"w\" }`",
        "rust-toolchain.toml|`[toolchain]\npath = \"./tc\"`",
      })
  void seesConfigurationThatNamesAProgram(String path, String text) {
    assertThat(high(demo().file(path, text))).contains("cargo-config");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ".cargo/config.toml|`[alias]\nxtask = \"run --package xtask --\"`",
        ".cargo/config.toml|`[target.wasm32-wasi]\nrunner = [\"./scripts/wasmtime.sh\"]`",
        ".cargo/config.toml|`[target.thumbv7em-none-eabi]\nrunner = \"probe-rs run --chip X\"`",
        ".cargo/config.toml|`[target.aarch64-unknown-linux-gnu]\nlinker = \"aarch64-linux-gnu-gcc\"`",
        ".cargo/config.toml|`[build]\nrustc-wrapper = \"sccache\"\nrustflags = [\"-C\", \"link-arg=-fuse-ld=lld\"]`",
        "rust-toolchain.toml|`[toolchain]\nchannel = \"stable\"`",
        "tests/x/.cargo/config.toml|`[build]\nrustc = \"x\"`",
      })
  void leavesOrdinaryConfigurationAlone(String path, String text) {
    assertThat(high(demo().file(path, text))).isEmpty();
  }

  @Test
  void sourceAmongTestsThatIsNoRustWeighsInFull() {
    assertThat(
            high(
                demo()
                    .file("src/lib.rs", "include!(\"../tests/data/a.bin\");")
                    .file("tests/data/a.bin", "fn f() {}")))
        .contains("odd-source");
    assertThat(
            high(
                demo()
                    .buildScript("#[path = \"notes.txt\"] mod a; fn main() {}")
                    .file("notes.txt", "fn f() {}")))
        .contains("build-odd-source");
    assertThat(
            high(
                demo()
                    .file("src/lib.rs", "include!(\"table.in\");")
                    .file("src/table.in", "fn f() {}")))
        .isEmpty();
  }

  @Test
  void aBlobThatABuildScriptCompilesInWeighsMore() {
    byte[] blob = {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 3, 1, 2, 3};
    String source = "static B: &[u8] = include_bytes!(\"b.gz\"); fn main() {}";

    assertThat(high(demo().buildScript(source).file("b.gz", blob))).contains("included-blob");
    assertThat(high(demo().file("src/lib.rs", source).file("src/b.gz", blob))).isEmpty();
  }

  private static List<String> high(CrateBuilder crate) {
    return shown(crate, SignalWeight.HIGH);
  }

  private static List<String> shown(CrateBuilder crate, SignalWeight least) {
    return inspect(crate).signals().stream()
        .filter(signal -> signal.weight().compareTo(least) >= 0)
        .map(signal -> signal.code().code())
        .distinct()
        .toList();
  }
}
