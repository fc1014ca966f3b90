package lazaret.vetting.search;

import java.time.Instant;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// The data of a crate for search results. It is built and stored with the crate's index view, so
/// that a search need not read the index file. It can be derived from the index file at any time.
///
/// @param name the name as published
/// @param newest the newest version that a new resolution may choose; null if there is none
/// @param versions the number of versions in the index file
/// @param generation the generation of the rulebook under which it was built
/// @param madeAt the moment at which it was built
/// @param validUntil the next moment at which time may change it; null if there is none
public record CrateSummary(
    CrateName name,
    @Nullable CrateVersion newest,
    int versions,
    String generation,
    Instant madeAt,
    @Nullable Instant validUntil) {

  /// Returns whether the summary is current at a moment under a generation of the rulebook. A
  /// summary from the future was built under a wrong clock and is not current.
  public boolean holdsAt(Instant now, String currentGeneration) {
    return generation.equals(currentGeneration)
        && !now.isBefore(madeAt)
        && (validUntil == null || now.isBefore(validUntil));
  }
}
