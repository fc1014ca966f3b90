package lazaret.vetting.desk.search;

import lazaret.vetting.gate.Gate;
import lazaret.vetting.gate.context.GateContext;
import lazaret.vetting.gate.feeds.BlastRadiusSearch;
import lazaret.vetting.search.CrateSearch;

/// The searches in the records of one store.
///
/// @param ledger the search for entries of the ledger
/// @param verifier the verification of the ledger
/// @param inventory the search for versions in use that are not served
/// @param everything the search in all records that have a page
/// @param radius the search for clients and lockfiles that have a version
public record RecordSearch(
    LedgerSearch ledger,
    LedgerVerifier verifier,
    InventorySearch inventory,
    DeskSearch everything,
    BlastRadiusSearch radius) {
  /// Returns the searches of a gate.
  public static RecordSearch of(GateContext parts, Gate gate, CrateSearch names) {
    return new RecordSearch(
        new LedgerSearch(parts.store()),
        new LedgerVerifier(parts.store(), parts.clock()),
        new InventorySearch(parts, gate),
        new DeskSearch(parts, gate, names),
        BlastRadiusSearch.of(parts.store(), gate.usageLog()));
  }
}
