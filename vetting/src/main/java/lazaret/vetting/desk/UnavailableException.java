package lazaret.vetting.desk;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;

/// What was asked for is not held, and upstream cannot be asked now.
public final class UnavailableException extends LazaretException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception.
  ///
  /// @param why one clause for a person
  public UnavailableException(String why) {
    super(ErrorCode.UPSTREAM_UNAVAILABLE, why, null);
  }
}
