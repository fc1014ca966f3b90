package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Clock;
import java.util.List;
import java.util.Set;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Bytes;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.archive.UnverifiedCrate;
import lazaret.vetting.archive.Verification;
import lazaret.vetting.crates.Sha256;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// The smallest source for each signal. All sources are inert: addresses are reserved ones, and
/// nothing here is ever compiled.
final class SignalDetectorTest {
  private static final String MANIFEST = InspectionFixture.MANIFEST + "edition = \"2021\"\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "build-network|std::net::TcpStream::connect(a);",
        "build-network|reqwest::blocking::get(u);",
        "build-tls-off|c.danger_accept_invalid_certs(true);",
        "build-chmod|f.set_permissions(p.set_mode(0o755));",
        "build-credentials|read(home.join(\".ssh/id_ed25519\"));",
        "build-credentials|var(\"AWS_SECRET_ACCESS_KEY\");",
        "build-address|go(\"192.0.2.7:80\");",
        "build-address|std::net::Ipv4Addr::new(192, 0, 2, 7);",
        "build-address|std::net::UdpSocket::bind(\"x\"); get(\"https://host.invalid/a\");",
        "build-decode|base64::decode(x);",
        "build-native-call|x(); } extern \"C\" { fn socket(a: i32) -> i32; } fn y() {",
        "build-network|x(); } unsafe extern \"C\" { fn connect(a: i32); } fn y() {",
        "build-network|libc::connect(a, b, c);",
        "build-network|x(); } extern { #[link_name = \"socket\"] fn s(); } fn y() {",
        "build-shell|std::process::Command::new(\"sh\").arg(\"-c\");",
        "build-shell|std::process::Command::new(\"/usr/bin/curl\");",
        "build-shell|std::process::Command::new(\"cmd.exe\");",
        "build-git|std::process::Command::new(\"git\").arg(\"diff\");",
        "build-walks-up|std::fs::read(\"../../Cargo.lock\");",
        "build-env-all|for (k, v) in std::env::vars() {}",
        "build-ci-probe|std::env::var(\"GITLAB_CI\");",
      })
  void seesWhatABuildScriptDoes(String code, String body) {
    assertThat(codes(buildScript("fn main() { " + body + " }"))).contains(code);
  }

  @Test
  void seesALongArrayOfBytesInABuildScript() {
    String bytes = "0x90, 200, 7u8, ".repeat(100);

    assertThat(codes(buildScript("static A: &[u8] = &[" + bytes + "];"))).contains("build-bytes");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fn main() { cc::Build::new().file(\"a.c\").compile(\"a\"); }",
        "fn main() { println!(\"cargo:rerun-if-changed=build.rs\"); }",
        "use std::process::Command; fn main() { Command::new(rustc).arg(\"--version\"); }",
        "fn main() { let _ = std::env::var(\"CARGO_CFG_TARGET_OS\"); panic!(\"see https://a.b\") }",
        "fn main() { std::fs::write(out.join(\"gen.rs\"), \"fn f() {}\"); }",
        "use std::process::Command; fn main() { Command::new(\"git\").arg(\"rev-parse\"); }",
        "// std::net::TcpStream \"/bin/sh\"\nfn main() {} /* curl 192.0.2.1 */",
      })
  void leavesOrdinaryBuildScriptsAlone(String source) {
    assertThat(codes(buildScript(source))).isSubsetOf("no-commit");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "use std::net::TcpStream as T; fn main() { T::connect(a); }",
        "use std::{net as n, fs}; fn main() { n::TcpStream::connect(a); }",
        "use std as s; fn main() { s::net::TcpStream::connect(a); }",
        "use std as s; use s::net as n; fn main() { n::TcpStream::connect(a); }",
        "use s::net as n; use std as s; fn main() { n::TcpStream::connect(a); }",
        "use std::net::*; fn main() { TcpStream::connect(a); }",
        "use std::*; fn main() { net::TcpStream::connect(a); }",
        "use ::std::net::{self, TcpStream}; fn main() {}",
        "extern crate std as s; fn main() { s::net::UdpSocket::bind(a); }",
        "macro_rules! go { ($a:expr) => { std::net::TcpStream::connect($a) } } fn main() {}",
        "macro_rules! go { ($m:ident) => { std::$m::TcpStream::connect(1) } } fn main() {}",
        "type T = std::net::TcpStream; fn main() { T::connect(a); }",
        "fn main() { std :: net /* x */ :: r#TcpStream :: connect(a); }",
        "pub use std::net::TcpStream as _T; fn main() {}",
        "use std::os::unix::net::UnixStream; fn main() {}",
        "macro_rules! m { (#[cfg(test)] $i:item) => { $i } } m! { #[cfg(test)] "
            + "fn f() { std::net::TcpStream::connect(a); } } fn main() {}",
        "struct S { #[cfg(test)] a: u8 } fn main() { std::net::TcpStream::connect(a); }",
      })
  void seesThroughNames(String source) {
    assertThat(codes(buildScript(source))).contains("build-network");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "`const U: &str = concat!(\"htt\", \"p://ho\", \"st.invalid/x\");`",
        "`let u = [\"ht\", \"tps:\", \"//host.invalid\"].concat();`",
        "`let mut s = String::new(); s.push_str(\"ht\"); s.push_str(\"tp://host.invalid\");`",
        "`s += \"ht\"; s += \"tp:/\"; s += \"/host.invalid\";`",
        "`const A: &str = \"ht\"; const B: &str = \"tp://h.invalid\"; let u = [A, B].concat();`",
        "`let u = format!(\"{}{}\", A, B); const B: &str = \"tp://h.invalid\"; const A: &str = \"ht\";`",
        "`let u = ['h','t','t','p',':','/','/','h','o','s','t'];`",
        "`let u = [104, 116, 116, 112, 58, 47, 47, 104, 111, 115, 116];`",
        "`let u = [0x68u8, 0x74, 0x74, 0x70, 0x3a, 0x2f, 0x2f, 0x68, 0x6f, 0x73, 0x74];`",
        "`let u = \"aHR0cDovL2hvc3QuaW52YWxpZC94\";`",
        "`let u = [\"aHR0cDov\", \"L2hvc3Qu\", \"aW52YWxpZC94\"].concat();`",
        "`let u = \"YUhSMGNEb3ZMMmh2YzNRdWFXNTJZV3hwWkM5NA==\";`",
        "`let u = \"687474703a2f2f686f73742e696e76616c6964\";`",
        "`let u = b\"\\x2a\\x36\\x36\\x32\\x78\\x6d\\x6d\\x2a\\x2d\\x31\\x36\";`",
        "`let u = \"dilavni.tsoh//:ptth\";`",
        "`let u = \"\\x68\\x74\\x74\\x70\\u{3a}//host.invalid\"; let v = \"L2Jpbi9zaCAtaQ==\";`",
      })
  void seesThroughPiecesAndEncodings(String body) {
    Findings findings = inspect(demo().file("src/lib.rs", "pub fn f() { " + body + " }"));

    assertThat(findings.signals()).extracting(Signal::code).contains(SignalCode.HIDDEN_TEXT);
  }

  @Test
  void followsModulesAndIncludesOfABuildScript() {
    String net = "pub fn go() { std::net::TcpStream::connect(a); }";
    assertThat(codes(buildScript("mod imp; fn main() {}").file("imp.rs", net)))
        .contains("build-network");
    assertThat(codes(buildScript("#[path = \"src/x.rs\"] mod x;").file("src/x.rs", net)))
        .contains("build-network");
    assertThat(codes(buildScript("include!(\"data/x.txt\");").file("data/x.txt", net)))
        .contains("build-network", "build-odd-source");
    assertThat(codes(buildScript("std::include!(\"x.txt\");").file("x.txt", net)))
        .contains("build-network");
    assertThat(codes(buildScript("use std::include as i; i!{\"x\"}").file("x", net)))
        .contains("build-network");
    assertThat(
            codes(
                buildScript("include!(concat!(env!(\"CARGO_MANIFEST_DIR\"), \"/a.in\"));")
                    .file("a.in", "include!(\"b.in\");")
                    .file("b.in", net)))
        .contains("build-network");
  }

  @Test
  void findsTheBuildScriptUnderAnyName() {
    String manifest = MANIFEST + "build = \"tools/gen.rs\"\n";
    var crate = demo().manifest(manifest).file("tools/gen.rs", "use std::net::TcpStream;");

    assertThat(codes(crate)).contains("build-network");
  }

  @Test
  void seesThroughDependenciesRenamedInTheManifest() {
    var crate =
        demo()
            .manifest(
                MANIFEST
                    + "build = \"0build.rs\"\n[build-dependencies]\n"
                    + "tiny = { package = \"ureq\", version = \"2\" }\n")
            // Precedes the manifest in the archive.
            .file("0build.rs", "fn main() { tiny::get(u).call(); }");

    assertThat(codes(crate)).contains("build-network", "build-dependency");
  }

  @Test
  void readsDataThatIsCompiledIn() {
    var crate =
        demo()
            .file("src/lib.rs", "static A: &str = include_str!(\"../a.dat\");")
            .file("a.dat", "aHR0cDovL2hvc3QuaW52YWxpZC94\n");

    assertThat(codes(crate)).contains("hidden-text");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "hidden-text|`a table\naHR0cDovL2hvc3QuaW52YWxpZC94\n`",
        "hidden-text|`# in two lines\naHR0cDovL2hv\nc3QuaW52YWxpZC94`",
        "hidden-text|`f0VMRgIBAQAAAAAAAAAAAAEAPgABAAAA\n`",
        "network-and-secrets|`a\n.ssh/id_rsa\n`",
        "fetch-and-run|`http://host.invalid\nsh\n`",
        "drop-address|`https://api.telegram.org/bot1:x/sendMessage\n`",
      })
  void readsDataThatIsCompiledInByLines(String code, String data) {
    var crate =
        demo()
            .file(
                "src/lib.rs",
                "fn f() { reqwest::get(A); std::process::Command::new(B); }"
                    + " static A: &str = include_str!(\"../a.dat\");")
            .file("a.dat", data.replace("\\n", "\n"));

    assertThat(codes(crate)).contains(code);
  }

  @Test
  void dataOfABuildScriptIsPartOfIt() {
    var crate =
        buildScript("fn main() { x(include_str!(\"a.dat\")); }")
            .file("a.dat", "# a table\naHR0cDovL2hvc3QuaW52YWxpZC94\n");

    assertThat(codes(crate)).contains("hidden-text");
    assertThat(inspect(crate).trace())
        .isNotEqualTo(
            inspect(
                    buildScript("fn main() { x(include_str!(\"a.dat\")); }")
                        .file("a.dat", "# another one\n"))
                .trace());
  }

  @Test
  void bindingsThatNameEverythingAreNoDropper() {
    String bindings =
        """
        extern "C" {
            pub fn connect(a: i32) -> i32;
            pub fn execve(a: *const u8) -> i32;
        }
        pub const _PATH_BSHELL: &[u8] = b"/bin/sh";
        """;

    assertThat(codes(demo().file("src/lib.rs", bindings))).doesNotContain("fetch-and-run");
    assertThat(
            codes(demo().file("src/lib.rs", bindings + "fn f() { libc::connect(1); execve(A); }")))
        .doesNotContain("fetch-and-run");
    assertThat(
            codes(
                demo()
                    .file(
                        "src/lib.rs",
                        bindings + "fn f() { libc::connect(1); std::process::Command::new(A); }")))
        .contains("fetch-and-run");
  }

  @Test
  void seesProgramsInSource() {
    String elf = "0x7f, b'E', b'L', b'F', 2, 1, 1, " + "0, ".repeat(60);

    assertThat(codes(demo().file("src/lib.rs", "static A: &[u8] = &[" + elf + "];")))
        .contains("hidden-text");
    // The magic number alone is not a program, and a component's types cannot run.
    assertThat(
            codes(
                demo()
                    .file(
                        "src/lib.rs",
                        "static A: &[u8] = b\"\\x7fELF\"; static B: &[u8] = b\"\\0asm\\x0d\\0\\x01\\0"
                            + "\\0".repeat(90)
                            + "\";")))
        .doesNotContain("hidden-text");
  }

  @Test
  void aProgramAmongTestsCountsWhereOtherCodeNamesIt() {
    byte[] elf = {0x7F, 'E', 'L', 'F', 2, 1, 1, 0};
    String reads = "fn f() { std::fs::read(\"tests/data/x.bin\"); }";

    assertThat(
            weight(
                inspect(buildScript(reads).file("tests/data/x.bin", elf)),
                SignalCode.EXECUTABLE_FILE))
        .isEqualTo(SignalWeight.HIGH);
    assertThat(
            weight(
                inspect(
                    demo()
                        .file("src/lib.rs", "#[cfg(test)] mod t { " + reads + " }")
                        .file("tests/data/x.bin", elf)),
                SignalCode.EXECUTABLE_FILE))
        .isEqualTo(SignalWeight.NOTE);
  }

  @Test
  void whatIsNamedLikeAnObjectCountsWhereTheBuildLinks() {
    var links = buildScript("fn main() { println!(\"cargo:rustc-link-search=native\"); }");

    Findings findings = inspect(links.file("native/libx.a", "INPUT(/tmp/y.o)\n"));

    assertThat(weight(findings, SignalCode.BUILD_LINKS_BINARY)).isEqualTo(SignalWeight.REVIEW);
    assertThat(codes(demo().file("native/libx.a", "INPUT(y.o)\n")))
        .doesNotContain("build-links-binary");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "network-and-secrets|use std::net::TcpStream; fn f() { open(\".ssh/id_rsa\"); }",
        "network-and-secrets|fn f() { reqwest::get(u); read(\".env\"); }",
        "network-and-environment|use std::net::TcpStream; fn f() { std::env::vars(); }",
        "fetch-and-run|use std::{net::TcpStream, process::Command, env::temp_dir};",
        "fetch-and-run|use std::{net::TcpStream, process::Command}; fn f() { p.set_mode(7); }",
        "fetch-and-run|fn f() { reqwest::get(u); std::process::Command::new(\"sh\"); }",
        "runs-downloader|fn f() { std::process::Command::new(\"curl\"); }",
        "runs-downloader|fn f() { std::process::Command::new(s).arg(\"wget -q x\"); }",
        "ci-probe-and-run|fn f() { std::process::Command::new(std::env::var(\"GITLAB_CI\")); }",
        "persistence|fn f() { std::fs::write(\".ssh/authorized_keys\", k); }",
        "key-pattern|const R: &str = \"0x[0-9a-fA-F]{64}\";",
        "key-pattern|const R: &str = \"[1-9A-HJ-NP-Za-km-z]{87,88}\";",
        "drop-address|const R: &str = \"https://api.telegram.org/bot1:x/sendMessage\";",
      })
  void seesWhatALibraryDoes(String code, String source) {
    assertThat(codes(demo().file("src/lib.rs", source))).contains(code);
  }

  @Test
  void weighsTestsLess() {
    String source = "use std::net::TcpStream; fn f() { open(\".ssh/id_rsa\"); }";
    assertThat(codes(demo().file("tests/a.rs", source))).doesNotContain("network-and-secrets");
    assertThat(codes(demo().file("src/lib.rs", "#[cfg(test)] mod t { " + source + "}")))
        .doesNotContain("network-and-secrets");
    assertThat(
            codes(
                demo()
                    .file("src/lib.rs", "#[path = \"../tests/a.rs\"] mod a;")
                    .file("tests/a.rs", source)))
        .contains("network-and-secrets");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "macro-network|use std::net::TcpStream;",
        "macro-shell|fn f() { std::process::Command::new(\"sh\"); }",
        "macro-credentials|fn f() { std::env::vars(); open(\".aws/credentials\"); }",
      })
  void seesWhatAProcMacroDoes(String code, String source) {
    assertThat(codes(demo().procMacro().file("src/lib.rs", source))).contains(code);
  }

  @Test
  void seesFilesThatNobodyCanRead() {
    byte[] elf = {0x7F, 'E', 'L', 'F', 2, 1, 1, 0};
    var inCrate = inspect(demo().file("assets/x", elf));
    var inTests = inspect(demo().file("tests/x", elf));

    assertThat(weight(inCrate, SignalCode.EXECUTABLE_FILE)).isEqualTo(SignalWeight.HIGH);
    assertThat(weight(inTests, SignalCode.EXECUTABLE_FILE)).isEqualTo(SignalWeight.NOTE);
    assertThat(
            codes(
                buildScript("fn main() { println!(\"cargo:rustc-link-search=assets\"); }")
                    .file("assets/x.o", elf)))
        .contains("build-links-binary");
    assertThat(
            codes(
                demo()
                    .file("src/lib.rs", "static A: &[u8] = include_bytes!(\"a.bin\");")
                    .file("src/a.bin", new byte[] {0x1F, (byte) 0x8B, 8, 0, 0})))
        .contains("included-blob", "compressed-file");
  }

  @Test
  void seesWhatIsOddAboutSources() {
    assertThat(codes(demo().file("src/lib.rs", "// a\u202Eb\n"))).contains("hidden-characters");
    assertThat(codes(demo().file("src/x.rs", new byte[] {'/', '/', (byte) 0xFF})))
        .contains("not-utf8-source");
    assertThat(codes(demo().file(".cargo/config.toml", "[build]\n"))).contains("cargo-config");
    assertThat(codes(demo().file("src/lib.rs", "include!(\"a.in\");").file("src/a.in", "")))
        .contains("odd-source");
    assertThat(codes(demo().file("src/big.rs", new byte[9 << 20]))).contains("not-looked-into");
  }

  @Test
  void seesWhereTheArchiveComesFrom() {
    String sha = "{\"git\":{\"sha1\":\"0123456789012345678901234567890123456789\"%s}}";
    assertThat(codes(demo())).contains("no-commit");
    assertThat(codes(demo().file(".cargo_vcs_info.json", sha.formatted(""))))
        .doesNotContain("no-commit", "dirty-commit");
    assertThat(codes(demo().file(".cargo_vcs_info.json", sha.formatted(",\"dirty\": true"))))
        .contains("dirty-commit");
    assertThat(codes(demo().manifest(MANIFEST + "authors = [\"D. T. <dtolney@host.invalid>\"]\n")))
        .contains("look-alike-identity");
    assertThat(
            codes(demo().manifest(MANIFEST + "authors = [\"A Tolnay <dtolnay@host.invalid>\"]\n")))
        .doesNotContain("look-alike-identity");
  }

  @Test
  void findsIndicatorsInAnyFile() {
    byte[] payload = InspectionFixture.bytes("inert");
    var indicators =
        IndicatorSet.of(
            Set.of(Sha256.of(Bytes.of(payload))), List.of("evil.invalid", "203.0.113.9"));
    var crate =
        demo()
            .file("README.md", "see notevil.invalid and evil.invalid.")
            .file("a.bin", payload)
            .file(
                "src/lib.rs", "const A: &[u8] = &[101,118,105,108,46,105,110,118,97,108,105,100];");
    var id = crate.id();
    var match = (Verification.Match) new UnverifiedCrate(crate.build()).verify(id);

    Findings findings =
        Inspector.inspect(match.crate(), InspectLimits.DEFAULT, indicators, Clock.systemUTC());

    assertThat(findings.signals())
        .filteredOn(s -> s.weight() == SignalWeight.BLOCK)
        .extracting(Signal::location)
        .containsExactlyInAnyOrder("a.bin", "README.md", "src/lib.rs:1");
  }

  @Test
  void namesFileLineAndExcerpt() {
    Findings findings = inspect(buildScript("\n\nuse std::net::TcpStream;\n"));

    assertThat(findings.signals().getFirst().toString())
        .isEqualTo("build-network at build.rs:3: use std::net::TcpStream;");
  }

  private static CrateBuilder buildScript(String source) {
    return demo().buildScript(source);
  }

  private static SignalWeight weight(Findings findings, SignalCode code) {
    return findings.signals().stream()
        .filter(s -> s.code() == code)
        .findFirst()
        .orElseThrow()
        .weight();
  }

  private static List<String> codes(CrateBuilder crate) {
    Findings findings = inspect(crate);
    assertThat(findings.problems()).isEmpty();
    return findings.signals().stream().map(s -> s.code().code()).distinct().toList();
  }
}
