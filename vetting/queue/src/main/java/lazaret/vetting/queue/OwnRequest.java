package lazaret.vetting.queue;

import lazaret.vetting.crates.CrateName;
import lazaret.vetting.crates.CrateVersion;
import lazaret.vetting.desk.requests.NamedRequester;
import lazaret.vetting.desk.requests.RequestStep;
import lazaret.vetting.ledger.Decision;
import lazaret.vetting.ledger.LedgerEntry;
import org.jspecify.annotations.Nullable;

/// A request of one person with its result.
///
/// @param name the crate
/// @param version the version
/// @param asked the person with the reason
/// @param decision the last decision on the version since the request, which begins again after a
///   denial; null if there is none
/// @param closed the step with which a reviewer closed the request; null if it is not closed
/// @param last the entry of the ledger that changed the request last
record OwnRequest(
    CrateName name,
    CrateVersion version,
    NamedRequester asked,
    @Nullable Decision decision,
    @Nullable RequestStep closed,
    LedgerEntry last) {
  /// Returns the request after a decision.
  OwnRequest decided(Decision next, LedgerEntry entry) {
    return new OwnRequest(name, version, asked, next, null, entry);
  }

  /// Returns the request after it was closed or opened again.
  ///
  /// @param step the step that closed it; null if it was opened
  OwnRequest closedBy(@Nullable RequestStep step, LedgerEntry entry) {
    return new OwnRequest(name, version, asked, decision, step, entry);
  }
}
