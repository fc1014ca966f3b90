package lazaret.bundle;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import org.jspecify.annotations.Nullable;

/// The refusal of a bundle, or of the trust in it. Nothing of the bundle was published.
public final class BundleException extends LazaretException {
  private static final long serialVersionUID = 1L;

  private final BundleCode reason;

  /// Creates an exception.
  ///
  /// @param reason the code of the refusal
  /// @param message the attempted action, its object, and what was expected and found; lower case,
  ///   no full stop
  public BundleException(BundleCode reason, String message) {
    this(reason, message, null);
  }

  /// Creates an exception with a cause.
  ///
  /// @param reason the code of the refusal
  /// @param message the attempted action, its object, and what was expected and found; lower case,
  ///   no full stop
  /// @param cause the underlying failure, or null
  public BundleException(BundleCode reason, String message, @Nullable Throwable cause) {
    this(reason, reason.kind(), message, cause);
  }

  private BundleException(
      BundleCode reason, ErrorCode kind, String message, @Nullable Throwable cause) {
    super(kind, message, cause);
    this.reason = reason;
  }

  /// Returns the refusal of a bundle with valid signatures that is older than an imported one. The
  /// cause is the order of media, not tampering, so the general code is [ErrorCode#STALE].
  public static BundleException older(BundleCode reason, String message) {
    return new BundleException(reason, ErrorCode.STALE, message, null);
  }

  /// Returns the same refusal with another message and this exception as its cause.
  public BundleException saying(String message) {
    return new BundleException(reason, code(), message, this);
  }

  /// Returns the code of the refusal.
  public BundleCode reason() {
    return reason;
  }
}
