package lazaret.vetting.gate.store;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import org.jspecify.annotations.Nullable;

/// A failure to open, read or write the store. Its code is `store-unusable`, `store-failed`,
/// `store-corrupt`, `store-loss` or `disk-full`.
public final class StoreException extends LazaretException {
  private static final long serialVersionUID = 1L;

  /// Creates an exception.
  ///
  /// @param code one of the codes above
  /// @param message the attempt, its object, the expected and the found state, and the next step
  /// @param cause the underlying failure, or null
  public StoreException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }

  /// Returns whether stored data can still be served: the file system is full, or refuses writes.
  public boolean refusesWrites() {
    return code() == ErrorCode.DISK_FULL || code() == ErrorCode.STORE_FAILED;
  }
}
