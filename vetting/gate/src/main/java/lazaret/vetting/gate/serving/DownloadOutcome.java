package lazaret.vetting.gate.serving;

import java.time.Duration;
import lazaret.vetting.Bytes;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import lazaret.vetting.gate.evaluation.CrateState;
import lazaret.vetting.policy.Verdict;
import org.jspecify.annotations.Nullable;

/// The outcome of a request for a `.crate`.
public sealed interface DownloadOutcome {
  /// The verified bytes of a served version.
  ///
  /// @param id the version
  /// @param bytes the bytes, which have its SHA-256
  /// @param verdict the verdict of the rules; not a [Verdict.Allow] if the version was served
  ///   because of `audit` mode
  record Served(CrateId id, Bytes bytes, Verdict verdict) implements DownloadOutcome {}

  /// A withheld version.
  ///
  /// @param id the version
  /// @param verdict the verdict of the rules
  /// @param replacement the version to use in its place; null if none would be served
  /// @param onlyByBundle whether the bytes can only arrive by a bundle import. No local decision
  ///   makes them available
  /// @param pinned whether another crate of its family may require it with `=`
  record Withheld(
      CrateId id,
      Verdict verdict,
      @Nullable CrateVersion replacement,
      boolean onlyByBundle,
      boolean pinned)
      implements DownloadOutcome {
    /// Returns whether cargo can move to the replacement regardless of the lockfile. Dependents
    /// accept a later compatible version, but perhaps not an earlier one.
    public boolean movable() {
      return compatible()
          && !pinned
          && replacement != null
          && replacement.compareTo(id.version()) > 0;
    }

    /// Returns whether cargo considers the replacement compatible, or false if there is none.
    public boolean compatible() {
      return replacement != null && CrateState.compatible(replacement, id.version());
    }
  }

  /// A crate or version that the gate does not know.
  ///
  /// @param detail one clause for a person
  record Unknown(String detail) implements DownloadOutcome {}

  /// A request for another SHA-256 than the stored one. The client's index line is old or forged.
  ///
  /// @param asked the SHA-256 that the client named
  /// @param stored the stored version
  record OtherCksum(Sha256 asked, CrateId stored) implements DownloadOutcome {}

  /// An allowed version whose object upstream does not have.
  ///
  /// @param id the version
  /// @param status the HTTP status that upstream returned
  record Absent(CrateId id, int status) implements DownloadOutcome {
    /// Returns the outcome in one clause for a person.
    public String detail() {
      return "upstream lists it but has no such file (status " + status + ")";
    }
  }

  /// Bytes from upstream with another SHA-256. They were discarded.
  record Tampered(CrateId id, Sha256 found) implements DownloadOutcome {
    /// Returns the outcome in one clause for a person.
    public String detail() {
      return "upstream sent bytes with sha256 %s in place of %s; they were discarded"
          .formatted(found, id.cksum());
    }
  }

  /// A version that is being fetched and inspected. The client can ask again.
  record Pending(CrateId id, Duration retryAfter) implements DownloadOutcome {}

  /// A version that is not stored while upstream is unavailable.
  ///
  /// @param detail one clause for a person
  /// @param retryAfter the pause before the next request
  record Unavailable(String detail, Duration retryAfter) implements DownloadOutcome {}
}
