package lazaret.vetting.gate.store;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/// The right to do one piece of work, which at most one holder has at a time. A holder that stops
/// for longer than the term can lose it. Writes under a lost lease are refused
/// ([BatchCondition.LeaseHeld]), so that correctness does not rest on time.
///
/// @param key the piece of work, such as `leader` or `artifact/` with a digest
/// @param holder the process that holds it; another one after each start
/// @param epoch the lease epoch: a number that no other lease of the store ever had
public record Lease(String key, UUID holder, long epoch) {
  private static final ScopedValue<List<Lease>> HELD = ScopedValue.newInstance();

  /// Runs work on the calling thread whose commits are refused after the lease was lost. Threads
  /// that the work starts are not bound.
  public static <T> T during(Lease lease, Supplier<T> work) {
    List<Lease> held = new ArrayList<>(held());
    held.add(lease);
    return ScopedValue.where(HELD, List.copyOf(held)).call(work::get);
  }

  /// Returns the leases under which the calling thread works; empty if it needs none.
  static List<Lease> held() {
    return HELD.orElse(List.of());
  }
}
