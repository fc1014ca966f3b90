package lazaret.bundle;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import org.jspecify.annotations.Nullable;

/// A bundle, or the trust in it, is refused: nothing of it was published.
public final class BundleException extends LazaretException {
  private static final long serialVersionUID = 1L;

  private final BundleCode reason;

  /// Creates an exception.
  ///
  /// @param reason why
  /// @param message what was tried, on what, expected and found; lower case, no full stop
  public BundleException(BundleCode reason, String message) {
    this(reason, message, null);
  }

  /// Creates an exception over a failure underneath.
  ///
  /// @param reason why
  /// @param message what was tried, on what, expected and found; lower case, no full stop
  /// @param cause the failure underneath, or null where there is none
  public BundleException(BundleCode reason, String message, @Nullable Throwable cause) {
    this(reason, reason.kind(), message, cause);
  }

  private BundleException(
      BundleCode reason, ErrorCode kind, String message, @Nullable Throwable cause) {
    super(kind, message, cause);
    this.reason = reason;
  }

  /// Returns the refusal of a bundle whose signatures all hold, and which is older than what was
  /// imported: an order of media, not a sign of tampering.
  public static BundleException older(BundleCode reason, String message) {
    return new BundleException(reason, ErrorCode.STALE, message, null);
  }

  /// Returns the same refusal with another message.
  public BundleException saying(String message) {
    return new BundleException(reason, code(), message, this);
  }

  /// Returns why the bundle is refused.
  public BundleCode reason() {
    return reason;
  }
}
