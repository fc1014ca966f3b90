package lazaret.vetting;

import org.jspecify.annotations.Nullable;

/// Root of the unchecked exceptions that callers are not expected to handle one by one. The message
/// names the action and its object, the expected and the found state, and the next step. It never
/// contains a secret.
public abstract class LazaretException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /// Creates an exception.
  ///
  /// @param code stable code under which the failure is counted and documented
  /// @param message message in lower case, without full stop
  /// @param cause underlying failure; null if there is none
  protected LazaretException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /// Returns the stable code of the failure.
  public ErrorCode code() {
    return code;
  }
}
