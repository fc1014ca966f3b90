package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Build scripts by their behavior, without an address, the name of a secret or a shell. All
/// sources are inert and never compiled.
final class BuildBehaviorTest {
  private static final String HEAD =
      "use std::{env, fs, path::{Path, PathBuf}, process::Command};\n";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Execution other than Command.
        "build-native-call|`fn main() { unsafe { core::arch::asm!(\"syscall\", in(\"rax\") 59) } }`",
        "build-native-call|`std::arch::global_asm!(\".globl x\"); fn main() {}`",
        "build-native-call|`extern \"C\" { fn any_name(a: *const i8) -> i32; } fn main() {}`",
        "build-native-call|`unsafe extern \"system\" { fn other(); } fn main() {}`",
        "build-native-call|`fn main() { unsafe { libc::memfd_create(n, 0); } }`",
        "build-native-call|`use libc::*; fn main() { unsafe { dlopen(p, 2); } }`",
        "build-native-call|`fn main() { libc::posix_spawnp(a, b, c, d, e, f); }`",
        "build-native-call|`fn main() { nix::unistd::execv(&a, &b); }`",
        "build-native-call|`fn main() { unsafe { libc::syscall(322, fd); } }`",
        "build-native-call|`fn main() { let f: extern \"C\" fn() = unsafe { std::mem::transmute(p) }; f(); }`",
        "build-native-call|`fn main() { unsafe { (std::mem::transmute::<_, fn()>(B.as_ptr()))() } }`",
        "build-native-call|`fn main() { let l = libloading::Library::new(p); }`",
        // Linker arguments that choose a program or a plugin.
        "build-linker|`fn main() { println!(\"cargo:rustc-link-arg=-fuse-ld={}\", out); }`",
        "build-linker|`fn main() { let k = \"-fuse\"; println!(\"cargo::rustc-link-arg={k}-ld=./x\"); }`",
        "build-linker|`fn main() { println!(\"cargo:rustc-link-arg-bins={}{}{}\", \"-Wl,-\", \"plug\", \"in,x.so\"); }`",
        "build-linker|`fn main() { println!(\"{}\", [\"cargo:rustc-\", \"link-arg=\", \"-B\", \"./tools\"].concat()); }`",
        "build-linker|`fn main() { println!(\"cargo:rustc-link-arg={}\", choose()); }`",
        "build-linker|`fn main() { println!(\"cargo:rustc-flags=-C linker={}\", p); }`",
        "build-linker|`fn main() { println!(\"cargo:rustc-env=RUSTC_WRAPPER={}\", p); }`",
        "build-linker|`fn main() { println!(\"cargo:rustc-cdylib-link-arg=-wrapper\"); }`",
        "build-linker|`fn main() { let mut s = String::from(\"cargo:rustc-link\"); s.push_str(\"-arg=@\"); s.push_str(p); println!(\"{}\", s); }`",
        // Configuration of cargo, git, rustup and shells.
        "build-config|`fn main() { fs::write(root.join(\".cargo\").join(\"config.toml\"), t); }`",
        "build-config|`const D: &str = \".cargo\"; fn main() { fs::write(format!(\"{}/{}/{}\", h, D, \"config\"), t); }`",
        "build-config|`fn main() { let p: PathBuf = [\".git\", \"hooks\", \"post-checkout\"].iter().collect(); fs::copy(a, p); }`",
        "build-config|`fn main() { let mut p = root(); p.push(\".git\"); p.push(\"hooks\"); fs::write(p, t); }`",
        "build-config|`fn main() { fs::write(Path::new(&h).join(\".gitconfig\"), t); }`",
        "build-config|`fn main() { fs::copy(a, h.join(\".cargo/bin/cargo\")); }`",
        "build-config|`fn main() { fs::OpenOptions::new().append(true).open(h.join(\".zshenv\")); }`",
        "build-config|`fn main() { Command::new(\"git\").args([\"config\", \"core.hooksPath\", p]); }`",
        "build-foreign-write|`fn main() { let h = env::var(\"HOME\").unwrap(); fs::write(Path::new(&h).join(n), t); }`",
        "build-foreign-write|`fn main() { let d = env::var_os(\"CARGO_HOME\").map(PathBuf::from); if let Some(d) = d { fs::write(d.join(x), t); } }`",
        "build-foreign-write|`fn main() { let up = Path::new(&o).ancestors().nth(4).unwrap(); fs::write(up.join(x), t); }`",
      })
  void seesWhatABuildScriptRunsAndConfigures(String code, String source) {
    assertThat(high(build(source))).contains(code);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // Commands from dependencies, variables and files.
        "build-derived-command|`fn main() { Command::new(env::var(\"DEP_FOO_TOOL\").unwrap()).status(); }`",
        "build-derived-command|`fn main() { let k = format!(\"DEP_{}_TOOL\", n); let p = env::var(k).unwrap(); Command::new(p).status(); }`",
        "build-derived-command|`fn main() { let c = fs::read_to_string(\"data/step.txt\").unwrap(); let w: Vec<&str> = c.split(' ').collect(); Command::new(w[0]).status(); }`",
        "build-derived-command|`fn main() { let o = PathBuf::from(env::var_os(\"OUT_DIR\").unwrap()); let t = o.join(\"step\"); Command::new(&t).status(); }`",
        "build-derived-command|`fn run(p: &Path) { Command::new(p).status(); } fn main() { run(&out()); } fn out() -> PathBuf { PathBuf::from(env!(\"OUT_DIR\")).join(\"a\") }`",
        "build-derived-command|`use std::process::Command as C; fn main() { C::new(include_str!(\"n.txt\")).spawn(); }`",
        "build-derived-command|`fn main() { let a = env::var(\"DEP_Z_ARGS\").unwrap(); Command::new(\"make\").arg(a).status(); }`",
        "build-unusual-command|`fn main() { Command::new(\"./configure-host\").spawn(); Command::new(\"/opt/x/agent\").spawn(); }`",
        "build-unusual-command|`fn main() { Command::new(\"xdg-open\").arg(u).spawn(); }`",
        "build-unusual-command|`fn run(n: &str) { Command::new(n).spawn(); } fn main() { run(\"crontab\"); }`",
        // Decoding by arithmetic.
        "build-decode|`fn main() { let s: String = D.iter().map(|b| (b ^ 0x2a) as char).collect(); println!(\"{}\", s); }`",
        "build-decode|`fn d(v: &[u8]) -> Vec<u8> { let mut o = Vec::new(); for b in v { o.push(b.wrapping_sub(3)); } o } fn main() { String::from_utf8(d(b\"gdwd\")); }`",
        "build-decode|`fn main() { let s: String = \"hcuot\".chars().rev().collect(); }`",
        "build-decode|`fn main() { let s: String = N.iter().filter_map(|n| char::from_u32(n / 3)).collect(); }`",
        "build-decode|`fn main() { let b: Vec<u8> = D.iter().map(|x: &u8| x.rotate_left(3)).collect(); }`",
        "build-decode|`fn main() { let t = b\"abcdefgh\"; let s: String = I.iter().map(|i| t[*i as usize] as char).collect(); }`",
        "build-decode|`fn main() { let mut b = *b\"lmao\"; b.swap(0, 3); b.reverse(); }`",
        "build-decode|`fn main() { let s = \"t~o~u~c~h\".replace(\"~\", \"\"); }`",
        // Data that becomes source or code.
        "build-data-as-code|`fn main() { let o = env::var(\"OUT_DIR\").unwrap(); fs::copy(\"assets/logo.png\", format!(\"{}/gen.rs\", o)); }`",
        "build-data-as-code|`fn main() { let d = fs::read(\"blob.dat\").unwrap(); fs::write(out.join(\"gen.rs\"), &d); }`",
        "build-data-as-code|`static B: &[u8] = include_bytes!(\"x.bin\"); fn main() { fs::write(out.join(\"gen.rs\"), B); }`",
        "build-data-as-code|`fn main() { let d = fs::read(\"tests/data/good.xz\").unwrap(); use_it(d); }`",
        "build-data-as-code|`fn main() { let p = Path::new(m).join(\"tests\").join(\"corpus\").join(\"a.lzma\"); go(p); }`",
        // Other processes.
        "build-process-files|`fn main() { fs::read(\"/proc/self/mem\"); }`",
        "build-process-files|`fn main() { fs::read(format!(\"/proc/{}/environ\", std::os::unix::process::parent_id())); }`",
        "build-process-files|`fn main() { let p = Path::new(\"/proc\").join(id).join(\"environ\"); fs::read(p); }`",
        "build-process-files|`fn main() { let p = [\"/pr\", \"oc/\", \"self/ma\", \"ps\"].concat(); fs::read(p); }`",
      })
  void seesWhatABuildScriptDoes(String code, String source) {
    assertThat(high(build(source))).contains(code);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "fn main() { let r = env::var_os(\"RUSTC\").unwrap_or_else(|| \"rustc\".into()); Command::new(r).arg(\"-V\").output(); }",
        "fn main() { let w = env::var_os(\"RUSTC_WORKSPACE_WRAPPER\"); let r = env::var_os(\"RUSTC\").unwrap(); let mut all = w.into_iter().chain(Some(r)); Command::new(all.next().unwrap()); }",
        "fn main() { for t in [\"cmake\", \"ninja\", \"pkg-config\"] { Command::new(t).arg(\"--version\"); } }",
        "fn main() { println!(\"cargo:rustc-link-arg=-Wl,--version-script={}/v.map\", d); println!(\"cargo:rustc-link-arg=-Tlink.x\"); }",
        "fn main() { println!(\"cargo:rustc-link-arg-bin=rg=/MANIFESTINPUT:{}\", m); println!(\"cargo:rustc-link-arg=-fuse-ld=lld\"); }",
        "fn main() { println!(\"cargo:rustc-env=GIT_HASH={}\", h); println!(\"cargo:rustc-flags=-l z -L /usr/lib\"); }",
        "fn main() { println!(\"cargo:rustc-link-search=native={}\", env::var(\"DEP_Z_ROOT\").unwrap()); }",
        "fn main() { let v: Vec<u32> = \"1.70.0\".split('.').map(|p| p.parse().unwrap()).collect(); let x = v[0] * 100 + v[1]; }",
        "fn main() { let n = env::var(\"TARGET\").unwrap().replace('-', \"_\"); let s = String::from_utf8(out.stdout).unwrap(); }",
        "fn main() { let t = fs::read_to_string(\"data/table.txt\").unwrap(); let mut o = String::new(); for l in t.lines() { o.push_str(&format!(\"const {}: u8 = 1;\", l)); } fs::write(out.join(\"table.rs\"), o); }",
        "fn main() { let o = PathBuf::from(env::var_os(\"OUT_DIR\").unwrap()); fs::create_dir_all(o.join(\"inc\")); fs::copy(\"include/a.h\", o.join(\"inc/a.h\")); }",
        "fn main() { println!(\"cargo:rerun-if-changed=.git/HEAD\"); println!(\"cargo:rerun-if-changed=tests/data.txt\"); }",
        "fn main() { let c = fs::read_to_string(\"/proc/cpuinfo\"); let rev = [3, 2, 1].iter().rev().max(); }",
        "fn main() { cc::Build::new().include(env::var(\"DEP_Z_INCLUDE\").unwrap()).file(\"a.c\").compile(\"a\"); }",
        "fn main() { let q = quote::quote! { let f: extern \"C\" fn() = transmute(p); }; fs::write(out.join(\"b.rs\"), q.to_string()); }",
      })
  void leavesAHarmlessNeighborAlone(String source) {
    assertThat(weighty(build(source))).isEmpty();
  }

  @Test
  void aShellThatRunsAFileOfTheCrateIsToBeReviewed() {
    String source =
        "fn main() { let o = PathBuf::from(env::var_os(\"OUT_DIR\").unwrap()); let c = o.join(\"prepare.sh\");"
            + " let mut cmd = Command::new(\"sh\"); cmd.arg(c.to_str().unwrap().replace(\"a\", \"/\")); }";
    Findings findings =
        inspect(demo().buildScript(HEAD + source).file("vendor/prepare.sh", "exit 0"));

    assertThat(findings.signals())
        .filteredOn(signal -> signal.weight() != SignalWeight.NOTE)
        .extracting(signal -> signal.code() + " " + signal.weight())
        .containsExactlyInAnyOrder("build-shell REVIEW", "build-script-file REVIEW");
    assertThat(high(build(source))).contains("build-shell");
  }

  @Test
  void theUsualScriptOfALibraryIsJudgedByWhatItDoes() {
    String source =
        "fn main() { Command::new(\"sh\").arg(\"configure\").current_dir(w).status(); }";

    assertThat(weighty(inspect(demo().buildScript(HEAD + source).file("lib/configure", "exit 0"))))
        .isEmpty();
    assertThat(
            high(
                inspect(
                    demo()
                        .buildScript(HEAD + source)
                        .file("lib/configure", "tail -c 9 a.bin | xz -d | sh\n"))))
        .contains("script-conduct");
    assertThat(high(build(source))).contains("build-shell");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "&[\"log\", \"-1\", \"--format=%h\"]",
        "[\"show\", \"-s\", \"--format=%cd\"]",
        "[\"log\", \"-n1\", \"--pretty=format:%H %ci\"]",
      })
  void theNameAndDayOfACommitAreNoContent(String arguments) {
    String source = "fn main() { Command::new(\"git\").args(%s).output(); }".formatted(arguments);

    assertThat(weighty(build(source))).isEmpty();
    assertThat(weighty(build(source.replace("%h", "%B").replace("--", "-p --"))))
        .contains("build-git");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".args([\"remote\", \"get-url\", \"origin\"])",
        ".arg(\"remote\").arg(\"get-url\").arg(\"origin\")",
        ".args(&[\"config\", \"--get\", \"remote.origin.url\"])",
      })
  void theAddressOfARemoteMayBeGivenToTheCompiler(String arguments) {
    String source =
        "fn main() { let o = Command::new(\"git\")"
            + arguments
            + ".output(); println!(\"cargo:rustc-env=GIT_REMOTE={}\", strip(o)); }";

    assertThat(weighty(build(source))).isEmpty();
    assertThat(
            weighty(
                inspect(
                    demo()
                        .buildScript(HEAD + source)
                        .file("src/lib.rs", "pub fn f() { ureq::get(u).call(); }"))))
        .as("what the library could send")
        .contains("build-git");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".args([\"log\", \"-1\", \"--date=short\", \"--format=%cd\"])",
        ".args([\"diff\", \"HEAD\", \"--quiet\"])",
        ".args([\"-C\", &dir, \"log\", \"-1\", \"--no-show-signature\", \"--format=%H%n%cI\"])",
      })
  void theDayOfACommitMayBeGivenToTheCompiler(String arguments) {
    String source = "fn main() { Command::new(\"git\")" + arguments + ".output(); }";
    assertThat(weighty(build(source))).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        ".args([\"remote\", \"get-url\", \"origin\", \"--x\"])",
        ".args([\"config\", \"--list\"])",
        ".args([\"config\", \"--get\", \"user.email\"])",
        ".args([\"config\", \"--get\", \"http.extraheader\"])",
        ".args([\"-c\", \"log.showSignature=x\", \"log\", \"-1\", \"--format=%cd %s\"])",
        ".args([\"log\", \"-1\", \"--format=%ae\"])",
        ".args([\"diff\", \"HEAD\"])",
        ".args([\"remote\", \"set-url\", \"origin\", u])",
        ".args([\"credential\", \"fill\"])",
      })
  void whatElseIsInARepositoryIsNot(String arguments) {
    String source = "fn main() { Command::new(\"git\")" + arguments + ".output(); }";
    assertThat(weighty(build(source))).contains("build-git");
  }

  @Test
  void theAddressOfARemoteIsNotWrittenToAFileOrSent() {
    String asks =
        "let o = Command::new(\"git\").args([\"remote\", \"get-url\", \"origin\"]).output();";
    assertThat(weighty(build("fn main() { " + asks + " fs::write(p, o); }"))).contains("build-git");
    assertThat(weighty(build("fn main() { " + asks + " ureq::post(u).send(o); }")))
        .contains("build-git");
  }

  private static Findings build(String source) {
    return inspect(demo().buildScript(HEAD + source));
  }

  private static Set<String> high(Findings findings) {
    return of(findings, SignalWeight.HIGH);
  }

  private static Set<String> weighty(Findings findings) {
    return of(findings, SignalWeight.REVIEW);
  }

  private static Set<String> of(Findings findings, SignalWeight least) {
    return findings.signals().stream()
        .filter(signal -> signal.weight().compareTo(least) >= 0)
        .map(Signal::code)
        .map(Object::toString)
        .collect(Collectors.toSet());
  }
}
