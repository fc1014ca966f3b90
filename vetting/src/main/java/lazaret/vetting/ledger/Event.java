package lazaret.vetting.ledger;

import java.time.Instant;

/// Something that happened and must never be forgotten: a person's [Decision] or a [Notice] of the
/// gate. Events are data, kept in the ledger, not log lines.
public sealed interface Event permits Decision, Notice {
  /// Returns when it happened, by the gate's clock.
  Instant at();

  /// Returns who did it: a token's name, or `gate` for the gate itself.
  String by();
}
