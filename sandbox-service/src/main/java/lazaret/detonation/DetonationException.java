package lazaret.detonation;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import org.jspecify.annotations.Nullable;

/// The failure to prepare a build of one version alone.
public final class DetonationException extends LazaretException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception.
  ///
  /// @param message the attempted action and its object, what was expected and found, and the next
  ///   step
  /// @param cause the underlying failure; null if there is none
  public DetonationException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
