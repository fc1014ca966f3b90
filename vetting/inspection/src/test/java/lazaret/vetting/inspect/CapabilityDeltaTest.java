package lazaret.vetting.inspect;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static lazaret.vetting.inspect.InspectionFixture.inspect;
import static org.assertj.core.api.Assertions.assertThat;

import lazaret.testkit.CrateBuilder;
import org.junit.jupiter.api.Test;

final class CapabilityDeltaTest {
  private static final String PLAIN = "pub fn f() { std::fs::read(p); }";
  private static final String NET = PLAIN + "fn g() { std::net::TcpStream::connect(a); }";

  @Test
  void isNothingBetweenEqualVersions() {
    assertThat(between(demo().file("src/lib.rs", NET), demo().file("src/lib.rs", NET)).none())
        .isTrue();
  }

  @Test
  void tellsOfNetworkThatWasGainedAndLost() {
    CapabilityDelta delta =
        between(demo().file("src/lib.rs", PLAIN), demo().file("src/lib.rs", NET));

    assertThat(delta.signals()).extracting(Signal::code).containsExactly(SignalCode.NETWORK_GAINED);
    assertThat(delta.gained()).hasToString("[runtime network (1)]");
    assertThat(between(demo().file("src/lib.rs", NET), demo().file("src/lib.rs", PLAIN)).lost())
        .hasToString("[runtime network (1)]");
  }

  @Test
  void comparesBuildScriptsByTheirTokens() {
    CrateBuilder before =
        demo().buildScript("fn main() { go(1); } mod a;").file("a.rs", "fn a(){}");
    CrateBuilder layout =
        demo().buildScript("// new\nfn main() {\n  go(1);\n} mod a;").file("a.rs", "fn a ( ) { }");
    CrateBuilder other = demo().buildScript("fn main() { go(2); } mod a;").file("a.rs", "fn a(){}");
    CrateBuilder deeper =
        demo().buildScript("fn main() { go(1); } mod a;").file("a.rs", "fn a(){b()}");

    assertThat(between(before, layout).buildScriptChanged()).isFalse();
    assertThat(between(before, other).buildScriptChanged()).isTrue();
    assertThat(between(before, deeper).buildScriptChanged()).isTrue();
    assertThat(between(demo(), before).buildScriptAdded()).isTrue();
    assertThat(between(demo(), before).signals())
        .extracting(Signal::code)
        .containsExactly(SignalCode.BUILD_CHANGED);
  }

  @Test
  void almostAnythingNewInABuildScriptTells() {
    CapabilityDelta delta =
        between(
            demo().buildScript("fn main() {}"),
            demo().buildScript("fn main() { std::fs::write(a, b); }"));

    assertThat(delta.signals())
        .extracting(Signal::toString)
        .contains("capability-gained at build.rs:1: build fs-write (1)");
  }

  @Test
  void tellsOfAJumpInSize() {
    CapabilityDelta delta = between(demo(), demo().file("a.bin", new byte[1 << 20]));

    assertThat(delta.signals()).extracting(Signal::code).containsExactly(SignalCode.SIZE_JUMP);
  }

  private static CapabilityDelta between(CrateBuilder from, CrateBuilder to) {
    Findings before = inspect(from);
    return CapabilityDelta.between(before, inspect(to));
  }
}
