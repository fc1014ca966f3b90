package lazaret.vetting.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.review.ContentRole;
import org.junit.jupiter.api.Test;

class ReadContentTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");
  private static final Sha256 BEFORE = Sha256.of(Bytes.utf8("before"));
  private static final Sha256 AFTER = Sha256.of(Bytes.utf8("after"));

  private final ReadContent unread = ReadContent.none("ann", AFTER);

  private static ReadBase base(String version) {
    return new ReadBase(
        BEFORE,
        CrateName.parse("alpha"),
        CrateVersion.parse(version),
        Sha256.of(Bytes.utf8(version)));
  }

  private static boolean isFirst(CrateId artifact) {
    return artifact.version().text().equals("1.0.0");
  }

  private static LineRangeSet range(int first, int last) {
    return new LineRangeSet(List.of(new LineRange(first, last)));
  }

  /// Returns a part of a difference of nine lines.
  private static ReadContent.Part part(String version, int line) {
    return new ReadContent.Part(
        ContentRole.RUNTIME,
        base(version),
        new ReadLines(range(1, 9), LineRangeSet.NONE),
        new ReadLines(range(line, line), LineRangeSet.NONE));
  }

  @Test
  void vettedBaseStaysIfAnotherArtifactHasTheSameContent() {
    ReadContent first = unread.read(part("1.0.0", 1), NOW, ReadContentTest::isFirst);

    ReadContent both = first.read(part("1.1.0", 2), NOW, ReadContentTest::isFirst);

    assertThat(both.entries()).hasSize(1);
    assertThat(both.entries().getFirst().base()).isEqualTo(base("1.0.0"));
    assertThat(both.entries().getFirst().lines().after()).isEqualTo(range(1, 2));
  }

  @Test
  void laterArtifactReplacesABaseThatIsNotVetted() {
    ReadContent first = unread.read(part("1.1.0", 1), NOW, ReadContentTest::isFirst);

    ReadContent both = first.read(part("1.0.0", 2), NOW, ReadContentTest::isFirst);

    assertThat(both.entries().getFirst().base()).isEqualTo(base("1.0.0"));
  }
}
