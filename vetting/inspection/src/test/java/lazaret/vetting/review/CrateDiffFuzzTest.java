package lazaret.vetting.review;

import static org.assertj.core.api.Assertions.assertThat;

import lazaret.testkit.CrateBuilder;
import lazaret.testkit.Gzip;
import lazaret.testkit.Mutator;
import lazaret.vetting.Bytes;
import lazaret.vetting.MalformedException;
import lazaret.vetting.archive.CrateArchive;
import lazaret.vetting.archive.InspectLimits;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CrateDiffFuzzTest {
  private static final CrateBuilder OLD =
      CrateBuilder.crate("alpha", "1.0.0")
          .buildScript("mod a;\nfn main() { include!(\"src/lib.rs\") }\n")
          .file("a.rs", "fn a() {}\n")
          .file("src/lib.rs", "pub fn b() {}\n// é\n")
          .file("data.bin", new byte[] {0, 1, 2, (byte) 0xff});

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4})
  void mutatedArchivesAreComparedOrRefused(long seed) {
    var mutator = new Mutator(seed);
    byte[] tar = CrateBuilder.crate("alpha", "1.1.0").file("src/lib.rs", "x\ny\n").tar();
    CrateArchive base = CrateDiffTest.archive(OLD);
    int compared = 0;
    for (int round = 0; round < Mutator.rounds(300); round++) {
      Bytes bytes = Gzip.member(mutator.mutate(tar));
      try {
        CrateDiff diff =
            CrateDiff.between(
                base,
                new CrateArchive(
                    base.name(),
                    CrateDiffTest.archive(CrateBuilder.crate("alpha", "1.1.0")).version(),
                    bytes),
                InspectLimits.DEFAULT,
                DiffLimits.DEFAULT);
        assertThat(diff.stat().lines()).isNotNegative();
        compared++;
      } catch (MalformedException e) {
        assertThat(e).hasMessageStartingWith("cannot compare alpha 1.1.0: ");
      }
    }
    // Changes of content keep an archive conformant; without them, no archive would be compared.
    assertThat(compared).isPositive();
  }
}
