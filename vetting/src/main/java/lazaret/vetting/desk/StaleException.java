package lazaret.vetting.desk;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;

/// Something would be admitted under data that is too old to vet by.
public final class StaleException extends LazaretException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception.
  ///
  /// @param message what was tried, how old the data is, what to do next; lower case, no full stop
  public StaleException(String message) {
    super(ErrorCode.STALE, message, null);
  }
}
