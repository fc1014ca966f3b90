package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.MANIFEST;
import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.archive.InspectLimits;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Code that appears not to run: targets at unusual paths, tests that are compiled in, references
/// after a limit. All sources are inert and never compiled.
final class HiddenPlaceAttackTest {
  private static final String NET = "pub fn main() { std::net::TcpStream::connect(a); }";
  private static final String THIEF =
      "pub fn f() { std::net::TcpStream::connect(a); open(\".ssh/id_rsa\"); }";

  @ParameterizedTest
  @ValueSource(
      strings = {
        "./build.rs",
        "src/../build.rs",
        "././build.rs",
        ".//build.rs",
        "src/x/../../build.rs",
        "./tests/b.rs",
        "tests//b.rs",
        "tests/./b.rs",
        "tests/x/../b.rs",
        "tests\\\\b.rs",
        ".\\\\tests\\\\b.rs",
        "examples/../tests/b.rs",
      })
  void aBuildScriptAtAPathThatIsNotPlainIsABuildScript(String path) {
    CrateBuilder crate =
        demo()
            .manifest(MANIFEST + "build = \"" + path + "\"\n")
            .file("build.rs", NET)
            .file("tests/b.rs", NET);

    assertThat(codes(crate)).contains("build-network");
  }

  @ParameterizedTest
  @CsvSource({
    "build,/proc/self/cwd/x.rs",
    "build,../qzdata-1.0.0/tests/fixture.rs",
    "build,../demo-1.0.0/build.rs",
    "build,src/../../demo-1.0.0/build.rs",
    "build,C:/x.rs",
    "build,C:x.rs",
    "build,\\\\\\\\host\\\\x.rs",
    "build,..\\\\x.rs",
    "lib,../x.rs",
    "lib,/x.rs",
    "bin,../x.rs",
    "bin,/x.rs"
  })
  void aTargetOutsideOfTheCrateIsAProblem(String kind, String path) {
    assertThat(problems(target(kind, path))).containsExactly("manifest-path-outside");
  }

  @ParameterizedTest
  @CsvSource({
    "build,none.rs",
    "build,Build.rs",
    "build,src",
    "build,Cargo.toml",
    "build,''",
    "build,.",
    "lib,none.rs",
    "lib,src/Lib.rs",
    "lib,tests"
  })
  void aTargetThatIsNoFileOfTheCrateIsAProblem(String kind, String path) {
    assertThat(problems(target(kind, path))).containsExactly("manifest-path-missing");
  }

  @Test
  void aTargetBehindAPathLongerThanAnyIsAProblem() {
    assertThat(problems(target("build", "./".repeat(3_000) + "build.rs")))
        .containsExactly("manifest-path-missing");
  }

  @Test
  void aProgramThatIsNoFileOfTheCrateIsASignal() {
    assertThat(codes(target("bin", "src/none.rs"))).contains("program-missing");
  }

  private static CrateBuilder target(String kind, String path) {
    String manifest =
        switch (kind) {
          case "build" -> MANIFEST + "build = \"" + path + "\"\n";
          case "lib" -> MANIFEST + "[lib]\npath = \"" + path + "\"\n";
          default -> MANIFEST + "[[bin]]\nname = \"x\"\npath = \"" + path + "\"\n";
        };
    return demo().manifest(manifest).file("build.rs", NET);
  }

  @ParameterizedTest
  @ValueSource(strings = {"build = true\n", "metabuild = [\"x\"]\n"})
  void aBuildScriptWithoutAnySourceIsASignal(String key) {
    assertThat(codes(demo().manifest(MANIFEST + key))).contains("build-script-missing");
  }

  @Test
  void aBuildScriptInOtherLettersIsABuildScript() {
    assertThat(codes(demo().manifest(MANIFEST).file("Build.rs", NET))).contains("build-network");
  }

