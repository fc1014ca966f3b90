package lazaret.bundle;

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
    super(reason.kind(), message, cause);
    this.reason = reason;
  }

  /// Returns why the bundle is refused.
  public BundleCode reason() {
    return reason;
  }
}
