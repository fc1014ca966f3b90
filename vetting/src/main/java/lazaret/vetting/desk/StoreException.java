package lazaret.vetting.desk;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import org.jspecify.annotations.Nullable;

/// The store cannot be opened, read or written. Its code tells which: `store-unusable`,
/// `store-failed`, `store-corrupt`, `store-loss` or `disk-full`.
public final class StoreException extends LazaretException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception.
  ///
  /// @param code one of the codes above
  /// @param message what was tried, on what, expected and found, and what to do next
  /// @param cause the failure underneath, or null
  public StoreException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }

  /// Returns whether what is held can still be served: the file system is full, or takes no writes.
  public boolean refusesWrites() {
    return code() == ErrorCode.DISK_FULL || code() == ErrorCode.STORE_FAILED;
  }
}
