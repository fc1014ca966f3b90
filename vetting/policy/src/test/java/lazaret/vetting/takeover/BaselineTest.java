package lazaret.vetting.takeover;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.index.IndexFile;
import lazaret.vetting.index.IndexLimits;
import lazaret.vetting.index.StoredCrate;
import lazaret.vetting.index.StoredLine;
import org.junit.jupiter.api.Test;

/// Reliability finding F11: the search for each version's base went through all versions.
class BaselineTest {
  private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

  private final SplittableRandom random = new SplittableRandom(46);

  @Test
  void agreesWithAWalkOverAllVersions() {
    for (int round = 0; round < 300; round++) {
      CrateHistory history = history();
      Baseline baseline = Baseline.at(history, NOW);
      for (int step = 0; step < 4; step++) {
        Instant now = NOW.plus(Duration.ofHours(random.nextInt(1_500) - 300L));
        Baseline known = baseline.covers(now) ? baseline : Baseline.at(history, now);
        assertThat(known.covers(now)).isTrue();
        for (StoredLine line : history.crate().lines()) {
          assertThat(known.base(line)).isEqualTo(history.base(line, now));
          assertThat(known.highestMajorBefore(line.ageFrom()))
              .isEqualTo(highestMajor(history, line, now));
        }
      }
    }
  }

  private static Optional<Long> highestMajor(CrateHistory history, StoredLine line, Instant now) {
    return history.crate().lines().stream()
        .filter(other -> other.ageFrom().isBefore(line.ageFrom()))
        .filter(other -> history.vetted(other, now))
        .map(other -> other.entry().version().major())
        .max(Long::compareUnsigned);
  }

  private CrateHistory history() {
    Set<String> versions = new HashSet<>();
    for (int i = random.nextInt(14); i >= 0; i--) {
      String version = random.nextInt(3) + "." + random.nextInt(3) + "." + random.nextInt(2);
      versions.add(version + List.of("", "", "-rc.1", "+a", "+b").get(random.nextInt(5)));
    }
    List<String> lines = new ArrayList<>();
    Set<String> approved = new HashSet<>();
    Set<String> refused = new HashSet<>();
    for (String version : versions) {
      Instant published = NOW.minus(Duration.ofHours(random.nextInt(1_500)));
      lines.add(
          "{\"name\":\"alpha\",\"vers\":\"%s\",\"deps\":[],\"cksum\":\"%s\",\"features\":{},\"yanked\":%s%s}"
              .formatted(
                  version,
                  Sha256.of(Bytes.utf8(version)).hex(),
                  random.nextInt(5) == 0,
                  random.nextInt(6) == 0 ? "" : ",\"pubtime\":\"%s\"".formatted(published)));
      if (random.nextInt(5) == 0) {
        (random.nextBoolean() ? approved : refused).add(version);
      }
    }
    IndexFile file =
        IndexFile.parse(
            CrateName.parse("alpha"),
            Bytes.utf8(String.join("\n", lines) + "\n"),
            IndexLimits.DEFAULT);
    return new CrateHistory(
        new StoredCrate(
            CrateName.parse("alpha"),
            file.entries().stream()
                .map(e -> StoredLine.first(e, NOW.minus(Duration.ofDays(random.nextInt(60))), null))
                .toList(),
            List.of()),
        approved,
        refused,
        Map.of());
  }
}
