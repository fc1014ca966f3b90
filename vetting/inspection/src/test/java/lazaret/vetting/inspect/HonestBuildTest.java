package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import lazaret.testkit.CrateBuilder;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Honest build scripts and macros that fetch, run and encode, each with a similar attack. Nothing
/// here is ever run.
final class HonestBuildTest {
  private static final String MANIFEST =
      """
      [package]
      name = "demo"
      version = "1.0.0"
      repository = "https://git.example.com/demo"
      description = "Bindings to onyx, with a prebuilt release"

      [build-dependencies]
      ureq = "2"
      hex = "0.4"
      """;

  private static final String DOWNLOAD =
      """
      use sha2::{Digest, Sha256};
      use std::io::Read;
      const PIN: &str = "4f1c2b9d0a7e6f5c8b3d2e1f0a9b8c7d6e5f4a3b2c1d0e9f8a7b6c5d4e3f2a1b";
      fn main() {
          let url = "https://releases.onyx.example.com/v1/lib.tar";
          let mut body = Vec::new();
          ureq::get(url).call().unwrap().into_reader().read_to_end(&mut body).unwrap();
          let found = hex::encode(Sha256::digest(&body));
          if found != PIN {
              panic!("the digest differs");
          }
          let out = std::path::PathBuf::from(std::env::var_os("OUT_DIR").unwrap());
          tar::Archive::new(&body[..]).unpack(&out).unwrap();
          println!("cargo:rustc-link-search=native={}", out.display());
      }
      """;

  private static final String PROBE =
      """
      use std::process::Command;
      fn main() {
          let out = std::path::PathBuf::from(std::env::var_os("OUT_DIR").unwrap());
          let program = out.join("probe");
          let compiler = cc::Build::new().get_compiler();
          compiler.to_command().arg("probes/a.c").arg("-o").arg(&program).status().unwrap();
          let said = Command::new(&program).output().unwrap();
          println!("cargo:rustc-cfg=size_{}", said.stdout.len());
      }
      """;

  @Test
  void leavesAPinnedDownloadAlone() {
    assertThat(build(DOWNLOAD)).isEmpty();
    assertThat(build(DOWNLOAD.replace("https://releases.onyx.example.com/v1", OWN))).isEmpty();
    assertThat(
            build(
                DOWNLOAD
                    .replace("found != PIN", "found != pin()")
                    .replace(
                        "fn main()",
                        "fn pin() -> String { std::fs::read_to_string(\"pin.txt\").unwrap() }\n"
                            + "fn main()")))
        .contains("build-network");
    assertThat(
            build(
                DOWNLOAD.replace(
                    "if found != PIN {\n        panic!(\"the digest differs\");\n    }",
                    "assert_eq!(found, PIN);")))
        .isEmpty();
  }

