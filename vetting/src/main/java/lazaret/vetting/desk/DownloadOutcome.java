package lazaret.vetting.desk;

import java.time.Duration;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// What the gate answers to a question for a `.crate`.
public sealed interface DownloadOutcome {
  /// The verified bytes of an allowed version.
  ///
  /// @param verdict what the rules said; not an [Verdict.Allow] where `audit` mode served it anyway
  record Served(CrateId id, Bytes bytes, Verdict verdict) implements DownloadOutcome {}

  /// The version is withheld.
  ///
  /// @param instead what to use in its place; null where nothing would be served
  /// @param byBundle whether its bytes are not held and come with a bundle or not at all: no
  ///   decision taken here would hand them out
  /// @param pinned whether another crate of its family may require it with `=`
  record Withheld(
      CrateId id, Verdict verdict, @Nullable CrateVersion instead, boolean byBundle, boolean pinned)
      implements DownloadOutcome {
    /// Returns whether cargo moves the version to the one to use instead whatever the lockfile has:
    /// dependents accept a later compatible version, but perhaps not an earlier one.
    public boolean movable() {
      return compatible() && !pinned && instead != null && instead.compareTo(id.version()) > 0;
    }

    /// Returns whether cargo takes the version to use instead for compatible; false if there is
    /// none.
    public boolean compatible() {
      return instead != null && CaseFile.compatible(instead, id.version());
    }
  }

  /// The gate knows no such crate or version.
  ///
  /// @param detail one clause for a person
  record Unknown(String detail) implements DownloadOutcome {}

  /// The client asks for another SHA-256 than the one held: its index line is old or forged.
  ///
  /// @param asked what the client named
  /// @param held what the gate holds
  record OtherCksum(Sha256 asked, CrateId held) implements DownloadOutcome {}

  /// The version is allowed, but upstream has no such object.
  ///
  /// @param status upstream's HTTP status
  record Absent(CrateId id, int status) implements DownloadOutcome {
    /// Returns one clause for a person.
    public String detail() {
      return "upstream lists it but has no such file (status " + status + ")";
    }
  }

  /// Upstream sent bytes with another SHA-256; they were thrown away.
  record Tampered(CrateId id, Sha256 found) implements DownloadOutcome {
    /// Returns one clause for a person.
    public String detail() {
      return "upstream sent bytes with sha256 %s in place of %s; they were thrown away"
          .formatted(found, id.cksum());
    }
  }

  /// The version is being fetched and inspected; ask again.
  record Pending(CrateId id, Duration retryAfter) implements DownloadOutcome {}

  /// Nothing is held and upstream could not be asked.
  ///
  /// @param detail one clause for a person
  record Unavailable(String detail, Duration retryAfter) implements DownloadOutcome {}
}
