package lazaret.vetting.desk.review;

import lazaret.vetting.LazaretException;
import lazaret.vetting.crates.CrateId;
import lazaret.vetting.desk.review.ReviewReport.NotReadable;

/// The failure to read the artifact of one of two compared versions.
public final class ArtifactUnavailableException extends LazaretException {
  private static final long serialVersionUID = 1L;

  private final String detail;

  /// Creates an exception.
  ///
  /// @param id the version without an artifact
  /// @param why the kind of failure, which becomes the code, and its detail
  ArtifactUnavailableException(CrateId id, NotReadable why) {
    super(
        why.code(),
        "cannot compare %s %s: %s"
            .formatted(id.name().published(), id.version().text(), why.detail()),
        null);
    this.detail = why.detail();
  }

  /// Returns the kind of failure and its detail.
  NotReadable why() {
    return new NotReadable(code(), detail);
  }
}