  @ParameterizedTest
  @ValueSource(strings = {"./tests/lib.rs", "tests//lib.rs", "src/../tests/lib.rs", "tests/lib.rs"})
  void aMacroAmongTestsIsAMacro(String path) {
    CrateBuilder crate =
        demo()
            .manifest(MANIFEST + "[lib]\nproc-macro = true\npath = \"" + path + "\"\n")
            .file("tests/lib.rs", NET);

    assertThat(codes(crate)).contains("macro-network");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "---{ use std::net::TcpStream; 1i32\n--- 1 }",
        "----{ use std::net::TcpStream; 1i32\n---- 1 }",
        "\n---{ use std::net::TcpStream; 1i32\n--- 1 }",
        "---{ let _ = \"\n---\n\"; use std::net::TcpStream; \"\n\"; 1 }",
        "---\na = \"\n---\nuse std::net::TcpStream;",
        "---\n/*\n---\nuse std::net::TcpStream;",
        "#!/** \"*/[\"\nuse std::net::TcpStream;",
      })
  void codeBetweenOrBehindFencesIsRead(String part) {
    CrateBuilder crate =
        demo()
            .buildScript("fn main() { let _n: i32 = include!(\"part.rs\"); }")
            .file("part.rs", part);

    assertThat(codes(crate)).contains("build-network");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "references|#[cfg(any())] mod a%d;\\n|4100|#[path = \"tests/b.rs\"] mod b;",
        "includes|const _: () = include!(\"a%d\");\\n|4100|include!(\"tests/b.rs\");",
        "aliases|use std::net as a%d;\\n|4100|use std::net as n; fn main() { n::x(); }",
        "globs|use %s::*;\\n|86|",
        "constants|const A%d: &str = \"a\";\\n|16400|",
        "mentions of paths|#[path = \"a%d\"]\\n|70|mod b;",
      })
  void nothingIsDroppedInSilence(String what, String line, int times, String last) {
    var source = new StringBuilder();
    for (int i = 0; i < times; i++) {
      String name = what.equals("globs") ? GLOBS.get(i % GLOBS.size()) : String.valueOf(i);
      source.append(line.replace("\\n", "\n").replace("%d", name).replace("%s", name));
    }
    source.append(last == null ? "" : last).append("\nfn main() {}\n");
    CrateBuilder crate = demo().buildScript(source.toString()).file("tests/b.rs", NET);

    assertThat(codes(crate)).contains("not-looked-into");
  }

  private static final List<String> GLOBS = globs();

  private static List<String> globs() {
    List<String> modules = new ArrayList<>();
    for (String runtime :
        List.of("tokio", "async_std", "smol", "mio", "monoio", "compio", "tokio_uring")) {
      modules.add(runtime);
      modules.add(runtime + "::net");
      modules.add(runtime + "::fs");
      modules.add(runtime + "::process");
    }
    for (String crate :
        "reqwest ureq hyper curl isahc attohttpc minreq surf awc ehttp http_req tiny_http tungstenite websocket quinn h3 socket2 native_tls rustls russh suppaftp ftp lettre telnet pnet serenity webhook octocrab wreq rquest nyquest cyper self_update object_store opendal sentry zmq rumqttc lapin redis mongodb async_process duct subprocess xshell cmd_lib run_script execute shells base64 hex"
            .split(" ", -1)) {
      modules.add(crate);
    }
    return modules;
  }

  @Test
  void aChainOfFilesThatPullInFilesIsNotLeftInSilence() {
    CrateBuilder crate = demo().buildScript("fn main() {}\ninclude!(\"a0.in\");");
    for (int i = 0; i < 8; i++) {
      crate.file("a" + i + ".in", "include!(\"a" + (i + 1) + ".in\");");
    }
    assertThat(codes(crate.file("a8.in", NET))).containsAnyOf("not-looked-into", "build-network");
  }

  @Test
  void aManifestWithMoreThanIsKeptIsNotLeftInSilence() {
    var manifest = new StringBuilder(MANIFEST).append("[build-dependencies]\n");
    for (int i = 0; i < 4_100; i++) {
      manifest.append("a").append(i).append(" = \"1\"\n");
    }
    assertThat(codes(demo().manifest(manifest + "ureq = \"2\"\n"))).contains("not-looked-into");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#[cfg(test)] mod t { use std::net::TcpStream; } fn main() {}",
        "#[test] fn main() { std::net::TcpStream::connect(a); }",
        "use helper::test; #[test] fn main() { std::net::TcpStream::connect(a); }",
        "use helper::x as bench; #[bench] fn main() { std::net::TcpStream::connect(a); }",
        "use helper::*; #[test] fn main() { std::net::TcpStream::connect(a); }",
        "#![cfg(test)] use std::net::TcpStream;",
        "#[cfg(test)] mod b; fn main() {}",
        "#[cfg(test)] include!(\"tests/b.rs\"); fn main() {}",
        "#[path = \"tests/b.rs\"] mod x; fn main() {}",
        "#[path = \"././tests//b.rs\"] mod x; fn main() {}",
        "#[path = \"tests\"] mod x { mod b; } fn main() {}",
        "#[path = \"tests\\\\b.rs\"] mod x; fn main() {}",
        "fn f() { let path = \"zz\"; } mod b; fn main() {}",
        "fn f(path: &str) { let path = \"zz\"; } #[path = \"tests/b.rs\"] mod x;",
        "#[path = \"tests/b.rs\"] #[doc = concat!{\"x\"}] mod x; fn main() {}",
        "macro_rules! m { ($n:ident) => { mod $n; } } m!(b); fn main() {}",
        "macro_rules! m { ($n:ident) => { #[path = \"tests/b.rs\"] mod $n; } } m!(q);",
        "macro_rules! m { ($p:literal) => { include!($p); } } m!(\"tests/b.rs\");",
        "macro_rules! m { ($p:literal) => { #[path = $p] mod x; } } m!(\"tests/b.rs\");",
        "include!(concat!(env!(\"HERE\"), \"/x.rs\")); const P: &str = \"tests/b.rs\";",
      })
  void aBuildScriptHasNoTests(String source) {
    assertThat(codes(demo().buildScript(source).file("b.rs", NET).file("tests/b.rs", NET)))
        .contains("build-network");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "use helper::test; #[test] THIEF",
        "use helper::{a, test}; #[test] THIEF",
        "use helper::run as test; #[test] THIEF",
        "use helper::run as bench; #[bench] THIEF",
        "use helper::*; #[test] THIEF",
        "use helper::attributes::*; #[bench] THIEF",
        "#[macro_use] extern crate helper; #[test] THIEF",
        "#[macro_use(test)] extern crate helper; #[test] THIEF",
        "#[helper::keep] #[cfg(test)] THIEF",
        "#[keep] #[cfg(test)] THIEF",
        "#[keep] #[test] THIEF",
        "#[keep] mod m { #[cfg(test)] THIEF }",
        "#[cfg_attr(all(), keep)] #[cfg(test)] THIEF",
        "#[cfg_attr(all(), inline, helper::keep)] mod m { #[cfg(test)] THIEF }",
        "#[core::keep] mod m { #[test] THIEF }",
        "helper::keep! { #[cfg(test)] THIEF }",
        "fn f<#[cfg(test)] T>() { THIEF }",
        "fn f<A, #[cfg(test)] T: Fn() -> u8>() { THIEF }",
        "impl<#[cfg(test)] T> X { THIEF }",
        "fn f<#[cfg(test)] const N: usize = { 1 }>() { THIEF }",
        "fn f<#[cfg(test)] 'a>() { THIEF }",
        "fn f(#[cfg(test)] a: u8) { THIEF }",
        "const F: X = |#[cfg(test)] a| { THIEF };",
        "#[keep] impl A<{ 1 }> for B { #[cfg(test)] THIEF }",
        "#[keep] fn f() -> A<{ 1 }> { #[cfg(test)] THIEF }",
        "#[keep] const A: T = S { a: 1 }.b({ #[cfg(test)] THIEF });",
        "#[keep] impl A<{ 1 }, 2> for B<C> where D<{ 1 }>: E { #[cfg(test)] THIEF }",
        "#[cfg(any(test, unix))] THIEF",
        "#[cfg(all(any(test, unix)))] THIEF",
        "#[cfg(all(not(test), unix))] THIEF",
        "#[cfg(not(test))] THIEF",
        "#[path = \"../tests/b.rs\"] mod x;",
        "include!(\"../tests/b.rs\");",
        "#[path = \"../tests\"] mod x { pub mod b; }",
        "#[test] fn t() { include!(\"../tests/b.rs\") }",
      })
  void aTestThatCanBeCompiledInIsCode(String source) {
    CrateBuilder crate =
        demo().file("src/lib.rs", source.replace("THIEF", THIEF)).file("tests/b.rs", THIEF);

    assertThat(codes(crate)).contains("network-and-secrets");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "#[test] THIEF",
        "#[bench] THIEF",
        "#[cfg(test)] THIEF",
        "#[cfg(all(test, unix))] mod t { THIEF }",
        "#[cfg(all(feature = \"x\", test))] mod t { THIEF }",
        "use std::*; #[test] THIEF",
        "use crate::x::*; #[test] THIEF",
        "#[macro_use] extern crate alloc; #[test] THIEF",
        "#[inline] #[allow(clippy::all)] #[test] THIEF",
        "#[cfg(test)] mod t { use super::*; use helper::*; #[test] THIEF }",
        "#[cfg_attr(docsrs, doc(cfg(x)))] mod m { #[cfg(test)] THIEF }",
        "#[rustfmt::skip] mod m { #[cfg(test)] THIEF }",
        "#[cfg(test)] pub fn g<T: Into<Vec<u8>>>(t: T) -> Option<T> { THIEF }",
        "#[cfg(test)] impl<T> A<T> for B<Vec<T>> where T: C<D> { THIEF }",
        "#[serde(x)] struct A { #[serde(y)] a: B<C>, } #[cfg(test)] mod t { THIEF }",
        "#[error(\"x\")] enum A { #[error(\"y\")] B = 1, } #[cfg(test)] mod t { THIEF }",
        "#[async_trait] impl A for B { fn c() -> D { e } } #[cfg(test)] mod t { THIEF }",
        "#[cfg(test)] #[path = \"../tests/b.rs\"] mod x;",
      })
  void aTestIsATest(String source) {
    CrateBuilder crate =
        demo().file("src/lib.rs", source.replace("THIEF", THIEF)).file("tests/b.rs", THIEF);

    assertThat(codes(crate)).doesNotContain("network-and-secrets", "not-looked-into");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "println!(\"cargo::rustc-cfg=test\")",
        "println!(\"cargo:rustc-cfg=test\")",
        "print!(\"cargo:rustc-cfg=test\\ncargo:x=y\\n\")",
        "println!(\"cargo:rustc-cfg={}\", \"test\")",
        "println!(\"cargo:rustc-cfg={x}\", x = \"test\")",
        "println!(\"cargo:rustc-{}={}\", \"cfg\", \"test\")",
        "println!(\"{}rustc-cfg{}test\", \"cargo:\", \"=\")",
        "println!(\"cargo:rustc-cfg={}{}\", \"te\", \"st\")",
        "println!(\"cargo:rustc-cfg=t{}t\", \"es\")",
        "println!(concat!(\"cargo:rustc\", \"-cfg=te\", \"st\"))",
        "let s = [\"cargo:rustc-cfg\", \"=\", \"test\"].concat(); println!(\"{s}\")",
        "let mut s = String::from(\"cargo:rustc-c\"); s.push_str(\"fg=te\"); s.push_str(\"st\");",
        "let s = \"tset\".chars().rev(); println!(\"cargo:rustc-cfg={}\", s)",
        "println!(\"cargo:rustc-cfg={}\", stringify!(test))",
        "let s = [116u8, 101, 115, 116]; println!(\"cargo:rustc-cfg={}\", utf8(s))",
        "let s = ['t', 'e', 's', 't']; println!(\"cargo:rustc-cfg={}\", text(s))",
        "println!(\"cargo:rustc-cfg={}\", \"TEST\".to_lowercase())",
        "out.write_all(b\"cargo:rustc-cfg=test\\n\")",
        "const C: &str = \"test\"; println!(\"cargo:rustc-cfg={C}\")",
        "go(r#\"cargo:rustc-cfg=test\"#)",
      })
  void aBuildScriptThatSetsTestMakesTestsCode(String body) {
    CrateBuilder crate =
        demo()
            .buildScript("fn main() { " + body + "; }")
            .file("src/lib.rs", "#[cfg(test)] " + THIEF);

    assertThat(codes(crate)).contains("build-sets-test", "network-and-secrets");
  }

  @Test
  void aBuildScriptOfSeveralFilesThatSetsTestMakesTestsCode() {
    CrateBuilder crate =
        demo()
            .procMacro()
            .buildScript("mod name; fn main() { println!(\"cargo:rustc-cfg={}\", name::N); }")
            .file("name.rs", "pub const N: &str = \"test\";")
            .file("src/lib.rs", "#[cfg(test)] mod hidden;")
            .file("src/hidden.rs", NET);

    assertThat(codes(crate)).contains("build-sets-test", "macro-network");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "println!(\"cargo:rustc-cfg=has_test\")",
        "println!(\"cargo:rustc-cfg=test_feature\"); f(\"tests/a.rs\")",
        "println!(\"cargo:rustc-check-cfg=cfg(test)\")",
        "println!(\"cargo:rustc-cfg=x\"); panic!(\"the test failed\")",
        "f(\"test\")",
      })
  void aBuildScriptThatSetsSomethingElseIsNoFinding(String body) {
    assertThat(codes(demo().buildScript("fn main() { " + body + "; }")))
        .doesNotContain("build-sets-test");
  }

  @Test
  void aBinaryAmongTestsThatIsNamedBehindManyPathsCounts() {
    var source = new StringBuilder("fn f() {");
    for (int i = 0; i < 300; i++) {
      source.append("g(\"a/b").append(i).append(".c\");");
    }
    source.append("g(\"tests/x.bin\"); }");
    byte[] elf = {0x7F, 'E', 'L', 'F', 2, 1, 1, 0};
    Findings findings =
        inspect(demo().file("src/lib.rs", source.toString()).file("tests/x.bin", elf));

    assertThat(findings.signals())
        .anyMatch(
            s -> s.code().code().equals("executable-file") && s.weight() == SignalWeight.HIGH);
  }

  @Test
  void aBuildScriptThatIsNotReadForWantOfRoomIsASignal() {
    CrateBuilder crate = demo().buildScript("fn main() {}");
    String source = "mod a_name_of_some_length;".repeat(4_096);
    for (int i = 0; i < 40; i++) {
      crate.file("a%02d.rs".formatted(i), source);
    }

    assertThat(codes(crate)).contains("build-script-missing", "not-looked-into");
  }

  private static List<String> problems(CrateBuilder crate) {
    return InspectionFixture.inspect(crate.build(), InspectLimits.DEFAULT).problems().stream()
        .map(problem -> problem.code().code())
        .toList();
  }

  private static List<String> codes(CrateBuilder crate) {
    Findings findings = inspect(crate);
    assertThat(findings.problems()).isEmpty();
    return findings.signals().stream().map(s -> s.code().code()).distinct().toList();
  }
}
