package lazaret.vetting.archive;

import static lazaret.vetting.inspect.InspectionFixture.demo;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Gzip;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.inspect.IndicatorSet;
import lazaret.vetting.inspect.Inspector;
import org.junit.jupiter.api.Test;

final class CrateArchiveTest {
  @Test
  void showsEachEntryWithItsContent() {
    List<String> seen = new ArrayList<>();
    CrateBuilder crate =
        demo().file("a/b.txt", "x".repeat(200_000)).hostile(t -> t.directory("demo-1.0.0/d"));

    var walk =
        archive(crate.build())
            .walk(
                InspectLimits.DEFAULT,
                (entry, content) ->
                    seen.add(entry + " read " + content.read(Integer.MAX_VALUE).length()));

    assertThat(walk.problems()).isEmpty();
    assertThat(walk.entries()).isEqualTo(4);
    assertThat(seen)
        .contains(new ArchiveEntry("a/b.txt", false, 200_000) + " read 200000")
        .contains(new ArchiveEntry("d", true, 0) + " read 0");
  }

  @Test
  void skipsWhatAVisitorDoesNotRead() {
    List<String> beginnings = new ArrayList<>();

    var walk =
        archive(demo().file("a", "abcdef").file("b", "ghijkl").build())
            .walk(
                InspectLimits.DEFAULT,
                (entry, content) -> beginnings.add(entry.path() + content.read(2).text()));

    assertThat(walk.problems()).isEmpty();
    assertThat(beginnings).contains("aab", "bgh");
  }

  @Test
  void endsTheContentEarlyWhereTheArchiveIsTruncated() {
    byte[] tar = demo().file("z", "z".repeat(5_000)).tar();
    Bytes cut = Gzip.member(Arrays.copyOf(tar, tar.length - 1_024 - 3_000));
    List<Integer> lengths = new ArrayList<>();

    var walk =
        archive(cut)
            .walk(InspectLimits.DEFAULT, (_, content) -> lengths.add(content.read(9_999).length()));

    assertThat(walk.whole()).isFalse();
    assertThat(walk.problems()).hasToString("[tar-truncated: the archive ends within an entry]");
    assertThat(lengths.getLast()).isLessThan(5_000);
  }

  @Test
  void letsAVisitorStopTheWalkByAnException() {
    assertThatThrownBy(
            () ->
                archive(demo().build())
                    .walk(
                        InspectLimits.DEFAULT,
                        (_, _) -> {
                          throw new IllegalStateException("enough");
                        }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("enough");
  }

  @Test
  void verifiesBytesAgainstTheIndex() {
    Bytes bytes = demo().build();

    assertThat(new UnverifiedCrate(bytes).verify(demo().id()))
        .isInstanceOfSatisfying(
            Verification.Match.class,
            match -> {
              assertThat(match.crate().bytes()).isEqualTo(bytes);
              assertThat(match.crate().id()).isEqualTo(demo().id());
              assertThat(
                      Inspector.inspect(
                              match.crate(),
                              InspectLimits.DEFAULT,
                              IndicatorSet.NONE,
                              Clock.systemUTC())
                          .sha256())
                  .isEqualTo(Sha256.of(bytes));
            });
  }

  @Test
  void tellsBothDigestsOfWrongBytes() {
    Bytes other = Bytes.utf8("other");

    assertThat(new UnverifiedCrate(other).verify(demo().id()))
        .isEqualTo(new Verification.Mismatch(demo().id().cksum(), Sha256.of(other)));
  }

  private static CrateArchive archive(Bytes bytes) {
    return new CrateArchive(demo().id().name(), demo().id().version(), bytes);
  }
}
