package lazaret.vetting.deskapi.store;

import java.util.List;

/// The known faults of the store.
///
/// @param storeFaults known faults of the store, one clause each
/// @param storeWithholds whether nothing is served or written until an administrator accepts a loss
public record StoreStateInfo(List<String> storeFaults, boolean storeWithholds) {
  public StoreStateInfo {
    storeFaults = List.copyOf(storeFaults);
  }
}
