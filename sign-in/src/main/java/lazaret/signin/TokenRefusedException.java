package lazaret.signin;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import org.jspecify.annotations.Nullable;

/// The refusal of a signed token: its form, signature or claims are not the expected ones.
public final class TokenRefusedException extends LazaretException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception.
  ///
  /// @param message the token, expected and found, the next step; lower case, no full stop, without
  ///   the token itself
  public TokenRefusedException(String message) {
    this(message, null);
  }

  /// Creates an exception with a cause.
  ///
  /// @param message the token, expected and found, the next step; lower case, no full stop, without
  ///   the token itself
  /// @param cause the original failure; null if there is none
  public TokenRefusedException(String message, @Nullable Throwable cause) {
    super(ErrorCode.UNAUTHENTICATED, message, cause);
  }
}
