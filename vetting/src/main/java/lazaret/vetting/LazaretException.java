package lazaret.vetting;

import org.jspecify.annotations.Nullable;

/// Root of the small family of unchecked exceptions that callers are not expected to act on one by
/// one. The message says what was tried, on what, what was expected and found, and what to do next;
/// it never holds a secret.
public abstract class LazaretException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final ErrorCode code;

  /// Creates an exception.
  ///
  /// @param code the stable code under which the failure is counted and documented
  /// @param message lower case, no full stop
  /// @param cause the failure underneath, or null where there is none
  protected LazaretException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  /// Returns the stable code of the failure.
  public ErrorCode code() {
    return code;
  }
}
