package lazaret.vetting.search;

import java.time.Instant;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// The little that a search shows of a crate, kept beside its view and made with it, so that nobody
/// has to read the index file for it. Derived: it can be made from the index file at any time.
///
/// @param name as published
/// @param newest the newest version that a fresh resolution may choose; null where there is none
/// @param versions how many versions the index file has
/// @param generation the generation of the rulebook that it was made under
/// @param madeAt when it was made
/// @param validUntil the next moment at which time may change it; null where time does not
public record CrateSummary(
    CrateName name,
    @Nullable CrateVersion newest,
    int versions,
    String generation,
    Instant madeAt,
    @Nullable Instant validUntil) {

  /// Returns whether the summary is right at a moment under a generation of the rulebook. One that
  /// was made later than now was made under a wrong clock.
  public boolean holdsAt(Instant now, String currentGeneration) {
    return generation.equals(currentGeneration)
        && !now.isBefore(madeAt)
        && (validUntil == null || now.isBefore(validUntil));
  }
}
