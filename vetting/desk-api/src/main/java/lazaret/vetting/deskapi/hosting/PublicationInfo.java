package lazaret.vetting.deskapi.hosting;

import java.time.Instant;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.crates.Sha256;
import org.jspecify.annotations.Nullable;

/// A version of a private crate, and how it came here.
///
/// @param version the version
/// @param cksum the SHA-256 of the archive
/// @param state the state; the verdict of a held version is that of its page
/// @param published the time of the upload
/// @param publisher the person, `ci:` and the name of a binding, or `group:` and the group for
///   which an administrator imported it
/// @param token the name of the token
/// @param job the CI job; null if a person published it, or the job is not known
/// @param userAgent the program that uploaded it; null if it named none
/// @param reason why it was held or deleted; null otherwise
public record PublicationInfo(
    CrateVersion version,
    Sha256 cksum,
    State state,
    Instant published,
    String publisher,
    String token,
    @Nullable Job job,
    @Nullable String userAgent,
    @Nullable String reason) {
  /// The states of versions.
  public enum State {
    /// Published.
    LIVE,
    /// Published, and held for a decision at that time.
    HELD,
    /// Yanked by an owner.
    YANKED,
    /// Deleted by an administrator.
    DELETED
  }

  /// A CI job, by the claims of its token.
  ///
  /// @param issuer the address of the CI system
  /// @param run the address or id of the run; null if it is not known, like the other texts
  /// @param repository the repository
  /// @param commit the commit
  /// @param reference the branch or tag
  public record Job(
      String issuer,
      @Nullable String run,
      @Nullable String repository,
      @Nullable String commit,
      @Nullable String reference) {}
}
