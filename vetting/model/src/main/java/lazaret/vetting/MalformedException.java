package lazaret.vetting;

import org.jspecify.annotations.Nullable;

/// The exception of every parser of this module for foreign bytes or words that do not have the
/// required form.
public final class MalformedException extends LazaretException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception.
  ///
  /// @param message what was parsed, expected and found, in lower case, without full stop
  public MalformedException(String message) {
    this(message, null);
  }

  /// Creates an exception with the failure of a codec as its cause.
  ///
  /// @param message what was parsed, expected and found, in lower case, without full stop
  /// @param cause failure of the codec; null if there is none
  public MalformedException(String message, @Nullable Throwable cause) {
    super(ErrorCode.MALFORMED_INPUT, message, cause);
  }
}
