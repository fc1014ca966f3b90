package lazaret.vetting.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.archive.InspectLimits;
import lazaret.vetting.inspect.CapabilityTable;
import lazaret.vetting.inspect.ExecutionContext;
import lazaret.vetting.inspect.Inspector;
import lazaret.vetting.inspect.source.Capability;
import lazaret.vetting.review.CapabilityChange.Kind;
import lazaret.vetting.review.CapabilityChange.Place;
import org.junit.jupiter.api.Test;

class CapabilityDiffTest {
  private static final String A = "    let _ = std::env::var(\"A\");\n";
  private static final String B = "    let _ = std::env::var(\"B\");\n";
  private static final String C = "    let _ = std::env::var(\"C\");\n";

  private static CapabilityTable table(CrateBuilder crate) {
    return Inspector.capabilityTable(
        crate.id(), crate.build(), InspectLimits.DEFAULT, InstantSource.fixed(Instant.EPOCH));
  }

  private static CapabilityTable table(String script, String library) {
    return table(
        CrateBuilder.crate("alpha", "1.0.0")
            .buildScript("fn main() {\n" + script + "}\n")
            .file("src/lib.rs", library));
  }

  private static CapabilityTable table(String script) {
    return table(script, "pub fn touch() {}\n");
  }

  private static CapabilityChange variables(CapabilityTable before, CapabilityTable now) {
    return new CapabilityDiff(before, now)
        .changes().stream()
            .filter(each -> each.where() == ExecutionContext.BUILD)
            .filter(each -> each.what() == Capability.ENV_READ)
            .findFirst()
            .orElseThrow();
  }

  private static List<Integer> added(CapabilityChange change) {
    return change.places().stream()
        .filter(Place::added)
        .map(place -> place.location().line())
        .toList();
  }

  @Test
  void marksTheLinesThatTheBaseLacks() {
    CapabilityChange change =
        variables(table(A + B), table(C + B + "        let _ =  std::env::var(\"A\");\n"));

    assertThat(change)
        .extracting(
            CapabilityChange::kind,
            CapabilityChange::before,
            CapabilityChange::now,
            CapabilityChange::unlisted)
        .containsExactly(Kind.CHANGED, 2, 3, 0L);
    assertThat(change.places())
        .extracting(p -> p.location().path(), p -> p.location().line(), Place::added)
        .containsExactly(
            tuple("build.rs", 2, true), tuple("build.rs", 3, false), tuple("build.rs", 4, false));
  }

  @Test
  void listsNewLinesFirst() {
    CapabilityChange change = variables(table(A + B), table(A + B + C));

    assertThat(change.places()).extracting(p -> p.location().line()).containsExactly(4, 2, 3);
  }

  @Test
  void aLineThatMovedToAnotherFileIsNotNew() {
    CrateBuilder moved =
        CrateBuilder.crate("alpha", "1.0.0")
            .buildScript("mod more;\nfn main() {\n" + A + "    more::read();\n}\n")
            .file("more.rs", "pub fn read() {\n" + B + "}\n");

    CapabilityChange change = variables(table(A + B), table(moved));

    assertThat(change.kind()).isEqualTo(Kind.SAME);
    assertThat(change.places())
        .extracting(p -> p.location().path())
        .containsExactly("build.rs", "more.rs");
  }

  @Test
  void aCopyOfALineIsNew() {
    CapabilityChange change = variables(table(A + B), table(A + B + A));

    assertThat(change.kind()).isEqualTo(Kind.CHANGED);
    assertThat(added(change)).containsExactly(4);
  }

  @Test
  void ofEqualLinesTheInsertedOneIsNew() {
    CapabilityChange above = variables(table(B + A), table(A + C + B + A));
    CapabilityChange below = variables(table(A + B), table(A + B + C + A));

    assertThat(added(above)).containsExactly(2, 3);
    assertThat(added(below)).containsExactly(4, 5);
  }

  @Test
  void anEqualLineBetweenOthersIsKnownByOneOfThem() {
    CapabilityChange change = variables(table(C + A + B), table(A + C + A + "\n" + B));

    assertThat(added(change)).containsExactly(2);
  }

  @Test
  void anExchangedLineIsAChangeOfEqualCounts() {
    CapabilityChange change = variables(table(A + B), table(A + C));

    assertThat(change.before()).isEqualTo(change.now()).isEqualTo(2);
    assertThat(change.kind()).isEqualTo(Kind.CHANGED);
    assertThat(added(change)).containsExactly(3);
  }

  @Test
  void aLineOfTheLibraryIsNewInABuildScript() {
    CapabilityTable before = table("", "pub fn a() {\n" + A + "}\n");

    CapabilityChange change = variables(before, table(A));

    assertThat(change.kind()).isEqualTo(Kind.GAINED);
    assertThat(added(change)).containsExactly(2);
  }

  @Test
  void whatChangedComesFirst() {
    CapabilityTable before =
        table(A, "pub fn a() { unsafe { core::hint::unreachable_unchecked() } }\n");
    CapabilityTable now =
        table(A, "pub fn a() -> String { std::fs::read_to_string(\"a\").unwrap() }\n");

    assertThat(new CapabilityDiff(before, now).changes())
        .isSortedAccordingTo(Comparator.comparing(CapabilityChange::kind))
        .extracting(CapabilityChange::where, CapabilityChange::what, CapabilityChange::kind)
        .contains(
            tuple(ExecutionContext.RUNTIME, Capability.FS_READ, Kind.GAINED),
            tuple(ExecutionContext.RUNTIME, Capability.UNSAFE, Kind.LOST),
            tuple(ExecutionContext.BUILD, Capability.ENV_READ, Kind.SAME));
  }

  @Test
  void listsTheCapabilitiesThatNeitherHas() {
    List<AbsentCapabilities> absent = new CapabilityDiff(table(A), table(A + B)).absent();

    assertThat(absent)
        .extracting(AbsentCapabilities::where)
        .containsExactly(ExecutionContext.BUILD, ExecutionContext.RUNTIME);
    assertThat(absent.getFirst().capabilities())
        .contains(Capability.NETWORK, Capability.PROCESS)
        .doesNotContain(Capability.ENV_READ, Capability.IOC);
  }

  @Test
  void withoutABaseEverythingIsNew() {
    CapabilityDiff diff = new CapabilityDiff(CapabilityTable.NONE, table(A + B));

    assertThat(diff.changes()).isNotEmpty().allMatch(each -> each.kind() == Kind.GAINED);
    assertThat(added(variables(diff.before(), diff.now()))).containsExactly(2, 3);
    assertThat(diff.whole(false)).isTrue();
    assertThat(diff.whole(true)).isFalse();
  }

  @Test
  void codeOfTestsIsLeftOut() {
    CapabilityTable tests =
        table("", "#[cfg(test)]\nmod tests { fn t() { let _ = std::env::var(\"X\"); } }\n");

    assertThat(tests.entries()).isNotEmpty();
    assertThat(new CapabilityDiff(CapabilityTable.NONE, tests).changes()).isEmpty();
  }

  @Test
  void statesTheUsesThatAreNotListed() {
    int many = CapabilityDiff.MAX_PLACES + 25;

    CapabilityChange change = variables(CapabilityTable.NONE, table(A.repeat(many)));

    assertThat(change.places()).hasSize(CapabilityDiff.MAX_PLACES);
    assertThat(change.unlisted()).isEqualTo(25);
  }
}
