package lazaret.vetting.desk.admin;

import java.time.Clock;
import java.util.Optional;
import lazaret.vetting.gate.store.Store;
import lazaret.vetting.ledger.Notice;

/// The acceptance of a loss of acknowledged writes by an administrator.
public final class LossAcceptance {
  private LossAcceptance() {}

  /// Accepts the loss. The ledger records it with the person.
  ///
  /// @param by the administrator
  /// @return the clause that names the loss, or empty if no write is missing
  public static Optional<String> accept(Store store, Clock clock, String by) {
    String loss = store.condition().loss();
    var notice =
        new Notice(
            Notice.Kind.LOSS_ACCEPTED,
            clock.instant(),
            by,
            null,
            null,
            "accepted that acknowledged writes are missing: " + loss);
    return store.acceptLoss(notice).map(_ -> loss);
  }
}
