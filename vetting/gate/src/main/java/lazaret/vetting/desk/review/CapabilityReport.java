package lazaret.vetting.desk.review;

import java.util.List;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.review.ReviewReport.NotReadable;
import lazaret.vetting.review.AbsentCapabilities;
import lazaret.vetting.review.CapabilityChange;
import org.jspecify.annotations.Nullable;

/// The capabilities of a version with all places, compared with a base. Code of tests is left out.
///
/// @param id the version
/// @param base the version for comparison; null if there is none or an artifact is not readable
/// @param changes the capabilities of both, those that changed first
/// @param absent the capabilities that neither has
/// @param whole whether all sources of both were read to their end
/// @param unread the reason if an artifact is not readable; null otherwise
public record CapabilityReport(
    CrateId id,
    @Nullable CrateVersion base,
    List<CapabilityChange> changes,
    List<AbsentCapabilities> absent,
    boolean whole,
    @Nullable NotReadable unread) {
  /// Copies the lists.
  public CapabilityReport {
    changes = List.copyOf(changes);
    absent = List.copyOf(absent);
  }
}
