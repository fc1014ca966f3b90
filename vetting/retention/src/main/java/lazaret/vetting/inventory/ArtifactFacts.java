package lazaret.vetting.inventory;

import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Comparator;
import lazaret.vetting.crates.CrateId;

/// The facts about a stored artifact on which rules of retention rest.
///
/// @param id the version
/// @param bytes the length in bytes
/// @param used the last day, in UTC, on which a client received it, or the day on which it was
///   first noticed
/// @param recorded whether that day is stored
/// @param published the time from which the age of the version counts
/// @param origin the place from which the artifact came
record ArtifactFacts(
    CrateId id,
    long bytes,
    LocalDate used,
    boolean recorded,
    Instant published,
    ArtifactOrigin origin) {
  /// The order of usefulness, the least useful first: the longest unused, then the largest.
  static final Comparator<ArtifactFacts> LEAST_USEFUL =
      Comparator.comparing(ArtifactFacts::used)
          .thenComparing(Comparator.comparingLong(ArtifactFacts::bytes).reversed())
          .thenComparing(facts -> facts.id().cksum());

  /// Returns the end of the last day of use, from which the artifact is unused.
  Instant unusedSince() {
    return used.plusDays(1).atStartOfDay(ZoneOffset.UTC).toInstant();
  }
}
