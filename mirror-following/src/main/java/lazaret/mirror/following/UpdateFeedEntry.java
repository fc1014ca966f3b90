package lazaret.mirror.following;

import java.time.Instant;
import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import org.jspecify.annotations.Nullable;

/// A release that a registry announces.
///
/// @param version the version; null for a new crate, whose versions the index has
/// @param published the moment of its publication, by the registry's clock
record UpdateFeedEntry(CrateName name, @Nullable CrateVersion version, Instant published) {
  /// Returns this entry with a publication that is not later than now.
  UpdateFeedEntry seenBy(Instant now) {
    return published.isAfter(now) ? new UpdateFeedEntry(name, version, now) : this;
  }
}
