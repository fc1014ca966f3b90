package lazaret.vetting.gate.store;

import java.time.LocalDate;
import lazaret.vetting.crates.Sha256;

/// The last use of a stored artifact.
///
/// @param cksum the SHA-256 of the artifact
/// @param day the last day, in UTC, on which a client received it; for one that no client received
///   since uses are recorded, the day on which it was first noticed
public record ArtifactUse(Sha256 cksum, LocalDate day) {
  /// Returns the later of two uses of one artifact.
  public ArtifactUse and(ArtifactUse other) {
    return other.day.isAfter(day) ? other : this;
  }
}
