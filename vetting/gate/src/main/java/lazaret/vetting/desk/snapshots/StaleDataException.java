package lazaret.vetting.desk.snapshots;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;

/// A refusal to admit something under data that is too old for vetting.
public final class StaleDataException extends LazaretException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception.
  ///
  /// @param message the attempt, the age of the data and the next step; lower case, no full stop
  public StaleDataException(String message) {
    super(ErrorCode.STALE, message, null);
  }
}
