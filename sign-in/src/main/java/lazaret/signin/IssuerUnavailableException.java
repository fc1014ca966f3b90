package lazaret.signin;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import org.jspecify.annotations.Nullable;

/// The failure to get the metadata or keys of an issuer: it did not answer, or its documents cannot
/// be used. A later attempt may succeed.
public final class IssuerUnavailableException extends LazaretException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception.
  ///
  /// @param message the document, expected and found, the next step; lower case, no full stop
  public IssuerUnavailableException(String message) {
    this(message, null);
  }

  /// Creates an exception with a cause.
  ///
  /// @param message the document, expected and found, the next step; lower case, no full stop
  /// @param cause the original failure; null if there is none
  public IssuerUnavailableException(String message, @Nullable Throwable cause) {
    super(ErrorCode.UPSTREAM_UNAVAILABLE, message, cause);
  }
}
