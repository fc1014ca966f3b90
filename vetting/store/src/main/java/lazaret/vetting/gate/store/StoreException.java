package lazaret.vetting.gate.store;

import lazaret.vetting.ErrorCode;
import lazaret.vetting.LazaretException;
import org.jspecify.annotations.Nullable;

/// A failure to open, read or write the store. Its code is `store-unusable`, `store-failed`,
/// `store-corrupt`, `store-loss` or `disk-full`; for a store that several nodes share also
/// `store-unavailable`, `store-conflict`, `lease-lost` or `node-behind`.
public final class StoreException extends LazaretException {
  private static final long serialVersionUID = 1L;

  private final @Nullable String lostLease;

  /// Creates an exception.
  ///
  /// @param code one of the codes above
  /// @param message the attempt, its object, the expected and the found state, and the next step
  /// @param cause the underlying failure, or null
  public StoreException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
    this.lostLease = null;
  }

  /// Creates the failure of a write under a lease that was lost.
  StoreException(Lease lost, String message) {
    super(ErrorCode.LEASE_LOST, message, null);
    this.lostLease = lost.key();
  }

  /// Returns whether a write was refused because this lease was lost. A thread can work under
  /// several leases, and the loss of another one does not end this one.
  public boolean isLossOf(Lease lease) {
    return lease.key().equals(lostLease);
  }

  /// Returns whether stored data can still be served: the file system is full, or refuses writes. A
  /// write whose outcome is not known is not refused.
  public boolean refusesWrites() {
    return code() == ErrorCode.DISK_FULL || code() == ErrorCode.STORE_FAILED;
  }
}
