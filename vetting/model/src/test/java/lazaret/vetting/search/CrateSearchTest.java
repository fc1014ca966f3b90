package lazaret.vetting.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Security finding 10 and reliability finding F11: one search decoded every crate.
class CrateSearchTest {
  private final Map<String, CrateSummary> kept = new HashMap<>();
  private final TreeMap<String, CrateSummary> real = new TreeMap<>();
  private int read;
  private int judged;
  private final CrateSearch search =
      new CrateSearch(new CrateNameIndex(() -> real.keySet().stream(), () -> 0L), new Counting());

  private final class Counting implements CrateSearch.Crates {
    @Override
    public Optional<CrateSummary> summary(CrateName name) {
      read++;
      return Optional.ofNullable(kept.get(name.collisionKey()));
    }

    @Override
    public boolean holds(CrateSummary summary) {
      return summary.generation().equals("now");
    }

    @Override
    public Optional<CrateSummary> summarize(CrateName name) {
      CrateSummary made = real.get(name.collisionKey());
      judged += made == null ? 0 : made.versions();
      return Optional.ofNullable(made);
    }
  }

  private static CrateSummary summary(
      String name, @Nullable String newest, int versions, String generation) {
    return new CrateSummary(
        CrateName.parse(name),
        newest == null ? null : CrateVersion.parse(newest),
        versions,
        generation,
        Instant.EPOCH,
        null);
  }

  private void crate(String name, @Nullable String newest, int versions) {
    CrateSummary summary = summary(name, newest, versions, "now");
    real.put(summary.name().collisionKey(), summary);
    kept.put(summary.name().collisionKey(), summary);
  }

  @Test
  void searchReadsNoMoreOfTenThousandCratesThanOfThreeHundred() {
    for (int i = 0; i < 300; i++) {
      crate("Crate-" + i, "1.0.0", 2_000);
    }
    assertThat(search.search("crate", 10, _ -> null).hits()).hasSize(10);
    int few = read;
    for (int i = 300; i < 10_000; i++) {
      crate("Crate-" + i, "1.0.0", 2_000);
    }
    var again =
        new CrateSearch(new CrateNameIndex(() -> real.keySet().stream(), () -> 0L), new Counting());
    read = 0;

    SearchResult found = again.search("CRATE-", 10, _ -> null);

    assertThat(found.total()).isEqualTo(10_000);
    assertThat(found.hits()).hasSize(10);
    assertThat(found.hits().getFirst().name().published()).isEqualTo("Crate-0");
    assertThat(read).isEqualTo(few).isEqualTo(10);
    assertThat(judged).isZero();
  }

  @Test
  void searchPassesOverABoundedNumberOfCratesThatServeNothing() {
    for (int i = 0; i < 1_000; i++) {
      crate("none" + i, null, 2_000);
    }
    crate("zz-none", "1.0.0", 1);

    SearchResult found = search.search("none", 5, _ -> null);

    assertThat(found.hits()).isEmpty();
    assertThat(found.total()).isEqualTo(1_001);
    assertThat(read).isLessThanOrEqualTo(105);
    assertThat(judged).isZero();
  }

  @Test
  void searchJudgesABoundedNumberOfOutdatedSummaries() {
    for (int i = 0; i < 1_000; i++) {
      crate("old" + i, "1.0.0", 100);
      kept.put("old" + i, summary("old" + i, "0.9.0", 100, "before"));
    }

    SearchResult found = search.search("old", 100, _ -> null);

    assertThat(judged).isEqualTo(500);
    assertThat(found.hits()).hasSize(100);
    assertThat(found.hits().get(4).newest().text()).isEqualTo("1.0.0");
    assertThat(found.hits().get(5).newest().text()).isEqualTo("0.9.0");
  }

  @Test
  void searchDoesNotShowWhatIsNoLongerServed() {
    crate("bad", null, 1);
    kept.put("bad", summary("bad", "1.0.0", 1, "before"));

    assertThat(search.search("bad", 10, _ -> null).hits()).isEmpty();
  }

  /// A client that may not see private crates learns nothing of them, not even their number.
  @Test
  void cratesOutsideOfTheSelectionAreNeitherFoundNorCounted() {
    crate("acme-public", "1.0.0", 1);
    SearchResult before = search.search("acme", 1, _ -> null);
    for (int i = 0; i < 300; i++) {
      crate("acme-core-" + i, "1.0.0", 1);
    }
    read = 0;

    SearchResult found =
        new CrateSearch(new CrateNameIndex(() -> real.keySet().stream(), () -> 0L), new Counting())
            .search("acme", 1, _ -> key -> !key.startsWith("acme_core"));

    assertThat(found).isEqualTo(before);
    assertThat(found.total()).isEqualTo(1);
    assertThat(read).as("summaries of others are not read").isEqualTo(1);
  }
}
