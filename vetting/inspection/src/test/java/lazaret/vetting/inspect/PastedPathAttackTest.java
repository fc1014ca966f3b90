package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import lazaret.testkit.CrateBuilder;
import lazaret.vetting.inspect.source.Capability;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Paths that macros compose of single identifiers. All sources are inert and never compiled.
final class PastedPathAttackTest {
  private static final String P =
      "macro_rules! p { ($a:ident, $b:ident) => { std::$a::$b::new(x) } } ";

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "process|macro_rules! j { ($($p:ident).+; $x:expr) => { std::$($p)::+($x) } } fn f() { j!(process.Command.new; a) }",
        "network|macro_rules! j { ($($p:ident).+; $x:expr) => { std::$($p)::+($x) } } fn f() { j!(net.TcpStream.connect; a) }",
        "fs-write|macro_rules! j { ($($p:ident).+; $x:expr) => { std::$($p)::+($x) } } fn f() { j!(fs.write; a) }",
        "env-all|macro_rules! j { ($($p:ident),+) => { std::$($p)::+() } } fn f() { j!(env, vars) }",
        "process|P fn f() { p!(process, Command) }",
        "process|P fn f() { p![process, Command] }",
        "process|P fn f() { p! { process, Command } }",
        "process|P fn f() { crate::p!(process, Command) }",
        "process|P use p as q; fn f() { q!(process, Command) }",
        "process|P macro_rules! q { ($($t:tt)*) => { p!($($t)*) } } fn f() { q!(process, Command) }",
        "process|P macro_rules! q { ($b:ident) => { p!(process, $b) } } fn f() { q!(Command) }",
        "process|macro_rules! a { ($($t:tt)*) => { $($t)* } } P fn f() { a!(p!(process, Command)) }",
        "process|macro_rules! p { ($b:ident, $a:ident) => { std::$a::$b::new(x) } } fn f() { p!(Command, process) }",
        "process|macro_rules! p { ($c:ident $a:ident $b:ident) => { $c::$a::$b::new(x) } } fn f() { p!(std process Command) }",
        "process|macro_rules! p { ($c:ident) => { std::process::$c::new(x) } } fn f() { p!(Command) }",
        "process|macro_rules! p { ($($a:ident)*) => { use std $(::$a)*; } } p!(process Command);",
        "process|macro_rules! p { ($($a:ident)/+) => { use std::{$($a)::+ as C}; } } p!(process/Command);",
        "process|macro_rules! p { ($([$($t:tt)*])*) => { $($($t)*)* } } fn f() { p!([std ::] [process] [::] [Command] [:: new(x)]) }",
        "process|macro_rules! w { ($m:ident, $($t:tt)*) => { $m!($($t)*) } } P fn f() { w!(p, process, Command) }",
        "process|paste::paste! { fn f() { std::process::[<Com mand>]::new(x) } }",
        "process|macro_rules! p { ($a:ident $b:ident) => { paste! { std::process::[<$a $b>]::new(x) } } } fn f() { p!(Com mand) }",
        "network|macro_rules! p { ($a:ident $b:ident) => { $a::$b::get(x) } } fn f() { p!(reqwest blocking) }",
        "network|macro_rules! n { ($a:ident) => { std::net::$a::connect(x) } } fn f() { n!(UdpSocket) }",
        "env-all|macro_rules! e { ($f:ident) => { std::env::$f() } } fn f() { e!(vars_os) }",
        "process|macro_rules! tail { (@ [$($p:tt)*]) => { std::$($p)*::new(x) }; ($h:ident $($r:tt)*) => { tail!(@ [$h :: $($r)*]) } } fn f() { tail!(process Command) }",
      })
  void seesThePathThatAMacroPastes(String capability, String source) {
    CrateBuilder crate = demo().buildScript(source.replace("P ", P) + " fn main() {}");

    assertThat(inspect(crate).capabilities().has(ExecutionContext.BUILD, capability(capability)))
        .isTrue();
  }

  @Test
  void seesThePathThatAMacroOfAnotherFilePastes() {
    CrateBuilder crate =
        demo()
            .file("src/lib.rs", "#[macro_use] mod macros; mod go;")
            .file("src/macros.rs", P)
            .file("src/go.rs", "pub fn f() { p!(process, Command) }");

    assertThat(inspect(crate).capabilities().has(ExecutionContext.RUNTIME, Capability.PROCESS))
        .isTrue();
  }

  @Test
  void seesThePathInALongCall() {
    CrateBuilder crate =
        demo()
            .buildScript(P + "fn main() { p!(" + "a, b, ".repeat(400) + "process, Command" + ") }");

    assertThat(inspect(crate).capabilities().has(ExecutionContext.BUILD, Capability.PROCESS))
        .isTrue();
  }

  @Test
  void aPathThatATestPastesIsATest() {
    CrateBuilder crate =
        demo().file("src/lib.rs", P + "#[cfg(test)] mod t { fn f() { p!(process, Command) } }");

    assertThat(inspect(crate).capabilities().has(ExecutionContext.RUNTIME, Capability.PROCESS))
        .isFalse();
    assertThat(inspect(crate).capabilities().has(ExecutionContext.TEST, Capability.PROCESS))
        .isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "macro_rules! p { ($a:ident) => { let $a = 1; } } fn main() { p!(Command) }",
        "macro_rules! p { ($a:ident) => { $a::new() } } fn main() { p!(Thing) }",
        "macro_rules! p { ($a:ident) => { Kind::$a } } fn main() { p!(process); p!(Command) }",
        "fn main() { println!(\"{} {}\", process, Command) }",
        P + "fn main() { p!(thread, Builder) }",
      })
  void otherMacrosShowNothing(String source) {
    assertThat(
            inspect(demo().buildScript(source))
                .capabilities()
                .has(ExecutionContext.BUILD, Capability.PROCESS))
        .isFalse();
  }

  private static Capability capability(String code) {
    return Capability.find(code).orElseThrow();
  }
}
