package lazaret.vetting.deskapi.store;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// The result of checking the store.
///
/// @param clean whether there is no fault
/// @param crates the number of crates that were checked
/// @param artifacts the number of artifacts that were hashed
/// @param ledgerEntries the number of ledger entries that were checked
/// @param faults the faults, one clause each
/// @param repaired the faults that were repaired, one clause each
/// @param acceptedLoss the loss that was accepted, in one clause; null if there is none
public record FsckReply(
    boolean clean,
    long crates,
    long artifacts,
    long ledgerEntries,
    List<String> faults,
    List<String> repaired,
    @Nullable String acceptedLoss) {
  public FsckReply {
    faults = List.copyOf(faults);
    repaired = List.copyOf(repaired);
  }
}
