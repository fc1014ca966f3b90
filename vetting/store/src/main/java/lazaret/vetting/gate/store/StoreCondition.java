package lazaret.vetting.gate.store;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The condition of a store: its known faults.
///
/// @param faults each fault once, in the order in which they were found
public record StoreCondition(List<StoreFault> faults) {
  /// A store without a known fault.
  public static final StoreCondition SOUND = new StoreCondition(List.of());

  /// The command that ends the state in which a store withholds all data.
  public static final String ACCEPT = "vetting-cli fsck --accept-loss";

  private static final int MAX_FAULTS = 100;

  /// Removes duplicates and keeps the first hundred faults.
  public StoreCondition {
    faults = faults.stream().distinct().limit(MAX_FAULTS).toList();
  }

  /// Returns whether the gate responds with 503 and the store refuses writes until a person accepts
  /// the loss.
  public boolean withholds() {
    for (StoreFault fault : faults) {
      if (fault.withholds()) {
        return true;
      }
    }
    return false;
  }

  /// Returns this condition with more faults.
  public StoreCondition and(List<? extends StoreFault> more) {
    return more.isEmpty()
        ? this
        : new StoreCondition(Stream.concat(faults.stream(), more.stream()).toList());
  }

  /// Returns this condition without the withholding faults, which a person accepted.
  public StoreCondition accepted() {
    return new StoreCondition(faults.stream().filter(fault -> !fault.withholds()).toList());
  }

  /// Returns the withholding faults as one clause, or empty if there are none.
  public String loss() {
    return faults.stream()
        .filter(StoreFault::withholds)
        .map(StoreFault::text)
        .collect(Collectors.joining("; "));
  }

  /// Returns a sentence with the reason why service stopped, and the next step.
  public String refusal() {
    return "the store lost acknowledged writes: %s; an administrator restores a backup or accepts the loss with '%s'"
        .formatted(loss(), ACCEPT);
  }
}