  private static final String OWN = "https://git.example.com/demo/releases/download";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "panic!(\"the digest differs\");=>eprintln!(\"differs\");",
        "if found != PIN {=>let told ="
            + " ureq::get(\"https://releases.onyx.example.com/d\").call().unwrap().into_string().unwrap();"
            + " if found != told {",
        "releases.onyx.example.com=>cdn.other.example.net",
        "let out = std=>std::process::Command::new(\"tar\").status().unwrap(); let out = std",
        "let out = std=>let home = std::env::var(\"HOME\").unwrap(); let out = std",
        "if found != PIN {=>if found.is_empty() {",
        "let out = std=>ureq::get(\"https://releases.onyx.example.com/n\").call(); let out = std",
        "const PIN=>const A: [u8; 4] = [203, 0, 113, 9];\n"
            + "const X: &str = \"203.0.113.9\"; const PIN",
      })
  void seesDownloadsThatAreNotPinned(String change) {
    String[] parts = change.split("=>", -1);
    String attack = DOWNLOAD.replace(parts[0], parts[1]);

    assertThat(attack).isNotEqualTo(DOWNLOAD);
    assertThat(build(attack))
        .containsAnyOf("build-network", "build-address", "build-foreign-write");
  }

  @Test
  void leavesAProbeOfTheCompilerAlone() {
    assertThat(build(PROBE)).isEmpty();
    assertThat(build(PROBE.replace("arg(\"-o\").arg(&program)", "arg(\"-c\").arg(&other)")))
        .contains("build-derived-command");
    assertThat(
            build(
                PROBE.replace(
                    "let compiler",
                    "std::fs::write(&program, include_bytes!(\"probes/a.bin\")); let compiler")))
        .contains("build-derived-command");
  }

  @Test
  void leavesFunctionsOfItsOwnWithTheNamesOfThoseOfTheSystemAlone() {
    String own = "fn system() -> bool { true }\nfn main() { assert!(system()); }\n";

    assertThat(build(own)).isEmpty();
    assertThat(
            build(
                "extern \"C\" { fn system(c: *const i8) -> i32; }\nfn main() { unsafe { system(C); } }\n"))
        .contains("build-native-call");
    assertThat(build("fn main() { unsafe { libc::system(C); } }\n" + own.replace("main", "m")))
        .contains("build-native-call");
  }

  @Test
  void aMacroThatAddsAScriptOfAForeignHostIsANote() {
    String source =
        "#[proc_macro]\npub fn page(i: TokenStream) -> TokenStream { let p = \"<script src='https://cdn.demo-preload.invalid/p.js'></script>\"; quote!(#p).into() }\n";
    CrateBuilder crate =
        demo()
            .manifest("[package]\nname = \"demo\"\nversion = \"1.0.0\"\n[lib]\nproc-macro = true\n")
            .file("src/lib.rs", source);

    assertThat(inspect(crate).signals())
        .extracting(signal -> signal.code().toString())
        .contains("unstated-capability");
  }

  @Test
  void leavesTestsThatAreMadeOfCasesAlone() {
    String cases =
        """
        fn main() {
            let mut out = String::new();
            for (i, line) in std::fs::read_to_string("tests/cases/a.txt").unwrap().lines().enumerate() {
                out.push_str(&format!("#[test] fn c_{i}() {{ check({line:?}); }}"));
            }
            std::fs::write(format!("{}/c.rs", std::env::var("OUT_DIR").unwrap()), out).unwrap();
        }
        """;
    assertThat(build(cases)).isEmpty();
    assertThat(build(cases.replace("{line:?}", "{line}"))).contains("build-data-as-code");
    assertThat(build(cases.replace("#[test] fn", "pub fn"))).contains("build-data-as-code");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "let o = Command::new(\"git\").args([\"rev-parse\", \"HEAD\"]).output().unwrap();",
        "let o = Command::new(\"git\").args([\"describe\", \"--tags\"]).output().unwrap();",
        "let o = Command::new(\"git\").args([\"diff\", \"--name-only\","
            + " \"main\"]).output().unwrap();",
        "let o = Command::new(\"rustfmt\").arg(\"--emit=stdout\").stdin(Stdio::piped()).spawn();",
      })
  void leavesMacrosThatAskToolsAlone(String body) {
    assertThat(macro(body)).isEmpty();
    assertThat(macro(body + " let u = \"https://a.invalid/\";")).isNotEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "let o = Command::new(\"git\").args([\"push\", \"x\", \"HEAD\"]).output().unwrap();",
        "let o = Command::new(\"git\").args([\"-c\", \"core.fsmonitor=x\", \"status\"]).output();",
        "let o = Command::new(\"formatter\").output().unwrap();",
        "let o = Command::new(name()).output().unwrap();",
        "let o = Command::new(\"rustfmt\").output().unwrap(); let s ="
            + " String::from_utf8(o.stdout).unwrap(); let t = TokenStream::from_str(&s);",
      })
  void seesMacrosThatStartMore(String body) {
    assertThat(macro(body)).contains("macro-command");
  }

  @Test
  void leavesWhatIsWrittenAsHexAlone() {
    assertThat(macro("let d = hex::encode(Sha256::digest(&text));")).isEmpty();
    assertThat(macro("let d = hex::decode(text).unwrap();")).contains("macro-decode");
  }

  private static List<String> build(String script) {
    String manifest = script.contains("ureq") ? MANIFEST : MANIFEST.split("\n\\[build-dep", -1)[0];
    return shown(
        demo()
            .manifest(manifest)
            .file("build.rs", script)
            .file("probes/a.c", "int main(void) { return 0; }\n")
            .file("tests/cases/a.txt", "a\n")
            .file("pin.txt", "4f1c\n"));
  }

  private static List<String> macro(String body) {
    String source =
        """
        use std::process::{Command, Stdio};
        #[proc_macro]
        pub fn m(i: TokenStream) -> TokenStream {
            %s
            i
        }
        """
            .formatted(body);
    return shown(
        demo()
            .manifest("[package]\nname = \"demo\"\nversion = \"1.0.0\"\n[lib]\nproc-macro = true\n")
            .file("src/lib.rs", source));
  }

  private static List<String> shown(CrateBuilder crate) {
    return inspect(crate).signals().stream()
        .filter(signal -> signal.weight().compareTo(SignalWeight.REVIEW) >= 0)
        .map(Signal::code)
        .map(Object::toString)
        .distinct()
        .toList();
  }
}
