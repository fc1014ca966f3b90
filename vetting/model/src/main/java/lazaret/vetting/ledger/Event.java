package lazaret.vetting.ledger;

import java.time.Instant;

/// An entry of the permanent record: a [Decision] of a person or a [Notice] of the gate. Events are
/// data of the ledger, not log lines.
public sealed interface Event permits Decision, Notice {
  /// Returns the time of the event, by the gate's clock.
  Instant at();

  /// Returns the originator: the name of a token, or `gate` for the gate.
  String by();
}
