package lazaret.vetting;

import org.jspecify.annotations.Nullable;

/// Foreign bytes or words do not have the form they must have: the one exception that every parser
/// of this module throws, whatever was wrong with its input.
public final class MalformedException extends LazaretException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception.
  ///
  /// @param message what was parsed, what was expected and what was found; lower case, no full stop
  public MalformedException(String message) {
    this(message, null);
  }

  /// Creates an exception over the complaint of a codec.
  ///
  /// @param message what was parsed, what was expected and what was found; lower case, no full stop
  /// @param cause the codec's own complaint, or null where there is none
  public MalformedException(String message, @Nullable Throwable cause) {
    super(ErrorCode.MALFORMED_INPUT, message, cause);
  }
}
