package lazaret.vetting.review;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.function.Supplier;
import lazaret.testkit.CrateBuilder;
import lazaret.vetting.Deadline;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import org.junit.jupiter.api.Test;

class DeltaSearchTest {
  private static CodeDelta delta(CrateBuilder base, CrateBuilder crate) {
    Supplier<CrateArchive> before = () -> CrateDiffTest.archive(base);
    return CodeDelta.of(
        before, () -> CrateDiffTest.archive(crate), InspectLimits.DEFAULT, DiffLimits.WINDOWS);
  }

  private static CrateBuilder crate(String version) {
    return CrateBuilder.crate("alpha", version);
  }

  private static List<String> shown(DeltaSearch.Result result) {
    return result.lines().stream()
        .map(each -> each.path() + ":" + each.line().newLine() + " " + each.line().text())
        .toList();
  }

  @Test
  void findsLinesInReadingOrderAndLeavesOutEqualFiles() {
    CodeDelta delta =
        delta(
            crate("1.0.0").file("src/same.rs", "fn token() {}\n").file("src/lib.rs", "mod same;\n"),
            crate("1.1.0")
                .buildScript("fn main() {\r\n  println!(\"TOKEN\");\r\n}\r\n")
                .file("src/same.rs", "fn token() {}\n")
                .file("src/lib.rs", "mod same;\n// a token\n"));

    DeltaSearch.Result result = delta.find(new DeltaSearch("token", 0, 200), Deadline.none());

    assertThat(shown(result))
        .containsExactly("build.rs:2   println!(\"TOKEN\");", "src/lib.rs:2 // a token");
    assertThat(result.next()).isNull();
  }

  @Test
  void continuesAfterTheLimitAndAfterTheTime() {
    CodeDelta delta =
        delta(
            crate("1.0.0"),
            crate("1.1.0").buildScript("// token\n").file("src/lib.rs", "// token\n"));

    DeltaSearch.Result first = delta.find(new DeltaSearch("token", 0, 1), Deadline.none());
    Deadline over = Deadline.after(Duration.ZERO, InstantSource.fixed(Instant.EPOCH));
    DeltaSearch.Result timed = delta.find(new DeltaSearch("token", 0, 200), over);

    assertThat(shown(first)).containsExactly("build.rs:1 // token");
    assertThat(timed).isEqualTo(first);
    Integer next = first.next();
    assertThat(next).isNotNull();
    assertThat(shown(delta.find(new DeltaSearch("token", next, 200), Deadline.none())))
        .containsExactly("src/lib.rs:1 // token");
    assertThat(delta.find(new DeltaSearch("token", 99, 200), Deadline.none()).lines()).isEmpty();
  }

  @Test
  void refusesTextsThatAreTooShortOrTooLong() {
    assertThatThrownBy(() -> new DeltaSearch("x", 0, 1))
        .isInstanceOf(MalformedException.class)
        .hasMessage("cannot search in the difference: expected 2 to 200 characters, found 1");
    assertThatThrownBy(() -> new DeltaSearch("x".repeat(201), 0, 1))
        .hasMessageContaining("found 201");
  }

  @Test
  void countsTheLinesOfTheReviewedVersion() {
    CodeDelta delta =
        delta(
            crate("1.0.0").file("src/lib.rs", "a\n").file("src/old.rs", "b\nc\n"),
            crate("1.1.0").file("src/lib.rs", "a\n").file("src/b.bin", "\0\1"));

    assertThat(delta.newLines("src/lib.rs")).isEqualTo(1);
    assertThat(delta.newLines("src/old.rs")).as("a removed file").isZero();
    assertThat(delta.newLines("src/b.bin")).as("a binary file").isZero();
  }
}
