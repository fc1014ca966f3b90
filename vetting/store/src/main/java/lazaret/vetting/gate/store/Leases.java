package lazaret.vetting.gate.store;

import java.time.Duration;
import java.util.Optional;

/// The leases of a store. An expired lease stays with its holder until another one takes it.
/// Thread-safe; blocks.
public interface Leases {
  /// Takes a lease that is free or expired.
  ///
  /// @param term the time after which another holder may take it, unless it is extended
  /// @return empty if another holder has it, or another thread of this process
  Optional<Lease> take(String key, Duration term);

  /// Extends a lease by a term that begins now.
  ///
  /// @return false if it was lost or released
  boolean extend(Lease lease, Duration term);

  /// Releases a lease. One that was lost or released is ignored.
  void release(Lease lease);
}
